import { beforeEach, expect, test } from 'vitest'
import { COOKERY, cookery, placeCookery, stateFramework } from '../../../../test/support/cookery.ts'
import { withFaults } from '../../../../test/support/faults.ts'
import { AUTHORITY, BODY, MINUTE } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { cachedCatalogue } from '../catalogue/following.ts'
import { type PackedEvent, packRecord, unpackRecord } from '../catalogue/packed.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { nextCommit, streams } from '../stream.ts'
import { auditStreams } from './audit.ts'
import { logNames } from './logs.ts'
import { sequenceLog } from './sequence.ts'

let here: TwoOfficers
beforeEach(async () => {
  here = await withTwoOfficers()
})

async function sequence(store = here.world.store as Parameters<typeof sequenceLog>[1]['store']) {
  const { artefacts, keys, baseUrl } = here.world
  const parts = { store, artefacts, signer: keys, keys, baseUrl, now: here.next(), seen: new Set<string>() }
  for (const log of logNames) await sequenceLog(log, parts)
}
const packed = () => here.world.store.read<PackedEvent>(streams.packedRecord(COOKERY))
const audit = () =>
  auditStreams({
    store: here.world.store,
    artefacts: here.world.artefacts,
    now: new Date(here.now().getTime() + 30 * MINUTE),
  })

test('a record is packed once it costs more to read than its packed form, together with the frameworks that it names', async () => {
  await here.decide(cookery(), BODY)
  await sequence()
  expect(await packed()).toEqual([])
  await stateFramework(here)
  await here.decide(placeCookery, AUTHORITY)
  await sequence()
  await sequence()
  const [commit, ...more] = await packed()
  expect(more).toEqual([])
  const unpacked = unpackRecord(COOKERY, commit?.events[0]?.bytes ?? new Uint8Array())
  expect([unpacked.commits.length, unpacked.frameworks.map(({ commits }) => commits.length)]).toEqual([2, [3]])
  expect(await audit()).toEqual({ differences: [], missed: 0 })
})

test('what the authority of a framework states later is read behind the packed record', async () => {
  await here.decide(cookery(), BODY)
  await stateFramework(here)
  await here.decide(placeCookery, AUTHORITY)
  await sequence()
  await stateFramework(here)
  const read = await cachedCatalogue(here.world.store, () => here.now().getTime())(COOKERY)
  expect(read.frameworks?.map(({ commits }) => commits.length)).toEqual([6])
})

test('R013: the hourly audit names a packed record that says something else than its stream', async () => {
  await here.decide(cookery(), BODY)
  await stateFramework(here)
  await here.decide(placeCookery, AUTHORITY)
  await sequence()
  const { commits, frameworks = [] } = await catalogueOf(here.world.store)(COOKERY)
  const forge = async (changed: Parameters<typeof packRecord>[0]) => {
    const change = {
      events: [{ type: 'packed', bytes: packRecord(changed) }],
      actor: 'system:log',
      now: here.next(),
    } as const
    await here.world.store.append(nextCommit<PackedEvent>(streams.packedRecord(COOKERY), await packed(), change))
  }
  const [first, ...rest] = structuredClone(commits) as (typeof commits)[number][]
  const [event] = first?.events ?? []
  if (first === undefined || event?.type !== 'qualification-stated') throw new Error('nothing was stated')
  await forge({
    commits: [{ ...first, events: [{ ...event, statedBy: { id: 'x', name: 'X' } }] }, ...rest],
    frameworks,
  })
  const differs = `${streams.qualification(COOKERY)}: its packed record differs`
  expect((await audit()).differences).toEqual([differs])
  await forge({ commits: [...commits, { ...first, number: 2 }], frameworks })
  expect((await audit()).differences).toEqual([differs])
  await forge({ commits, frameworks: frameworks.map(({ id, commits: own }) => ({ id, commits: own.slice(0, 1) })) })
  expect((await audit()).differences).toEqual([])
  const lower = frameworks.map(({ id, commits: own }) => ({ id, commits: own.toReversed() }))
  await forge({ commits, frameworks: lower })
  expect((await audit()).differences).toEqual([differs])
})

test('a run that is stopped before it packs, or that loses a race for it, does no harm', async () => {
  await here.decide(cookery(), BODY)
  await stateFramework(here)
  await here.decide(placeCookery, AUTHORITY)
  const { port } = withFaults(here.world.store, [{ method: 'append', call: 12, outcome: 'fails-before' }])
  await sequence(port).catch(() => undefined)
  await Promise.all([sequence(), sequence()].map((run) => run.catch(() => undefined)))
  await sequence()
  expect((await packed()).length).toBeGreaterThan(0)
  expect(await audit()).toEqual({ differences: [], missed: 0 })
})

import { beforeEach, describe, expect, test } from 'vitest'
import { AUTHORITY, BODY } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import type { Fault } from '../errors.ts'
import { jointAt, readJoint } from '../joint/joint-at.ts'
import type { VersionChange } from './decide-version.ts'
import type { ProposedChange } from './proposals.ts'

const OTHER = 'demo-else'
const SECOND = 'demo-second'
const START = '2026-01-01T00:00:00.000Z'
const source = 'https://board.example/standard'
const joint = { kind: 'comparison', id: `${AUTHORITY}.bricks`, number: 1 }
let here: TwoOfficers
let host: string
beforeEach(async () => {
  here = await withTwoOfficers()
  host = new URL(here.world.baseUrl).host
  for (const name of ['bricks', 'masonry']) await here.decide(stated(name), BODY)
})

const stated = (name: string, titles = ['Set out', 'Lay bricks']): ProposedChange => ({
  verb: 'state-qualification',
  qualification: `${BODY}.${name}`,
  statement: {
    kind: 'skills-certificate',
    title: name,
    description: 'Found able to build.',
    field: 'Building',
    source,
  },
  edition: {
    id: '2026',
    from: '2026-01-01',
    units: titles.map((title, at) => ({ code: `${name.slice(0, 1).toUpperCase()}${at + 1}`, title })),
    validity: 'none',
    source,
  },
  effectiveAt: START,
})
type Proposed = Extract<VersionChange, { verb: 'propose-comparison' }>
const comparison = (change: Partial<Proposed> = {}): Proposed => ({
  verb: 'propose-comparison',
  joint,
  parties: [AUTHORITY, OTHER].map((id) => ({ registry: host, id })),
  comparison: {
    from: { qualification: `${BODY}.bricks`, edition: '2026' },
    to: { qualification: `${BODY}.masonry`, edition: '2026' },
    rows: [{ unit: 'M1', result: 'match', by: ['B1'] }],
    aspects: {},
  },
  effectiveAt: START,
  ...change,
})
const version = async () => {
  const moment = here.now().toISOString()
  return jointAt(await readJoint(joint, here.world.store), { effective: moment, recorded: moment })
}
const faultsOf = (change: ProposedChange) =>
  here.propose(change, AUTHORITY).then(
    () => [],
    ({ faults }: { faults: Fault[] }) => faults.map(({ pointer }) => pointer),
  )
const act = (verb: 'join-version' | 'leave-version', hash: string): VersionChange =>
  verb === 'join-version'
    ? { verb, joint, hash, effectiveAt: START }
    : { verb, joint, hash, basis: 'Resolution 4', effectiveAt: START }

describe('a comparison', () => {
  test('is proposed, joined and left by two officers of each party, and names both with both times', async () => {
    const open = await here.propose(comparison(), AUTHORITY)
    expect(await version()).toBeUndefined()
    await here.approve(open)
    const { hash = '', ...alone } = (await version()) ?? {}
    expect(alone).toMatchObject({ state: 'alone', missing: [{ id: OTHER }] })
    await here.decide(act('join-version', hash), OTHER)
    expect(await version()).toMatchObject({ state: 'joint', jointFrom: here.now().toISOString() })
    await here.decide(act('leave-version', hash), AUTHORITY)
    expect(await version()).toMatchObject({ state: 'ended', left: [{ basis: 'Resolution 4', effectiveAt: START }] })
    const commits = await readJoint(joint, here.world.store)
    expect(commits.map(({ by }) => by)).toEqual([AUTHORITY, OTHER, AUTHORITY])
    expect(commits.every(({ proposal, index }) => proposal !== undefined && index === 'JOINT')).toBe(true)
  })

  test('is pinned to the editions as they were on record when it was proposed', async () => {
    const { comparison: of } = comparison()
    const ofSecond = comparison({ comparison: { ...of, rows: [{ unit: 'M2', result: 'match', by: ['B2'] }] } })
    const open = await here.propose(ofSecond, AUTHORITY)
    // The edition has no second unit any more.
    await here.decide(stated('masonry', ['Set out']), BODY)
    await here.approve(open)
    expect((await version())?.text.content).toMatchObject({ catalogueAt: open.proposedAt })
    expect(await faultsOf({ ...ofSecond, joint: { ...joint, number: 2 } })).toEqual(['/comparison/rows/0/unit'])
  })

  test('of another authority is not found, and nobody else joins or leaves it', async () => {
    await expect(here.propose(comparison(), OTHER)).rejects.toMatchObject({ code: 'not-found' })
    await expect(here.propose(comparison(), BODY)).rejects.toMatchObject({ code: 'not-found' })
    const unsafe = comparison({ joint: { ...joint, id: `${AUTHORITY}.A/b` } })
    await expect(here.propose(unsafe, AUTHORITY)).rejects.toMatchObject({ code: 'not-found' })
    await here.decide(comparison({ parties: [{ registry: host, id: AUTHORITY }] }), AUTHORITY)
    const { hash = '' } = (await version()) ?? {}
    for (const verb of ['join-version', 'leave-version'] as const)
      await expect(here.propose(act(verb, hash), OTHER)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('K004: several authorities of one state do not agree on a qualification of another one', async () => {
    here = await withTwoOfficers({ elseIn: 'TH' })
    const { authority } = decisionsIn(here.world)
    await authority(SECOND, 'PH')
    await here.decide(stated('bricks'), BODY)
    await here.decide({ ...stated('roofs'), qualification: `${OTHER}.roofs` } as ProposedChange, OTHER)
    const { comparison: of } = comparison()
    const far = { ...of, to: { qualification: `${OTHER}.roofs`, edition: '2026' }, rows: [] }
    const by = (...ids: string[]) =>
      faultsOf(comparison({ comparison: far, parties: ids.map((id) => ({ registry: host, id })) }))
    expect(await by(AUTHORITY)).toEqual([])
    expect(await by(AUTHORITY, SECOND)).toEqual(['/parties'])
    expect(await by(AUTHORITY, SECOND, OTHER)).toEqual([])
  })

  test('a party that was succeeded is left by its successor, and by nobody else', async () => {
    const { authority, succeed } = decisionsIn(here.world)
    await authority(SECOND, 'PH')
    await here.name(SECOND)
    await here.decide(comparison(), AUTHORITY)
    const { hash = '' } = (await version()) ?? {}
    await here.decide(act('join-version', hash), OTHER)
    await succeed(OTHER, SECOND, here.next())
    await expect(here.propose(act('leave-version', hash), OTHER)).rejects.toMatchObject({ code: 'not-found' })
    await here.decide(act('leave-version', hash), SECOND)
    expect(await version()).toMatchObject({ state: 'ended', left: [{ party: { id: OTHER } }] })
  })

  test('M001, M003: faults are named by their places', async () => {
    const { comparison: of } = comparison()
    const named = (change: Partial<typeof of>) => faultsOf(comparison({ comparison: { ...of, ...change } }))
    expect(await named({ from: { qualification: `${BODY}.bricks`, edition: '1999' } })).toEqual(['/comparison/from'])
    expect(await named({ to: { qualification: 'no-such', edition: '2026' } })).toEqual(['/comparison/to'])
    expect(await named({ rows: [{ unit: 'M1', result: 'match', by: [] }] })).toEqual(['/comparison/rows/0/by'])
    expect(await named({ rows: [{ unit: 'B1', result: 'match', by: ['B1'] }] })).toEqual(['/comparison/rows/0/unit'])
    const party = (one: { registry: string; id: string }) =>
      faultsOf(comparison({ parties: [{ registry: host, id: AUTHORITY }, one] }))
    expect(await party({ registry: host, id: BODY })).toEqual(['/parties/1'])
    expect(await party({ registry: host, id: 'nobody' })).toEqual(['/parties/1'])
    expect(await party({ registry: 'https://x', id: 'agency' })).toEqual(['/parties/1'])
    expect(await party({ registry: 'pantai.example', id: 'agency' })).toEqual([])
  })
})

describe('R-080: an agreed set of units', () => {
  const kind = { kind: 'skill-set', id: `${AUTHORITY}.bricks`, number: 1 }
  const set = (accepts: object[] = [{ qualification: `${BODY}.bricks`, edition: '2026', unit: 'B1' }]) =>
    ({
      verb: 'propose-skill-set',
      joint: kind,
      parties: [AUTHORITY, OTHER].map((id) => ({ registry: host, id })),
      set: { name: 'Bricklaying, agreed set', units: [{ code: 'S1', title: 'Set out', accepts }] },
      effectiveAt: START,
    }) as ProposedChange

  test('R-083, R-086: is frozen by its hash, and counts once every party has joined', async () => {
    const at = async () => {
      const moment = here.now().toISOString()
      return jointAt(await readJoint(kind, here.world.store), { effective: moment, recorded: moment })
    }
    await here.decide(set(), AUTHORITY)
    const { hash = '', state } = (await at()) ?? {}
    expect(state).toBe('alone')
    await here.decide({ verb: 'join-version', joint: kind, hash, effectiveAt: START }, OTHER)
    expect(await at()).toMatchObject({ state: 'joint', hash, text: { content: { units: [{ code: 'S1' }] } } })
  })

  test('accepts units that are on record, and says nothing that is more than that', async () => {
    expect(await faultsOf(set([{ qualification: `${BODY}.bricks`, edition: '1999', unit: 'B1' }]))).toEqual([
      '/set/units/0/accepts/0',
    ])
    expect(await faultsOf(set([{ qualification: `${BODY}.bricks`, edition: '2026', unit: 'X' }]))).toEqual([
      '/set/units/0/accepts/0/unit',
    ])
    const claim = set()
    if (claim.verb !== 'propose-skill-set') throw new Error('another verb')
    expect(await faultsOf({ ...claim, set: { ...claim.set, name: 'Equivalent units' } })).toEqual(['/set/name'])
    expect(await faultsOf({ ...claim, set: { ...claim.set, units: [] } })).toEqual(['/set/units'])
    await expect(here.propose(claim, OTHER)).rejects.toMatchObject({ code: 'not-found' })
  })
})

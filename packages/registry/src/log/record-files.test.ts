import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { COOKERY, cookery } from '../../../../test/support/cookery.ts'
import { withFaults } from '../../../../test/support/faults.ts'
import { AUTHORITY, BODY, MINUTE, type World } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import type { ProposedChange } from '../decisions/index.ts'
import { type Commit, type CommitReader, nextCommit, type StreamId, streams } from '../stream.ts'
import { auditStreams } from './audit.ts'
import { auditFull } from './audit-full.ts'
import { publishBundle, readBundle, type TrustBundle } from './bundle.ts'
import { logNames } from './logs.ts'
import { readEntries } from './read-log.ts'
import { listAllRecords, readRecord, restoreRecords } from './record-files.ts'
import { sequenceLog } from './sequence.ts'

const STREAM = streams.qualification(COOKERY)
let here: TwoOfficers
let world: World
beforeEach(async () => {
  here = await withTwoOfficers({ isBaselineListed: false })
  world = here.world
})

async function sequence(now = here.next()) {
  const { store, artefacts, keys, baseUrl } = world
  const parts = { store, artefacts, signer: keys, keys, baseUrl, now }
  for (const log of logNames) await sequenceLog(log, { ...parts, seen: new Set() })
  await publishBundle({ ...parts, policy: { demonstration: true } })
}
const entriesOf = async () => (await readEntries('catalogue', 0, world.store)).entries

test('I56, R-019: each statement of an owner has its hash in the log, and its text in a file under that hash, without the officer', async () => {
  await here.decide(cookery(), BODY)
  await sequence()
  const [entry = ''] = await entriesOf()
  const record = (await readRecord(entry, world)) ?? ''
  expect(createHash('sha256').update(record).digest('base64url')).toBe(entry)
  const [commit] = await world.store.read(STREAM)
  expect(JSON.parse(record)).toEqual({
    stream: STREAM,
    number: 0,
    events: commit?.events,
    effectiveAt: commit?.effectiveAt,
    recordedAt: commit?.recordedAt,
    by: BODY,
  })
  expect(JSON.stringify(commit)).toContain('"actor":"two"')
  expect(record).not.toContain('actor')
  // A second run finds nothing new.
  await sequence()
  expect(await entriesOf()).toEqual([entry])
})

test('all statements are listed by pages, oldest first, each with the hash that the log holds', async () => {
  await here.decide(cookery(), BODY)
  await here.decide({ ...cookery(), qualification: `${BODY}.bread` } as ProposedChange, BODY)
  await sequence()
  const first = await listAllRecords({ of: 'qualifications', limit: 1 }, world.store)
  const second = await listAllRecords({ of: 'qualifications', limit: 1, after: first.next ?? '' }, world.store)
  const listed = [...first.records, ...second.records]
  expect(listed.map(({ record }) => record.stream)).toEqual([STREAM, streams.qualification(`${BODY}.bread`)])
  expect(listed.map(({ entry }) => entry).toSorted()).toEqual((await entriesOf()).toSorted())
  expect(JSON.stringify(listed)).not.toContain('actor')
  expect(await listAllRecords({ of: 'frameworks', limit: 1 }, world.store)).toEqual({ records: [] })
})

test('a statement is answered by its hash alone, and only once a checkpoint covers it', async () => {
  await here.decide(cookery(), BODY)
  await sequence()
  const [entry = ''] = await entriesOf()
  const file = `records/${Buffer.from(entry, 'base64url').toString('hex')}.json`
  expect([...world.files.keys()]).toContain(file)
  expect(await readRecord('A'.repeat(43), world)).toBeUndefined()
  expect(await readRecord('../bundles', world)).toBeUndefined()
  world.files.clear()
  await expect(readRecord(entry, world)).rejects.toMatchObject({ code: 'dependency-unavailable' })
  expect(await restoreRecords('2020-01-01T00:00:00.000Z', { ...world, now: here.now() })).toBe(1)
  expect(await readRecord(entry, world)).toContain('Cookery')
})

test('a run that is stopped after the files were stored is repeated, and no entry comes twice', async () => {
  await here.decide(cookery(), BODY)
  const { store, artefacts, keys, baseUrl } = world
  // The first call writes the key of the logs.
  const { port } = withFaults(store, [{ method: 'append', call: 2, outcome: 'fails-before' }])
  const run = { store: port, artefacts, signer: keys, keys, baseUrl, now: here.next(), seen: new Set<string>() }
  await expect(sequenceLog('catalogue', run)).rejects.toThrow()
  expect(world.files.size).toBe(1)
  await sequence()
  expect(await entriesOf()).toHaveLength(1)
})

describe('the trust bundle', () => {
  const bundle = async () => (JSON.parse((await readBundle(world)) ?? '') as { bundle: TrustBundle }).bundle

  test('carries the head of the log and not the statements, and is signed anew when one is added', async () => {
    await sequence()
    expect((await bundle()).catalogue).toMatchObject({ size: 0, stated: [] })
    await here.decide(cookery(), BODY)
    await sequence()
    const { catalogue } = await bundle()
    expect(catalogue).toMatchObject({ size: 1, stated: [] })
    expect(catalogue?.checkpoint).toContain('registry.example/log/catalogue\n1\n')
    expect(JSON.stringify(await bundle())).not.toContain('Cookery')
  })

  test('names the records of the baseline about which something was stated', async () => {
    const assign = { verb: 'assign-record', record: 'ph-masonry-nc2', owner: BODY, basis: 'decision 5' } as const
    await here.decide({ ...assign, kind: 'qualification', effectiveAt: here.now().toISOString() }, AUTHORITY)
    await sequence()
    expect((await bundle()).catalogue?.stated).toEqual(['ph-masonry-nc2'])
  })
})

describe('R013: the hourly audit', () => {
  const LATER = () => new Date(here.now().getTime() + 60 * MINUTE)
  const audited = async (
    change: (commits: Commit<unknown>[]) => Commit<unknown>[] = (commits) => commits,
    changed: StreamId = STREAM,
  ) => {
    const store: CommitReader = {
      read: async <E>(stream: StreamId) => {
        const commits = structuredClone(await world.store.read<unknown>(stream))
        return (stream === changed ? change(commits) : commits) as Commit<E>[]
      },
      latest: (stream) => world.store.latest(stream),
      list: (index, page) => world.store.list(index, page),
    }
    return (await auditStreams({ store, artefacts: world.artefacts, now: LATER() })).differences
  }

  test('names a statement that was changed, and one that is gone', async () => {
    await here.decide(cookery(), BODY)
    await sequence()
    expect(await audited()).toEqual([])
    const changed = (commits: Commit<unknown>[]) =>
      commits.map((commit) => ({ ...commit, effectiveAt: '2027-01-01T00:00:00.000Z' }))
    expect(await audited(changed)).toEqual([`${STREAM}/0: changed`])
    expect(await audited(() => [])).toEqual([`${STREAM}/0: gone (log/catalogue/0)`])
  })

  test('names a description that was changed, as the full audit does', async () => {
    const own = streams.description('body', BODY)
    const statement = { awards: [], source: 'https://board.example' }
    const effectiveAt = here.now().toISOString()
    await here.decide({ verb: 'describe-body', described: `body:${BODY}`, statement, effectiveAt }, BODY)
    await sequence()
    expect(await audited((commits) => commits, own)).toEqual([])
    const changed = (commits: Commit<unknown>[]) => commits.map((commit) => ({ ...commit, by: 'demo-x' }))
    expect(await audited(changed, own)).toEqual([`${own}/0: changed`])
    const { store, artefacts } = world
    const [commit] = await store.read<object>(own)
    if (commit === undefined) throw new Error('nothing is described')
    const later = { events: commit.events, actor: 'x', now: here.now(), index: 'DESCRIPTIONS' } as const
    await store.append(nextCommit(own, [commit], later))
    expect((await auditFull({ store, artefacts, now: LATER() })).differences).toEqual([`${own}/1: in no log`])
  })

  test('names a statement that is in no log', async () => {
    await here.decide(cookery(), BODY)
    await sequence()
    const [first] = await world.store.read<object>(STREAM)
    if (first === undefined) throw new Error('nothing is stated')
    await world.store.append(
      nextCommit(STREAM, [first], { events: first.events, actor: 'x', now: here.now(), index: 'CATALOGUE' }),
    )
    expect(await audited()).toEqual([`${STREAM}/1: in no log`])
  })

  test('F22: the full audit compares every entry with its stream and its file, tile by tile, and goes on where its time ended', async () => {
    await here.decide(cookery(), BODY)
    await sequence()
    const { store, artefacts } = world
    const audit = (from?: string) =>
      auditFull({ store, artefacts, now: LATER(), remaining: () => 0, ...(from && { from }) })
    const names: string[] = []
    for (let from: string | undefined = 'registry/0'; from !== undefined && names.length < 9; ) {
      names.push(from)
      const { differences, next }: Awaited<ReturnType<typeof audit>> = await audit(from)
      expect(differences).toEqual([])
      from = next
    }
    expect(names.slice(0, 6)).toEqual([
      ...['registry/0', 'registry/ENTITIES', 'registry/TRUST'],
      ...['catalogue/0', 'catalogue/CATALOGUE', 'catalogue/FRAMEWORKS'],
    ])
    await expect(audit('catalogue/9')).rejects.toMatchObject({ code: 'validation-failed' })
    const [commit] = await store.read<object>(STREAM)
    if (commit === undefined) throw new Error('nothing is stated')
    const later = { events: commit.events, actor: 'x', now: here.now(), index: 'CATALOGUE' } as const
    await store.append(nextCommit(STREAM, [commit], later))
    expect((await auditFull({ store, artefacts, now: LATER() })).differences).toEqual([`${STREAM}/1: in no log`])
    world.files.clear()
    await audit('catalogue/0')
    expect(world.faults).toContainEqual(expect.objectContaining({ fault: 'missing' }))
  })
})

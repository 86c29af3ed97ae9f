import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { after, aWorld, BODY, MINUTE, noon, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { type Commit, type CommitReader, nextCommit, readingOf, type StreamId, streams } from '../stream.ts'
import { auditStreams } from './audit.ts'
import { type LogName, logNames, pendingOn } from './logs.ts'
import { entriesOf, readEntries, type TileEvent } from './read-log.ts'
import { sequenceLog } from './sequence.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY
const FORGED = 'F'.repeat(43)

async function runLogs({ store, artefacts, keys, baseUrl }: World, now: Date): Promise<void> {
  for (const log of logNames)
    await sequenceLog(log, { store, artefacts, signer: keys, keys, baseUrl, now, seen: new Set() })
}

/** A registry that issued one certificate at noon, and whose logs have it. */
async function aLoggedWorld(): Promise<World> {
  const world = await aWorld({ isBaselineListed: false })
  await world.issue()
  await runLogs(world, noon)
  return world
}

/** An attacker who can write to the table adds an entry to a log. The writer of the logs then signs over it. */
async function forge(world: World, log: LogName, entry: string, { now, at = now }: { now: Date; at?: Date }) {
  const { commits } = await readEntries(log, 0, world.store)
  const events = [{ type: 'entries-logged', entries: [entry] }]
  await world.store.append(nextCommit(streams.logTile(log, 0, 0), commits, { events, actor: 'x', now: at }))
  await runLogs(world, now)
}

const audit = (store: CommitReader, now: Date) =>
  auditStreams({ store, artefacts: { read: () => Promise.reject(new Error('no file is read')) }, now })

/** The differences of one run, and how often it read an index. */
async function readsOf(store: CommitReader, now: Date) {
  const { port, calls } = withFaults(store, [])
  const { differences } = await audit(port, now)
  return { differences, lists: calls('list') }
}

describe('F22: an entry of the log of certificates that nobody reserved', () => {
  test('is named with its log, its place and its key, and with the first day of the search', async () => {
    const world = await aLoggedWorld()
    await forge(world, 'certificates', FORGED, { now: noon })
    expect((await audit(world.store, after(HOUR))).differences).toEqual([
      `log/certificates/2 (${FORGED}): reserved on no day since 2025-11-17`,
    ])
  })

  test('costs the same few reads of indexes, however old the registry is', async () => {
    for (const years of [1, 2, 9]) {
      const now = after(years * YEAR)
      const world = await aWorld({ isBaselineListed: false })
      await runLogs(world, now)
      const later = new Date(now.getTime() + HOUR)
      const honest = await readsOf(world.store, later)
      expect(honest.differences).toEqual([])
      await forge(world, 'certificates', FORGED, { now })
      const { differences, lists } = await readsOf(world.store, later)
      expect(differences).toHaveLength(1)
      expect(lists - honest.lists).toBe(216)
    }
  })

  test('costs no more if somebody filled an earlier day', async () => {
    const world = await aLoggedWorld()
    await forge(world, 'certificates', FORGED, { now: noon })
    const filled = pendingOn(noon.getTime() - 5 * DAY)
    let pages = 1_000
    const store: CommitReader = {
      ...readingOf(world.store),
      list: async (index, page) =>
        // Only the search for an entry reads the newest rows first.
        index === filled && page.newestFirst && pages-- > 0
          ? { commits: [], next: 'more' }
          : world.store.list(index, page),
    }
    const filledDay = await readsOf(store, after(HOUR))
    expect(filledDay.differences).toEqual([`log/certificates/2 (${FORGED}): reserved on no day since 2026-02-26`])
    expect(filledDay.lists).toBeLessThanOrEqual((await readsOf(world.store, after(HOUR))).lists)
  })

  test('is searched for until it is a day old, and never again', async () => {
    const world = await aLoggedWorld()
    await forge(world, 'certificates', FORGED, { now: noon })
    const young = await readsOf(world.store, after(23 * HOUR))
    const old = await readsOf(world.store, after(25 * HOUR))
    expect(young.differences).toHaveLength(1)
    expect(old.differences).toEqual([])
    expect(young.lists - old.lists).toBeGreaterThan(100)
  })

  test('cannot escape by a date in the future', async () => {
    const world = await aLoggedWorld()
    await forge(world, 'certificates', FORGED, { now: noon, at: after(99 * YEAR) })
    for (const hours of [1, 48])
      expect((await audit(world.store, after(hours * HOUR))).differences).toEqual([
        `log/certificates/2 (${FORGED}): logged in the future`,
      ])
  })

  test('is named by its place alone if its text is no hash', async () => {
    const world = await aLoggedWorld()
    await forge(world, 'certificates', 'RODEL MANALO DELA CRUZ', { now: noon })
    expect((await audit(world.store, after(HOUR))).differences).toEqual([
      'log/certificates/2: reserved on no day since 2025-11-17',
    ])
  })
})

describe('F22: an entry of the log of decisions that no row has', () => {
  const entryOf = (stream: string) =>
    JSON.stringify({ stream, number: 3, events: [], effectiveAt: noon.toISOString(), recordedAt: noon.toISOString() })

  test('is named with its place, and costs one read', async () => {
    const world = await aLoggedWorld()
    const honest = withFaults(world.store, [])
    await audit(honest.port, after(HOUR))
    const { entries } = await readEntries('registry', 0, world.store)
    await forge(world, 'registry', entryOf('no-board/trust'), { now: noon })
    const { port, calls } = withFaults(world.store, [])
    expect((await audit(port, after(HOUR))).differences).toEqual([
      `no-board/trust/3: gone (log/registry/${entries.length})`,
    ])
    expect(calls('read') - honest.calls('read')).toBe(1)
    expect(calls('list')).toBe(honest.calls('list'))
  })

  test.each([
    ['names a stream that is none', entryOf('RODEL MANALO DELA CRUZ')],
    ['is no JSON', 'RODEL MANALO DELA CRUZ'],
    ['is no object', 'null'],
  ])('is named by its place alone if it %s', async (_, text) => {
    const world = await aLoggedWorld()
    const { entries } = await readEntries('registry', 0, world.store)
    // The writer of the logs would refuse it, so the attacker changes an entry that is signed already.
    const store = withEntry(world.store, entries.length - 1, text)
    const { differences } = await audit(store, after(HOUR))
    expect(differences).toContain(`log/registry/${entries.length - 1}: no entry of a decision`)
    expect(differences.join()).not.toContain('RODEL')
  })

  /** The log of decisions with another text at one place. */
  const withEntry = (store: World['store'], place: number, text: string): CommitReader => ({
    ...readingOf(store),
    read: async <E>(stream: StreamId) => {
      if (stream !== streams.logTile('registry', 0, 0)) return store.read<E>(stream)
      const [first, ...others] = await store.read<TileEvent>(stream)
      const entries = [first, ...others].flatMap((commit) => (commit ? entriesOf(commit) : [])).with(place, text)
      return [{ ...first, events: [{ type: 'entries-logged', entries }] }] as Commit<unknown>[] as Commit<E>[]
    },
  })
})

test('F22: forged entries in both logs keep a run from nothing else that it compares', async () => {
  const world = await aLoggedWorld()
  await forge(world, 'certificates', FORGED, { now: noon })
  await forge(world, 'registry', JSON.stringify({ stream: 'no-board/trust', number: 0, events: [] }), { now: noon })
  const late = { type: 'note' }
  const stream = streams.trust('late')
  await world.store.append(
    nextCommit(stream, [], { events: [late], actor: 'x', now: after(SECOND), index: 'ENTITIES' }),
  )
  const changed: CommitReader = {
    ...readingOf(world.store),
    read: async <E>(one: StreamId) =>
      (await world.store.read<E>(one)).map((commit) =>
        one === `${BODY}/trust` && commit.number === 3
          ? { ...commit, effectiveAt: '2019-01-01T00:00:00.000Z' }
          : commit,
      ),
  }
  const { differences, missed } = await audit(changed, after(HOUR))
  expect(missed).toBe(0)
  expect(differences).toHaveLength(4)
  expect(differences).toEqual(expect.arrayContaining([`${stream}/0: in no log`, `${BODY}/trust/3: changed`]))
})

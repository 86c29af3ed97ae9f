import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  after,
  aWorld,
  BODY,
  identity,
  MINUTE,
  noon,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { registerAuthority } from '../decisions/register.ts'
import {
  type Commit,
  type CommitReader,
  type CommitStore,
  type IndexKey,
  nextCommit,
  readingOf,
  type StreamId,
  streams,
} from '../stream.ts'
import { auditStreams } from './audit.ts'
import { logNames } from './logs.ts'
import { sequenceLog } from './sequence.ts'

async function aLoggedWorld(): Promise<World> {
  const world = await aWorld({ isBaselineListed: false })
  await world.issue()
  await runLogs(world)
  return world
}

async function runLogs(
  { store, artefacts, keys, baseUrl }: Pick<World, 'artefacts' | 'keys' | 'baseUrl'> & { store: CommitStore },
  now = noon,
): Promise<void> {
  for (const log of logNames)
    await sequenceLog(log, { store, artefacts, signer: keys, keys, baseUrl, now, seen: new Set() })
}

/** A store whose contents somebody changed without our code. */
const tampered = (
  { store }: World,
  change: (commits: Commit<never>[], stream: StreamId) => Commit<never>[],
): CommitReader => ({
  read: async <E>(stream: StreamId) => change(structuredClone(await store.read<never>(stream)), stream) as Commit<E>[],
  latest: (stream) => store.latest(stream),
  list: (index, page) => store.list(index, page),
})
/** No owner states anything in these worlds, so no file is read. */
const artefacts = { read: () => Promise.reject(new Error('no file is read')) }
const differencesOf = async (deps: Omit<Parameters<typeof auditStreams>[0], 'artefacts'>) =>
  (await auditStreams({ ...deps, artefacts })).differences
const ofBody = (stream: StreamId) => stream === `${BODY}/trust`

describe('F22, R013, A004: the hourly audit of the streams', () => {
  test('finds nothing if nothing was changed', async () => {
    const world = await aLoggedWorld()
    expect(await differencesOf({ store: world.store, now: after(60 * MINUTE) })).toEqual([])
  })

  test.each<[string, (commits: Commit<never>[]) => Commit<never>[], string]>([
    [
      'a scope that was widened',
      (all) => JSON.parse(JSON.stringify(all).replace('"ph-masonry-nc1"', '"ph-tile-nc2"')),
      '3: changed',
    ],
    [
      'a day that was moved',
      (all) => all.map((one) => (one.number === 3 ? { ...one, effectiveAt: '2019-01-01T00:00:00.000Z' } : one)),
      '3: changed',
    ],
    ['a commit that was taken out', (all) => all.slice(0, -1), '3: gone (log/registry/4)'],
    ['a commit that was put in', (all) => [...all, { ...(all[0] as Commit<never>), number: 4 }], '4: in no log'],
  ])('finds %s, and answers where it is', async (_, change, given) => {
    const world = await aLoggedWorld()
    const store = tampered(world, (commits, stream) => (ofBody(stream) ? change(commits) : commits))
    expect(await differencesOf({ store, now: after(60 * MINUTE) })).toEqual([`${BODY}/trust/${given}`])
  })

  test('finds a commit that the writer of the logs missed, once it is late', async () => {
    const world = await aLoggedWorld()
    await registerAuthority({ id: 'new', identity: identity(), actor: 'a' }, { store: world.store, now: after(SECOND) })
    await world.issue({ certificateNumber: 'B-2' }, { key: 'key-2', deps: { now: after(SECOND) } })
    expect(await differencesOf({ store: world.store, now: after(MINUTE) })).toEqual([])
    expect(await differencesOf({ store: world.store, now: after(20 * MINUTE) })).toEqual([
      'new/trust/0: in no log',
      expect.stringMatching(new RegExp(`^${BODY}/certificate/.*/0: in no log$`)),
    ])
  })

  describe('over decisions of the past', () => {
    const WEEK = 7 * 24 * 60 * MINUTE
    const LATER = after(40 * WEEK)
    const limits = { tiles: 1, periods: 4 }
    const hourly = (hour: number) => new Date(LATER.getTime() + hour * 60 * MINUTE)
    /** A registry with one tile of decisions for each period of its past, two for each stream. */
    async function decided(periods: number): Promise<World> {
      const world = await aWorld({ isBaselineListed: false })
      const events = [{ type: 'note' }]
      for (let place = 0; place < periods * 128; place++) {
        const now = after(Math.floor(place / 128) * 4 * WEEK + MINUTE)
        const stream = streams.trust(`b-${place}`)
        const first = nextCommit(stream, [], { events, actor: 'a', now, index: 'ENTITIES' })
        await world.store.append(first)
        await world.store.append(nextCommit(stream, [first], { events, actor: 'a', now, index: 'TRUST' }))
      }
      await runLogs(world, after(36 * WEEK))
      return world
    }

    test('a run costs a share of the past, however long the past is', async () => {
      for (const periods of [4, 8]) {
        const world = await decided(periods)
        for (let hour = 0; hour < 8; hour++) {
          const { port, calls } = withFaults(world.store, [])
          expect(await auditStreams({ store: port, artefacts, now: hourly(hour), limits })).toEqual({
            differences: [],
            missed: 0,
          })
          // Two tiles with 128 streams each, two periods with 256 rows each, and some reads for each run.
          expect(calls('read') + calls('latest')).toBeLessThanOrEqual(2 * 129 + 2 * 258 + 40)
        }
      }
    })

    test('each decision is compared within the hours that its number of tiles takes', async () => {
      const world = await decided(4)
      const hidden = streams.trust('b-9')
      const history = await world.store.read(hidden)
      await world.store.append(nextCommit(hidden, history, { events: [], actor: 'x', now: noon }))
      const changed = streams.trust('b-400')
      const store = tampered(world, (commits, stream) =>
        stream === changed ? commits.map((one) => ({ ...one, effectiveAt: '2019-01-01T00:00:00.000Z' })) : commits,
      )
      const hours = new Map<string, number>()
      for (let hour = 0; hour < 8; hour++)
        for (const difference of await differencesOf({ store, now: hourly(hour), limits }))
          hours.set(difference, (hours.get(difference) ?? 0) + 1)
      expect([...hours.keys()].sort()).toEqual([
        `${changed}/0: changed`,
        `${changed}/1: changed`,
        `${hidden}/2: in no log`,
      ])
      // In its own hour and in the next one.
      for (const count of hours.values()) expect(count).toBeGreaterThanOrEqual(2)
    })

    test('a row with an old date that stands in the index alone is found as well', async () => {
      const world = await decided(4)
      const stream = streams.trust('hidden')
      const events = [{ type: 'note' }]
      for (const [name, now] of [
        ['hidden', after(5 * WEEK)],
        ['older', new Date('2020-01-01T00:00:00Z')],
      ] as const)
        await world.store.append(nextCommit(streams.trust(name), [], { events, actor: 'x', now, index: 'ENTITIES' }))
      const found = new Set<string>()
      for (let hour = 0; hour < 8; hour++)
        for (const difference of await differencesOf({ store: world.store, now: hourly(hour), limits }))
          found.add(difference)
      expect([...found].sort()).toEqual([`${stream}/0: in no log`, `${streams.trust('older')}/0: in no log`])
    })

    test('F46: a run whose time ends compares what is new, and the next one goes on', async () => {
      const world = await decided(4)
      const cut = streams.trust('b-400')
      const store = tampered(world, (commits, stream) => (stream === cut ? commits.slice(0, 1) : commits))
      const stopped = await auditStreams({ store, artefacts, now: LATER, remaining: () => 0 })
      expect(stopped.differences).toEqual([])
      expect(stopped.missed).toBeGreaterThan(0)
      const next = await auditStreams({ store, artefacts, now: hourly(1) })
      expect(next).toEqual({
        differences: [expect.stringMatching(new RegExp(`^${cut}/1: gone \\(log/registry/\\d+\\)$`))],
        missed: 0,
      })
    })
  })

  describe('from the side of the log of certificates', () => {
    /** A changed index, which both the writer and the audit read. */
    const indexed = ({ store }: World, change: (commits: Commit<never>[]) => Commit<never>[]): CommitStore => ({
      ...readingOf(store),
      append: (commit) => store.append(commit),
      async list<E>(index: IndexKey, query: Parameters<CommitReader['list']>[1]) {
        const found = await store.list<never>(index, query)
        const commits = index.startsWith('PENDING#') ? change(structuredClone(found.commits)) : found.commits
        return { ...found, commits: commits as Commit<E>[] }
      },
    })

    const reservedNowhere = (place: number) =>
      expect.stringMatching(new RegExp(`^log/certificates/${place} \\([\\w-]{43}\\): reserved on no day since `))

    test('finds a row that was written over, even if the writer took it for a new one', async () => {
      const world = await aLoggedWorld()
      const written = (commits: Commit<never>[]) =>
        commits.map((commit) =>
          commit.number > 0 ? commit : { ...commit, events: [{ type: 'reserved', hash: 'A'.repeat(43) } as never] },
        )
      const isOfCertificate = (stream: StreamId) => stream.includes('/certificate/')
      const store: CommitStore = {
        ...indexed(world, written),
        ...tampered(world, (commits, stream) => (isOfCertificate(stream) ? written(commits) : commits)),
        list: indexed(world, written).list,
      }
      await runLogs({ ...world, store }, after(MINUTE))
      expect(await differencesOf({ store, now: after(60 * MINUTE) })).toEqual([reservedNowhere(0), reservedNowhere(1)])
    })

    test('finds a deleted row among rows that still exist', async () => {
      const world = await aLoggedWorld()
      await world.issue({ certificateNumber: 'B-2' }, { key: 'key-2', deps: { now: after(SECOND) } })
      await runLogs(world, after(MINUTE))
      const store = indexed(world, (commits) => commits.filter(({ recordedAt }) => recordedAt === noon.toISOString()))
      expect(await differencesOf({ store, now: after(60 * MINUTE) })).toEqual([reservedNowhere(2), reservedNowhere(3)])
      // A row that an index does not show everywhere yet is no difference.
      expect(await differencesOf({ store, now: after(5 * MINUTE) })).toEqual([])
    })

    test('does not report an entry that was logged long after it was reserved', async () => {
      const world = await aWorld({ isBaselineListed: false })
      await world.issue()
      await runLogs(world, after(12 * 24 * 60 * MINUTE))
      expect(await differencesOf({ store: world.store, now: after((12 * 24 + 1) * 60 * MINUTE) })).toEqual([])
    })
  })
})

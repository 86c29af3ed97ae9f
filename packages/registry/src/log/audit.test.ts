import { describe, expect, test } from 'vitest'
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
import { type Commit, type CommitReader, type CommitStore, type IndexKey, readingOf, type StreamId } from '../stream.ts'
import { auditStreams } from './audit.ts'
import { logNames } from './logs.ts'
import { sequenceLog } from './sequence.ts'

async function aLoggedWorld(): Promise<World> {
  const world = await aWorld()
  await world.issue()
  await runLogs(world)
  return world
}

async function runLogs(
  { store, keys, baseUrl }: Pick<World, 'keys' | 'baseUrl'> & { store: CommitStore },
  now = noon,
): Promise<void> {
  for (const log of logNames) await sequenceLog(log, { store, signer: keys, keys, baseUrl, now, seen: new Set() })
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
const ofBody = (stream: StreamId) => stream === `${BODY}/trust`

describe('F22, R013: the hourly audit of the streams', () => {
  test('finds nothing if nothing was changed', async () => {
    const world = await aLoggedWorld()
    expect(await auditStreams({ store: world.store, now: after(60 * MINUTE) })).toEqual([])
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
    ['a commit that was taken out', (all) => all.slice(0, -1), '3: gone'],
    ['a commit that was put in', (all) => [...all, { ...(all[0] as Commit<never>), number: 4 }], '4: in no log'],
  ])('finds %s, and answers where it is', async (_, change, given) => {
    const world = await aLoggedWorld()
    const store = tampered(world, (commits, stream) => (ofBody(stream) ? change(commits) : commits))
    expect(await auditStreams({ store, now: after(60 * MINUTE) })).toEqual([`${BODY}/trust/${given}`])
  })

  test('finds a commit that the writer of the logs missed, once it is late', async () => {
    const world = await aLoggedWorld()
    await registerAuthority({ id: 'new', identity: identity(), actor: 'a' }, { store: world.store, now: after(SECOND) })
    await world.issue({ certificateNumber: 'B-2' }, { key: 'key-2', deps: { now: after(SECOND) } })
    expect(await auditStreams({ store: world.store, now: after(MINUTE) })).toEqual([])
    expect(await auditStreams({ store: world.store, now: after(20 * MINUTE) })).toEqual([
      'new/trust/0: in no log',
      expect.stringMatching(new RegExp(`^${BODY}/certificate/.*/0: in no log$`)),
    ])
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
      expect(await auditStreams({ store, now: after(60 * MINUTE) })).toEqual(['log/certificates/0: reserved nowhere'])
    })

    test('finds a deleted row among rows that still exist', async () => {
      const world = await aLoggedWorld()
      await world.issue({ certificateNumber: 'B-2' }, { key: 'key-2', deps: { now: after(SECOND) } })
      await runLogs(world, after(MINUTE))
      const store = indexed(world, (commits) => commits.filter(({ recordedAt }) => recordedAt === noon.toISOString()))
      expect(await auditStreams({ store, now: after(60 * MINUTE) })).toEqual(['log/certificates/1: reserved nowhere'])
      // A row that an index does not show everywhere yet is no difference.
      expect(await auditStreams({ store, now: after(5 * MINUTE) })).toEqual([])
    })

    test('does not report an entry that was logged long after it was reserved', async () => {
      const world = await aWorld()
      await world.issue()
      await runLogs(world, after(12 * 24 * 60 * MINUTE))
      expect(await auditStreams({ store: world.store, now: after((12 * 24 + 1) * 60 * MINUTE) })).toEqual([])
    })
  })
})

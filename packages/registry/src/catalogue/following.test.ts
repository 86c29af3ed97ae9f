import { expect, test } from 'vitest'
import { MemoryStore } from '../../../../test/support/memory-store.ts'
import { historyOf } from '../../../../test/support/stated-qualifications.ts'
import { nextCommit, type Part, type StreamId, streams } from '../stream.ts'
import { cachedCatalogue } from './following.ts'
import { type PackedEvent, packRecord } from './packed.ts'

const ID = 'demo-body.cookery'

/** A store in which a body stated cookery so many times, and which counts the commits that were read. */
async function aStore(statements: number, local = 'cookery', store = new MemoryStore()) {
  const stated = Array.from({ length: statements }, (_, day) => ({
    statement: { title: `Cookery ${day}` },
    recordedAt: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
  }))
  const { commits } = historyOf(local, ...stated)
  for (const commit of commits) await store.append(commit)
  const its = { now: Date.UTC(2027, 0, 1), reads: 0, commits: 0 }
  const reader = {
    async read<E>(stream: StreamId, part?: Part) {
      const read = await store.read<E>(stream, part)
      its.reads += 1
      its.commits += read.length
      return read
    },
    latest: store.latest.bind(store),
  }
  return { store, its, reader, commits, catalogue: cachedCatalogue(reader, () => its.now) }
}
const pack = (store: MemoryStore, bytes: Uint8Array) =>
  store.append(
    nextCommit<PackedEvent>(streams.packedRecord(ID), [], {
      events: [{ type: 'packed', bytes }],
      actor: 'system:log',
      now: new Date('2026-06-01'),
    }),
  )

test('known qualifications are read again after ten seconds, and unknown ones each time', async () => {
  const { its, catalogue } = await aStore(0)
  await catalogue('ph-masonry-nc2')
  its.now += 9_999
  await catalogue('ph-masonry-nc2')
  // The record, and the framework that it names.
  expect(its.reads).toBe(2)
  its.now += 1
  await catalogue('ph-masonry-nc2')
  expect(its.reads).toBe(4)
  await catalogue(ID)
  await catalogue(ID)
  expect(its.reads).toBe(6)
})

test('what is known is the beginning of the next read, and a statement that follows counts after ten seconds', async () => {
  const { its, store, commits, catalogue } = await aStore(5)
  const first = await catalogue(ID)
  expect([its.commits, first.commits.length]).toEqual([5, 5])
  its.now += 10_000
  expect(await catalogue(ID)).toBe(first)
  expect(its.commits).toBe(5)
  const [last] = historyOf('cookery', {}).commits
  await store.append({
    ...nextCommit(commits[0]?.stream as StreamId, commits, { ...last, now: new Date(its.now) } as never),
  })
  its.now += 10_000
  expect((await catalogue(ID)).commits).toHaveLength(6)
  expect(its.commits).toBe(6)
})

test('a packed record saves the reads of its statements, and never hides those behind it', async () => {
  const { its, store, commits, catalogue } = await aStore(5)
  await pack(store, packRecord({ commits: commits.slice(0, 3), frameworks: [] }))
  expect((await catalogue(ID)).commits).toEqual(commits)
  expect(its.commits).toBe(2)
})

test('a packed record that cannot be read is left out', async () => {
  const { store, commits, catalogue } = await aStore(5)
  await pack(store, new Uint8Array([1, 2, 3]))
  expect((await catalogue(ID)).commits).toEqual(commits)
})

test('a stream with a gap behind the packed record is an error', async () => {
  const { store, commits, catalogue } = await aStore(2)
  await pack(store, packRecord({ commits: commits.slice(0, 1), frameworks: [] }))
  const [, second] = commits
  await store.append({ ...second, number: 3 } as never)
  await expect(catalogue(ID)).rejects.toMatchObject({ code: 'internal' })
})

test('a process remembers so many qualifications and so many bytes of statements, and forgets what it read longest ago', async () => {
  const { store, its, reader } = await aStore(1, 'cookery-0')
  for (let n = 1; n < 6; n++) await aStore(1, `cookery-${n}`, store)
  const readsOf = async (memory: { most: number; mostBytes: number }, ids: readonly number[]) => {
    const catalogue = cachedCatalogue(reader, () => its.now, memory)
    its.reads = 0
    for (const id of ids) await catalogue(`demo-body.cookery-${id}`)
    return its.reads
  }
  const all = [0, 1, 2, 3, 4, 5]
  expect(await readsOf({ most: 6, mostBytes: 1e6 }, [...all, ...all])).toBe(6)
  expect(await readsOf({ most: 3, mostBytes: 1e6 }, [...all, 5, 4, 3])).toBe(6)
  expect(await readsOf({ most: 3, mostBytes: 1e6 }, [...all, 2])).toBe(7)
  const each = JSON.stringify(historyOf('cookery-0', {}).commits[0]?.events).length + 20
  expect(await readsOf({ most: 6, mostBytes: 3 * each }, [...all, 5, 4, 3])).toBe(6)
  expect(await readsOf({ most: 6, mostBytes: 3 * each }, [...all, 0])).toBe(7)
  // A record that is larger than the whole memory is answered, and not kept.
  expect(await readsOf({ most: 6, mostBytes: 10 }, [0, 0])).toBe(2)
})

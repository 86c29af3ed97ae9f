import { expect, test } from 'vitest'
import { aBatchWorld, rowsOf } from '../../../../test/support/batch-world.ts'
import { BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { rememberedEach } from '../remembered.ts'
import { type CommitStore, readingOf } from '../stream.ts'
import type { Fate } from './batch-deps.ts'
import { amendAnswers, cancelBatch, closeBatch, countsOf, pieceMemory, previewBatch } from './index.ts'

/** Work in proportion to what is new: what was counted or judged before is not read again. */

/** A store that notes which streams are read, and how many commits come back. */
function noting(store: CommitStore) {
  const read: string[] = []
  let commits = 0
  const noted: CommitStore = {
    ...readingOf(store),
    append: (commit) => store.append(commit),
    async read(stream, part) {
      read.push(stream)
      const found = await store.read<never>(stream, part)
      commits += found.length
      return found
    },
  }
  const since = () => {
    const seen = { streams: read.splice(0), commits }
    commits = 0
    return seen
  }
  return { store: noted, since }
}

test('I21: counting again reads no settled piece, and of a running one only what is new', async () => {
  const here = await aBatchWorld()
  const { id } = await here.approve(rowsOf(60))
  const { store, since } = noting(here.world.store)
  const deps = { store, pieces: pieceMemory() }
  const request = { issuer: BODY, subject: OFFICER, id }
  const ofRows = ({ streams, commits }: ReturnType<typeof since>) => [
    streams.filter((stream) => stream.includes('/rows/')).length,
    commits,
  ]
  expect(await countsOf(request, deps)).toMatchObject({ pending: 60 })
  since()
  await here.deliver({ most: 1 })
  expect(await countsOf(request, deps)).toEqual(await here.counts(id))
  const first = since()
  expect(await countsOf(request, deps)).toMatchObject({ issued: 50, pending: 10 })
  const second = since()
  // The two commits of the range that was done are read once.
  expect(Number(ofRows(first)[1]) - Number(ofRows(second)[1])).toBe(2)
  await cancelBatch(request, here.deps)
  expect(await countsOf(request, deps)).toEqual({ submitted: 60, issued: 50, rejected: 10, pending: 0 })
  since()
  expect(await countsOf(request, deps)).toMatchObject({ issued: 50, rejected: 10 })
  expect(ofRows(since())[0]).toBe(0)
})

test('I60: a preview again judges only rows that are new or changed, for a minute; closing judges every row', async () => {
  const here = await aBatchWorld()
  const { id } = await here.submit(rowsOf(30))
  const { store, since } = noting(here.world.store)
  const numbers = () => since().streams.filter((stream) => stream.includes('/number/')).length
  const fates = rememberedEach<Fate>(() => here.clock.now.getTime(), { ms: MINUTE, most: 1_000 })
  const deps = { ...here.deps, now: here.clock.now, store, fates }
  const request = { issuer: BODY, subject: OFFICER, id }
  await previewBatch(request, deps)
  expect(numbers()).toBe(60)
  const again = await previewBatch(request, deps)
  expect([again.rows.filter(({ input }) => input).length, numbers()]).toEqual([30, 0])
  const cells = [{ line: 4, field: 'number' as const, text: 'TP-99999' }]
  await amendAnswers({ ...request, change: () => ({ cells }) }, deps)
  numbers()
  await previewBatch(request, deps)
  expect(numbers()).toBeLessThanOrEqual(2)
  here.clock.now = new Date(here.clock.now.getTime() + 2 * MINUTE)
  await previewBatch(request, deps)
  expect(numbers()).toBeGreaterThan(50)
  await closeBatch(request, deps)
  expect(numbers()).toBeGreaterThan(50)
})

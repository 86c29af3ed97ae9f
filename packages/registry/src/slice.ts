import { INDEX_LAG_MS, LAST_READ_MS, MACHINES_DIFFER_MS, MINUTE_MS, REQUEST_MS } from './clocks.ts'
import { type Commit, type CommitReader, type IndexKey, pagesOf } from './stream.ts'

const PAGE = 200

/**
 * How a reader follows an index for good: each commit is read at these ages, in case the index shows it late, usually once more within
 * minutes, and for the last time after three hours. One of the ages is a little below `LOG_LAG_MS`.
 */
export const FOLLOWING = {
  ages: [0, 2 * MINUTE_MS, 8 * MINUTE_MS, INDEX_LAG_MS, LAST_READ_MS],
  most: 5_000,
  overlap: REQUEST_MS,
  ahead: MACHINES_DIFFER_MS,
} satisfies Partial<Question>

interface Question {
  /** The indexes that may hold commits from one moment to another. */
  indexes: (since: Date, until: Date) => readonly IndexKey[]
  /** Everything recorded before it was read by earlier slices. */
  from: Date
  until: Date
  /**
   * Ages, in milliseconds, at which each commit is read. An index may show a commit late, so 0 alone would lose some. With every age, a
   * commit costs the same however often the reader runs.
   */
  ages: readonly number[]
  /** Commits of one age in one slice. */
  most: number
  /** At age 0, commits are read from so many milliseconds before `from`. A request writes a little later than the moment that it states. */
  overlap?: number
  /** At age 0, commits are read until so many milliseconds after `until`, in case their clock is ahead. They are read again later. */
  ahead?: number
}

export interface Slice<E> {
  /** Each once, in the order of recording. */
  commits: Commit<E>[]
  /** Where the next slice starts. */
  to: Date
  /** True if it reaches `until`. */
  isWhole: boolean
}

/**
 * Reads what indexes show since the last slice. If there is too much, the slice ends earlier and holds all of that shorter time, so its
 * reader can record `to` and continue from there after a crash. Every slice but the last is longer than nothing.
 */
export async function readSlice<E>(
  store: CommitReader,
  { indexes, from, until, ages, most, overlap = 0, ahead = 0 }: Question,
): Promise<Slice<E>> {
  const found: { due: number; commit: Commit<E> }[] = []
  let end = until.getTime()
  let isWhole = true
  for (const age of ages) {
    const since = new Date(from.getTime() - (age === 0 ? overlap : age))
    const upTo = () => new Date(end - age + (isWhole && age === 0 ? ahead : 0))
    for (const index of indexes(since, upTo())) {
      let count = 0
      const to = upTo()
      const window = { since: since.toISOString(), until: to.toISOString() }
      for await (const commits of pagesOf<E>(store, index, { limit: PAGE, newestFirst: false, ...window })) {
        for (const commit of commits) found.push({ due: Date.parse(commit.recordedAt) + age, commit })
        count += commits.length
        const last = found.at(-1)?.due ?? 0
        // A page that is all of one moment cannot end a slice: the next slice would begin where this one did.
        if (count < most || last <= from.getTime() || last >= end) continue
        end = last
        isWhole = false
        break
      }
    }
  }
  const kept = new Map<string, Commit<E>>()
  for (const { due, commit } of found) if (isWhole || due <= end) kept.set(`${commit.stream}/${commit.number}`, commit)
  const commits = [...kept.values()].sort((one, other) =>
    one.recordedAt < other.recordedAt ? -1 : one.recordedAt > other.recordedAt ? 1 : 0,
  )
  return { commits, to: new Date(end), isWhole }
}

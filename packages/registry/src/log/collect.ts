import { HOUR_MS, INDEX_LAG_MS } from '../clocks.ts'
import { type Commit, type CommitReader, pagesOf, readOnce, type StreamId, streams } from '../stream.ts'
import { isIncomplete } from './audit-index.ts'
import { type LogName, logs } from './logs.ts'

/** Each run looks back as far as indexes and clocks lag, and once an hour this far. An operator finds later commits with `since`. */
const DEEP_OVERLAP_MS = 3 * HOUR_MS
/** New entries in one run. The next run continues. */
const MOST = 5_000
const PAGE = 200
/** Keys held in memory. When there are more, the memory is emptied. */
const REMEMBERED = 100_000

interface CollectDeps {
  store: CommitReader
  now: Date
  seen: Set<string>
  since?: string
}

/**
 * Finds entries that the indexes hold and the log does not, each once, in the order of recording as far as one run sees it. An index
 * only says where to look. A commit that is not in its stream enters no log, because nothing can be removed from a log.
 */
export async function collectNew(
  log: LogName,
  readTo: string | undefined,
  staged: readonly string[],
  { store, now, seen, since: asked }: CollectDeps,
): Promise<{ entries: string[]; readTo: string }> {
  const kind = logs[log]
  const logOf = (commit: Commit<unknown> | undefined) => commit && kind.logged(commit)?.entry
  const since = asked ?? (readTo === undefined ? kind.begin(now) : lookBack(readTo, now))
  const taken = new Set(staged.map(kind.keyOf))
  const found: { at: string; entry: string }[] = []
  let isWhole = true
  for (const index of kind.sources(since, now)) {
    for await (const commits of pagesOf(store, index, { limit: PAGE, newestFirst: false, since })) {
      const candidates = commits.flatMap((commit) => {
        const logged = kind.logged(commit)
        if (logged === undefined || taken.has(logged.key) || seen.has(`${log} ${logged.key}`)) return []
        return [{ ...logged, commit }]
      })
      const known = await Promise.all(candidates.map(({ key }) => store.latest(streams.logLeaf(log, key))))
      const fresh = candidates.filter(({ key }, place) => {
        if (known[place] === undefined) return true
        remember(seen, `${log} ${key}`)
        return false
      })
      const read = readingOnce(store)
      const isHeld = await Promise.all(
        fresh.map(async ({ entry, commit }) => {
          const commits = await read(commit.stream)
          return commits === 'incomplete' || logOf(commits[commit.number]) === entry
        }),
      )
      for (const [place, { key, entry, commit }] of fresh.entries()) {
        if (!isHeld[place] || taken.has(key)) continue
        taken.add(key)
        found.push({ at: commit.recordedAt, entry })
      }
      isWhole = found.length < MOST
      if (!isWhole) break
    }
    if (!isWhole) break
  }
  found.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
  // If this run did not read to the end, the next run starts from the same moment.
  return { entries: found.map(({ entry }) => entry), readTo: isWhole ? now.toISOString() : (readTo ?? since) }
}

/**
 * Reads each stream once for a page. Only tampering or a bad restore can make a gap in a stream. Such a stream must not stop the log
 * for everybody, so the index decides for it, and the hourly audit names the stream.
 */
function readingOnce(store: CommitReader): (stream: StreamId) => Promise<Commit<unknown>[] | 'incomplete'> {
  const reader = readOnce(store)
  return (stream) =>
    reader.read<unknown>(stream).catch((error: unknown) => {
      if (isIncomplete(error)) return 'incomplete' as const
      throw error
    })
}

/** Once an hour a run looks further back, and signs even if nothing happened. The new checkpoint states that nothing did. */
export const isNewHour = (readTo: string, now: Date): boolean =>
  Math.floor(Date.parse(readTo) / HOUR_MS) < Math.floor(now.getTime() / HOUR_MS)

function lookBack(readTo: string, now: Date): string {
  return new Date(Date.parse(readTo) - (isNewHour(readTo, now) ? DEEP_OVERLAP_MS : INDEX_LAG_MS)).toISOString()
}

function remember(seen: Set<string>, key: string): void {
  if (seen.size >= REMEMBERED) seen.clear()
  seen.add(key)
}

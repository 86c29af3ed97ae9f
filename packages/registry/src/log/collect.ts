import { HOUR_MS, INDEX_LAG_MS, MACHINES_DIFFER_MS, MINUTE_MS } from '../clocks.ts'
import { readSlice } from '../slice.ts'
import { type Commit, type CommitReader, readOnce, type StreamId, streams } from '../stream.ts'
import { isIncomplete } from './audit-index.ts'
import { type LogName, logs } from './logs.ts'

/** A request lasts half a minute at most, and states the moment at which it began. */
const REQUEST_MS = 30_000
/**
 * Each commit is read at these ages, in case an index shows it late: usually once more within minutes, and for the last time after three
 * hours. An operator finds later commits with `since`. One of the ages is a little below `LOG_LAG_MS`.
 */
const AGES = [0, 2 * MINUTE_MS, 8 * MINUTE_MS, INDEX_LAG_MS, 3 * HOUR_MS]
/** The usual number of commits of one age in one slice. */
const MOST = 5_000
const AT_ONCE = 200
/** Keys held in memory. When there are more, the memory is emptied. */
const REMEMBERED = 100_000

interface CollectDeps {
  store: CommitReader
  now: Date
  seen: Set<string>
  since?: string
  /** Commits of one age in one slice. */
  most?: number
}

interface Collected {
  entries: string[]
  /** The texts of which entries are the hashes, for a log whose entries are hashes of files. */
  records: string[]
  /** Where the next slice starts. */
  readTo: string
  /** False if there is more to read before `now`. */
  isWhole: boolean
}

/**
 * Finds entries that the indexes hold and the log does not, each once, in the order of recording. If there are many, only those of the
 * first part of the time, so that this part can be recorded before the next is read. An index only says where to look. A commit that
 * is not in its stream enters no log, because nothing can be removed from a log.
 */
export async function collectNew(
  log: LogName,
  readTo: string | undefined,
  staged: readonly string[],
  { store, now, seen, since: asked, most = MOST }: CollectDeps,
): Promise<Collected> {
  const kind = logs[log]
  const logOf = (commit: Commit<unknown> | undefined) => commit && kind.logged(commit)?.entry
  const isContinued = asked === undefined && readTo !== undefined
  const from = asked ?? readTo
  const slice = await readSlice(store, {
    indexes: kind.sources,
    from: from === undefined ? kind.begin(now) : new Date(from),
    until: now,
    ages: isContinued ? AGES : [0],
    most,
    overlap: isContinued ? REQUEST_MS : 0,
    ahead: MACHINES_DIFFER_MS,
  })
  const taken = new Set(staged.map(kind.keyOf))
  const entries: string[] = []
  const records: string[] = []
  for (let start = 0; start < slice.commits.length; start += AT_ONCE) {
    const candidates = slice.commits.slice(start, start + AT_ONCE).flatMap((commit) => {
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
    for (const [place, { key, entry, record }] of fresh.entries()) {
      if (!isHeld[place] || taken.has(key)) continue
      taken.add(key)
      entries.push(entry)
      if (record !== undefined) records.push(record)
    }
  }
  return { entries, records, readTo: slice.to.toISOString(), isWhole: slice.isWhole }
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

/** Once an hour a run signs even if nothing happened. The new checkpoint states that nothing did. */
export const isNewHour = (readTo: string, now: Date): boolean =>
  Math.floor(Date.parse(readTo) / HOUR_MS) < Math.floor(now.getTime() / HOUR_MS)

function remember(seen: Set<string>, key: string): void {
  if (seen.size >= REMEMBERED) seen.clear()
  seen.add(key)
}

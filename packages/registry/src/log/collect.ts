import { type CertificateEvent, wasReleased } from '../certificates/record.ts'
import { HOUR_MS } from '../clocks.ts'
import { FOLLOWING, readSlice } from '../slice.ts'
import { type Commit, type CommitReader, readOnce, streams } from '../stream.ts'
import { readWhole } from './audit-index.ts'
import type { LeafEvent } from './grow.ts'
import { type LogName, logs } from './logs.ts'

/** As many requests as the SDK sends at once. Others would only wait, and their time would run. */
const AT_ONCE = 50
/** Keys held in memory. When there are more, the memory is emptied. */
const REMEMBERED = 200_000

interface CollectDeps {
  store: CommitReader
  now: Date
  seen: Set<string>
  /** Certificates whose hash stands before this place have no second entry. */
  releasedFrom: number
  since?: string
  /** Commits of one age in one slice. */
  most?: number
}

interface Collected {
  entries: string[]
  /** The texts of which entries are the hashes, for a log whose entries are hashes of files. */
  records: string[]
  /** What the slice read, new or not. */
  read: readonly Commit<unknown>[]
  /** Where the next slice starts. */
  readTo: string
  /** False if there is more to read before `now`. */
  isWhole: boolean
}

/**
 * Finds entries that the indexes hold and the log does not, each once, in the order of recording. If there are many, only those of the
 * first part of the time, so that this part can be recorded before the next is read. An index only says where to look. A commit that
 * is not in its stream enters no log, because nothing can be removed from a log. No index lists by day which certificates were released,
 * so a reservation's stream is read at each age until it has both entries.
 */
export async function collectNew(
  log: LogName,
  readTo: string | undefined,
  staged: readonly string[],
  { store, now, seen, releasedFrom, since: asked, most = FOLLOWING.most }: CollectDeps,
): Promise<Collected> {
  const kind = logs[log]
  const logOf = (commit: Commit<unknown> | undefined) => commit && kind.logged(commit)?.entry
  const isContinued = asked === undefined && readTo !== undefined
  const from = asked ?? readTo
  const slice = await readSlice(store, {
    indexes: kind.sources,
    from: from === undefined ? kind.begin(now) : new Date(from),
    until: now,
    // An operator finds commits that are later than every age with `since`.
    ...FOLLOWING,
    ...(!isContinued && { ages: [0], overlap: 0 }),
    most,
  })
  const taken = new Set(staged.map(kind.keyOf))
  const entries: string[] = []
  const records: string[] = []
  const leafOf = (key: string) => store.latest<LeafEvent>(streams.logLeaf(log, key))
  /** Which entry of a row is the first without a place. The second stands behind the first, so its place shows that none is missing. */
  const missingOf = async ({ key, last }: { key: string; last: string }): Promise<'first' | 'second' | undefined> => {
    if ((await leafOf(last)) !== undefined) return undefined
    if (taken.has(key)) return 'second'
    const leaf = last === key ? undefined : await leafOf(key)
    if (leaf === undefined) return 'first'
    return (leaf.events[0]?.index ?? 0) < releasedFrom ? undefined : 'second'
  }
  const take = (key: string, entry: string): boolean => {
    if (taken.has(key)) return false
    taken.add(key)
    entries.push(entry)
    return true
  }
  for (let start = 0; start < slice.commits.length; start += AT_ONCE) {
    const candidates = slice.commits.slice(start, start + AT_ONCE).flatMap((commit) => {
      const logged = kind.logged(commit)
      if (logged === undefined) return []
      const last = kind.released?.(logged.entry) ?? logged.key
      return taken.has(last) || seen.has(`${log} ${last}`) ? [] : [{ ...logged, last, commit }]
    })
    const missing = await Promise.all(candidates.map(missingOf))
    const open = candidates.flatMap((candidate, place) => {
      if (missing[place] !== undefined) return [{ ...candidate, isNew: missing[place] === 'first' }]
      remember(seen, log, candidate.last)
      return []
    })
    const once = readOnce(store)
    const held = await Promise.all(open.map(({ commit }) => readWhole<unknown>(commit.stream, once)))
    for (const [place, { key, entry, record, last, commit, isNew }] of open.entries()) {
      const commits = held[place]
      // A stream with a gap must not stop the log for everybody, so the index decides for it, and the hourly audit names the stream.
      if (commits && logOf(commits[commit.number]) !== entry) continue
      if (isNew && take(key, entry) && record !== undefined) records.push(record)
      if (last !== key && commits && wasReleased(commits as Commit<CertificateEvent>[])) take(last, last)
    }
  }
  return { entries, records, read: slice.commits, readTo: slice.to.toISOString(), isWhole: slice.isWhole }
}

/** Once an hour a run signs even if nothing happened. The new checkpoint states that nothing did. */
export const isNewHour = (readTo: string, now: Date): boolean =>
  Math.floor(Date.parse(readTo) / HOUR_MS) < Math.floor(now.getTime() / HOUR_MS)

export function remember(seen: Set<string>, log: LogName, key: string): void {
  if (seen.size >= REMEMBERED) seen.clear()
  seen.add(`${log} ${key}`)
}

import { TILE_WIDTH } from '@sijil/tlog'
import { type CertificateEvent, wasReleased } from '../certificates/record.ts'
import { DAY_MS, LAST_READ_MS, LOG_LAG_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type Commit, type CommitReader, type IndexKey, pagesOf, type StreamId, streams } from '../stream.ts'
import type { LeafEvent } from './grow.ts'
import { decidedOn, type LogName, logs, pendingOn } from './logs.ts'
import { latestCheckpoint, readEntries } from './read-log.ts'
import { releasedFromNote } from './released.ts'

export interface AuditDeps {
  store: CommitReader
  now: Date
}

const PAGE = 100

export const isYoung = ({ recordedAt }: Commit<unknown>, now: Date) =>
  now.getTime() - Date.parse(recordedAt) < LOG_LAG_MS

/** True if the stored commits themselves are incomplete. A store that does not answer is an outage, not a difference. */
export const isIncomplete = (error: unknown): boolean => error instanceof RegistryError && error.code === 'internal'

/** The commits of a stream. `undefined` if some are missing. Only tampering or a bad restore can make such a gap. */
export const readWhole = <E>(stream: StreamId, store: CommitReader): Promise<Commit<E>[] | undefined> =>
  store.read<E>(stream).catch((error: unknown) => {
    if (isIncomplete(error)) return undefined
    throw error
  })

/** Names the commits of one index that their log does not hold, word for word, at the recorded place. */
export async function auditIndex(
  log: LogName,
  index: IndexKey,
  { store, now, since, until }: AuditDeps & { since?: string; until?: string },
): Promise<string[]> {
  const look = lookingInto(log, { store, now })
  const differences: string[] = []
  try {
    const period = { ...(since && { since }), ...(until && { until }) }
    for await (const commits of pagesOf(store, index, { limit: PAGE, newestFirst: false, ...period })) {
      const due = commits.filter((commit) => !isYoung(commit, now))
      const found = await Promise.all(due.map(look))
      due.forEach(({ stream, number }, place) => {
        if (found[place] !== undefined) differences.push(`${stream}/${number}: ${found[place]}`)
      })
    }
  } catch (error) {
    // The index shows a row at a place that differs from the row's own content.
    if (!isIncomplete(error)) throw error
    differences.push(`${index}: not complete`)
  }
  return differences
}

/** The same for everything that the log of certificates has of one day. */
export async function auditDay(day: number, deps: AuditDeps): Promise<string[]> {
  const at = day * DAY_MS
  const indexes = [pendingOn(at), decidedOn(at)]
  return (await Promise.all(indexes.map((index) => auditIndex('certificates', index, deps)))).flat()
}

/** Answers what is wrong with a commit. Keeps the tiles that it read, because rows that are compared together are close together in their log. */
export function lookingInto(log: LogName, { store, now }: AuditDeps) {
  const kind = logs[log]
  const tiles = new Map<number, Promise<string[]>>()
  const tileAt = (tile: number) => {
    const read = tiles.get(tile) ?? readEntries(log, tile, store).then(({ entries }) => entries)
    tiles.set(tile, read)
    return read
  }
  const placeOf = async (key: string, entry: string): Promise<number | 'in no log' | 'changed'> => {
    const leaf = await store.latest<LeafEvent>(streams.logLeaf(log, key))
    const [event] = leaf?.events ?? []
    if (event === undefined) return 'in no log'
    const entries = await tileAt(Math.floor(event.index / TILE_WIDTH))
    return entries[event.index % TILE_WIDTH] === entry ? event.index : 'changed'
  }
  let begin: Promise<number> | undefined
  const releaseFault = async ({ stream }: Commit<unknown>, entry: string, place: number) => {
    begin ??= latestCheckpoint(log, store).then(
      (last) => (last && releasedFromNote(last.note)) ?? Number.POSITIVE_INFINITY,
    )
    if (place < (await begin) || typeof (await placeOf(entry, entry)) === 'number') return undefined
    // Only abandoned reservations come so far, and what this looks for.
    const commits = await readWhole<CertificateEvent>(stream, store)
    if (commits === undefined) return 'not complete'
    return wasReleased(commits) ? 'its release is in no log' : undefined
  }
  return async (commit: Commit<unknown>): Promise<string | undefined> => {
    const logged = kind.logged(commit)
    // No other kind of commit is written into these indexes.
    if (logged === undefined) return 'changed'
    const place = await placeOf(logged.key, logged.entry)
    if (typeof place === 'string') return place
    const second = kind.released?.(logged.entry)
    const isDue = now.getTime() - Date.parse(commit.recordedAt) >= LAST_READ_MS + LOG_LAG_MS
    return second !== undefined && isDue ? releaseFault(commit, second, place) : undefined
  }
}

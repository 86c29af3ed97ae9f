import { TILE_WIDTH } from '@sijil/tlog'
import { LOG_LAG_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type Commit, type CommitReader, type IndexKey, pagesOf, streams } from '../stream.ts'
import type { LeafEvent } from './grow.ts'
import { type LogName, logs } from './logs.ts'
import { readEntries } from './read-log.ts'

export interface AuditDeps {
  store: CommitReader
  now: Date
}

const PAGE = 100

export const isYoung = ({ recordedAt }: Commit<unknown>, now: Date) =>
  now.getTime() - Date.parse(recordedAt) < LOG_LAG_MS

/** True if the stored commits themselves are incomplete. A store that does not answer is an outage, not a difference. */
export const isIncomplete = (error: unknown): boolean => error instanceof RegistryError && error.code === 'internal'

/** Names the commits of one index that their log does not hold, word for word, at the recorded place. */
export async function auditIndex(
  log: LogName,
  index: IndexKey,
  { store, now, since, until }: AuditDeps & { since?: string; until?: string },
): Promise<string[]> {
  const look = lookingInto(log, store)
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

/** Answers what is wrong with a commit. Keeps the tiles that it read, because rows that are compared together are close together in their log. */
export function lookingInto(log: LogName, store: CommitReader) {
  const tiles = new Map<number, Promise<string[]>>()
  const tileAt = (tile: number) => {
    const read = tiles.get(tile) ?? readEntries(log, tile, store).then(({ entries }) => entries)
    tiles.set(tile, read)
    return read
  }
  return async (commit: Commit<unknown>): Promise<string | undefined> => {
    const logged = logs[log].logged(commit)
    // No other kind of commit is written into these indexes.
    if (logged === undefined) return 'changed'
    const leaf = await store.latest<LeafEvent>(streams.logLeaf(log, logged.key))
    const [event] = leaf?.events ?? []
    if (event === undefined) return 'in no log'
    const entries = await tileAt(Math.floor(event.index / TILE_WIDTH))
    return entries[event.index % TILE_WIDTH] === logged.entry ? undefined : 'changed'
  }
}

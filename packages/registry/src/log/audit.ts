import { TILE_WIDTH } from '@sijil/tlog'
import { DAY_MS } from '../clocks.ts'
import type { CommitReader, StreamId } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { type AuditDeps, auditIndex, isIncomplete, isYoung } from './audit-index.ts'
import { auditLogged } from './audit-logged.ts'
import { auditPast } from './audit-past.ts'
import { type LogName, logNames, logs, type PublicEntry, publicEntry } from './logs.ts'
import { latestCheckpoint, readEntries } from './read-log.ts'

/**
 * Compares the stored streams with the logs (F22, R013):
 * - Every decision equals its log entry, and none is missing on either side.
 * - Every reservation is in the log of certificates. Those since yesterday are compared each hour, older ones once a week.
 * - Every entry that this log took in since yesterday has a reservation.
 * Answers the differences by names of streams, without contents.
 */
export async function auditStreams(deps: AuditDeps): Promise<string[]> {
  const logged = await readLogged(deps.store)
  const differences: string[] = []
  for (const [stream, entries] of logged) differences.push(...(await compareStream(stream, entries, deps)))
  for (const log of logNames) differences.push(...(await auditRecent(log, deps)))
  differences.push(...(await auditLogged(deps)), ...(await auditPast(deps)))
  return [...new Set(differences)]
}

/** The entries of the registry's log, by stream and number. */
async function readLogged(store: CommitReader): Promise<Map<StreamId, Map<number, string>>> {
  const size = (await latestCheckpoint('registry', store))?.size ?? 0
  const logged = new Map<StreamId, Map<number, string>>()
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const { entries } = await readEntries('registry', index, store)
    for (const entry of entries.slice(0, size - index * TILE_WIDTH)) {
      const { stream, number } = JSON.parse(entry) as PublicEntry
      const own = logged.get(stream as StreamId) ?? new Map<number, string>()
      logged.set(stream as StreamId, own.set(number, entry))
    }
  }
  return logged
}

async function compareStream(
  stream: StreamId,
  entries: ReadonlyMap<number, string>,
  { store, now }: AuditDeps,
): Promise<string[]> {
  const commits = await store.read<TrustEvent>(stream).catch((error: unknown) => {
    // The stream has a gap.
    if (isIncomplete(error)) return undefined
    throw error
  })
  if (commits === undefined) return [`${stream}: not complete`]
  const gone = [...entries.keys()]
    .filter((number) => number >= commits.length)
    .map((number) => `${stream}/${number}: gone`)
  const others = commits.flatMap((commit) => {
    const entry = entries.get(commit.number)
    if (entry === undefined) return isYoung(commit, now) ? [] : [`${stream}/${commit.number}: in no log`]
    return entry === publicEntry(commit) ? [] : [`${stream}/${commit.number}: changed`]
  })
  return [...gone, ...others]
}

/** Compares every index of the log, as far back as the hourly comparison goes. */
async function auditRecent(log: LogName, { store, now }: AuditDeps): Promise<string[]> {
  const kind = logs[log]
  const since = log === 'certificates' ? new Date(now.getTime() - DAY_MS) : kind.begin(now)
  const differences: string[] = []
  for (const index of kind.sources(since, now))
    differences.push(...(await auditIndex(log, index, { store, now, since: since.toISOString() })))
  return differences
}

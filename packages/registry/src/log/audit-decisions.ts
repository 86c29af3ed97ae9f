import { TILE_WIDTH } from '@sijil/tlog'
import type { StreamId } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { type AuditDeps, isIncomplete, isYoung, lookingInto } from './audit-index.ts'
import { type PublicEntry, publicEntry } from './logs.ts'
import { readEntries } from './read-log.ts'

const AT_ONCE = 25

/**
 * Compares the decisions of one tile of the registry's log with their streams, in both directions. The commit after each of them must be
 * in the log as well. So over all tiles every commit of these streams is compared, also one that no index shows.
 */
export async function auditDecisions(
  { tile, size }: { tile: number; size: number },
  deps: AuditDeps,
): Promise<string[]> {
  const { entries } = await readEntries('registry', tile, deps.store)
  const logged = new Map<StreamId, Map<number, string>>()
  for (const entry of entries.slice(0, size - tile * TILE_WIDTH)) {
    const { stream, number } = JSON.parse(entry) as PublicEntry
    const own = logged.get(stream as StreamId) ?? new Map<number, string>()
    logged.set(stream as StreamId, own.set(number, entry))
  }
  const look = lookingInto('registry', deps.store)
  const streams = [...logged]
  const differences: string[] = []
  for (let start = 0; start < streams.length; start += AT_ONCE) {
    const some = streams.slice(start, start + AT_ONCE)
    const found = await Promise.all(some.map(([stream, own]) => compareStream(stream, own, { ...deps, look })))
    differences.push(...found.flat())
  }
  return differences
}

async function compareStream(
  stream: StreamId,
  entries: ReadonlyMap<number, string>,
  { store, now, look }: AuditDeps & { look: ReturnType<typeof lookingInto> },
): Promise<string[]> {
  const commits = await store.read<TrustEvent>(stream).catch((error: unknown) => {
    // The stream has a gap.
    if (isIncomplete(error)) return undefined
    throw error
  })
  if (commits === undefined) return [`${stream}: not complete`]
  const differences: string[] = []
  for (const [number, entry] of entries) {
    const [commit, next] = [commits[number], commits[number + 1]]
    if (commit === undefined) differences.push(`${stream}/${number}: gone`)
    else if (entry !== publicEntry(commit)) differences.push(`${stream}/${number}: changed`)
    if (next === undefined || entries.has(next.number) || isYoung(next, now)) continue
    const fault = await look(next)
    if (fault !== undefined) differences.push(`${stream}/${next.number}: ${fault}`)
  }
  return differences
}

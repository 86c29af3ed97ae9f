import { TILE_WIDTH } from '@sijil/tlog'
import type { StreamId } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { type AuditDeps, isIncomplete, isYoung, lookingInto } from './audit-index.ts'
import { logs, publicEntry } from './logs.ts'
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
  const logged = new Map<StreamId, Map<number, LoggedEntry>>()
  const differences: string[] = []
  for (const [at, entry] of entries.slice(0, size - tile * TILE_WIDTH).entries()) {
    const place = tile * TILE_WIDTH + at
    const decision = decisionOf(entry)
    if (decision === undefined) {
      differences.push(`log/registry/${place}: no entry of a decision`)
      continue
    }
    const own = logged.get(decision.stream) ?? new Map<number, LoggedEntry>()
    logged.set(decision.stream, own.set(decision.number, { entry, place }))
  }
  const look = lookingInto('registry', deps.store)
  const streams = [...logged]
  for (let start = 0; start < streams.length; start += AT_ONCE) {
    const some = streams.slice(start, start + AT_ONCE)
    const found = await Promise.all(some.map(([stream, own]) => compareStream(stream, own, { ...deps, look })))
    differences.push(...found.flat())
  }
  return differences
}

interface LoggedEntry {
  entry: string
  place: number
}

/** The decision that an entry names. A forged entry may be any text, so the store is asked, and the alarm names, only what has the form of a decision. */
function decisionOf(entry: string): { stream: StreamId; number: number } | undefined {
  let key: string
  try {
    key = logs.registry.keyOf(entry)
  } catch {
    return undefined
  }
  if (!logs.registry.isKey(key)) return undefined
  const end = key.lastIndexOf('/')
  return { stream: key.slice(0, end) as StreamId, number: Number(key.slice(end + 1)) }
}

async function compareStream(
  stream: StreamId,
  entries: ReadonlyMap<number, LoggedEntry>,
  { store, now, look }: AuditDeps & { look: ReturnType<typeof lookingInto> },
): Promise<string[]> {
  const commits = await store.read<TrustEvent>(stream).catch((error: unknown) => {
    // The stream has a gap.
    if (isIncomplete(error)) return undefined
    throw error
  })
  if (commits === undefined) return [`${stream}: not complete`]
  const differences: string[] = []
  for (const [number, { entry, place }] of entries) {
    const [commit, next] = [commits[number], commits[number + 1]]
    if (commit === undefined) differences.push(`${stream}/${number}: gone (log/registry/${place})`)
    else if (entry !== publicEntry(commit)) differences.push(`${stream}/${number}: changed`)
    if (next === undefined || entries.has(next.number) || isYoung(next, now)) continue
    const fault = await look(next)
    if (fault !== undefined) differences.push(`${stream}/${next.number}: ${fault}`)
  }
  return differences
}

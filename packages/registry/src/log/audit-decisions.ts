import { TILE_WIDTH } from '@sijil/tlog'
import type { CheckedReader } from '../artefacts.ts'
import { QUALIFICATION_PREFIX } from '../catalogue/reader.ts'
import type { StreamId } from '../stream.ts'
import { type AuditDeps, isYoung, lookingInto, readWhole } from './audit-index.ts'
import { type LogName, logs, type PublicEntry } from './logs.ts'
import { auditPacked } from './packed-records.ts'
import { readEntries } from './read-log.ts'
import { readRecordFile } from './record-files.ts'

const AT_ONCE = 25

/** The logs whose entries are decisions of officers, with the form of the streams of these. */
export const decisionLogs = {
  registry: /^[a-z0-9-]{1,64}\/trust$/,
  catalogue:
    /^registry\/(?:(?:qualification|framework|description:(?:body|arrangement|state|corridor)):[\w.-]{1,110}|(?:recognition|joint):[^\s/]{1,400})$/,
} satisfies Partial<Record<LogName, RegExp>>
export type DecisionLog = keyof typeof decisionLogs

export interface DecisionDeps extends AuditDeps {
  artefacts: CheckedReader
}

/**
 * Compares the decisions of one tile of a log with their streams, in both directions. The commit after each of them must be in the log as
 * well. So over all tiles every commit of these streams is compared, also one that no index shows.
 */
export async function auditDecisions(
  { log, tile, size }: { log: DecisionLog; tile: number; size: number },
  deps: DecisionDeps,
): Promise<string[]> {
  const { entries } = await readEntries(log, tile, deps.store)
  const logged = new Map<StreamId, Map<number, LoggedEntry>>()
  const differences: string[] = []
  const texts = await Promise.all(
    entries.slice(0, size - tile * TILE_WIDTH).map(async (entry) => ({ entry, text: await textOf(log, entry, deps) })),
  )
  for (const [at, { entry, text }] of texts.entries()) {
    // A file that is lost raises its own alarm.
    if (text === undefined) continue
    const place = tile * TILE_WIDTH + at
    const decision = decisionOf(log, text)
    if (decision === undefined) {
      differences.push(`log/${log}/${place}: no entry of a decision`)
      continue
    }
    const own = logged.get(decision.stream) ?? new Map<number, LoggedEntry>()
    logged.set(decision.stream, own.set(decision.number, { entry, place }))
  }
  const look = lookingInto(log, deps)
  const streams = [...logged]
  for (let start = 0; start < streams.length; start += AT_ONCE) {
    const some = streams.slice(start, start + AT_ONCE)
    const found = await Promise.all(some.map(([stream, own]) => compareStream(stream, own, { ...deps, log, look })))
    differences.push(...found.flat())
  }
  return differences
}

interface LoggedEntry {
  entry: string
  place: number
}

/** The decision that an entry states. The log `catalogue` has its hash, and a file its text. */
const textOf = async (log: DecisionLog, entry: string, { artefacts }: DecisionDeps): Promise<string | undefined> =>
  log === 'registry' ? entry : readRecordFile(entry, artefacts)

/** The place that a decision names. A forged entry may be any text, so the store is asked, and the alarm names, only what has its form. */
function decisionOf(log: DecisionLog, text: string): { stream: StreamId; number: number } | undefined {
  let entry: Partial<PublicEntry> | null
  try {
    entry = JSON.parse(text)
  } catch {
    return undefined
  }
  const { stream = '', number = -1 } = entry ?? {}
  if (typeof stream !== 'string' || !decisionLogs[log].test(stream)) return undefined
  return Number.isSafeInteger(number) && number >= 0 ? { stream: stream as StreamId, number } : undefined
}

async function compareStream(
  stream: StreamId,
  entries: ReadonlyMap<number, LoggedEntry>,
  { store, now, log, look }: AuditDeps & { log: DecisionLog; look: ReturnType<typeof lookingInto> },
): Promise<string[]> {
  const commits = await readWhole<unknown>(stream, store)
  if (commits === undefined) return [`${stream}: not complete`]
  const differences: string[] = []
  const packed = log === 'catalogue' && stream.startsWith(QUALIFICATION_PREFIX)
  const fault = packed && (await auditPacked(stream.slice(QUALIFICATION_PREFIX.length), commits, store))
  if (fault) differences.push(`${stream}: ${fault}`)
  for (const [number, { entry, place }] of entries) {
    const [commit, next] = [commits[number], commits[number + 1]]
    if (commit === undefined) differences.push(`${stream}/${number}: gone (log/${log}/${place})`)
    else if (entry !== logs[log].logged(commit)?.entry) differences.push(`${stream}/${number}: changed`)
    if (next === undefined || entries.has(next.number) || isYoung(next, now)) continue
    const fault = await look(next)
    if (fault !== undefined) differences.push(`${stream}/${next.number}: ${fault}`)
  }
  return differences
}

import { DAY_MS } from '../clocks.ts'
import { type AuditDeps, auditIndex } from './audit-index.ts'
import { auditLogged } from './audit-logged.ts'
import { auditPast, type PastDeps } from './audit-past.ts'
import { type LogName, logNames, logs } from './logs.ts'

interface Audit {
  /** Names of streams, without contents. */
  differences: string[]
  /** Parts of the past that were due an hour ago and are still not compared. */
  missed: number
}

/**
 * Compares the stored streams with the logs (F22, R013):
 * - Everything recorded since yesterday is in a log.
 * - Every entry that the log of certificates took in since yesterday has a reservation.
 * - A share of the past: each decision and each reservation has its hour.
 * It costs as much as there is new, plus that share. The next run goes on where the time of this one ended.
 */
export async function auditStreams({
  remaining = () => Number.POSITIVE_INFINITY,
  ...deps
}: Omit<PastDeps, 'remaining'> & Partial<Pick<PastDeps, 'remaining'>>): Promise<Audit> {
  const differences: string[] = []
  for (const log of logNames) differences.push(...(await auditRecent(log, deps)))
  differences.push(...(await auditLogged(deps)))
  const past = await auditPast({ ...deps, remaining })
  return { differences: [...new Set([...differences, ...past.differences])], missed: past.missed }
}

async function auditRecent(log: LogName, { store, now }: AuditDeps): Promise<string[]> {
  const since = new Date(now.getTime() - DAY_MS)
  const differences: string[] = []
  for (const index of logs[log].sources(since, now))
    differences.push(...(await auditIndex(log, index, { store, now, since: since.toISOString() })))
  return differences
}

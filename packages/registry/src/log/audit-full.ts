import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type AuditDeps, auditIndex } from './audit-index.ts'
import { FIRST_DAY } from './audit-past.ts'
import { PART_TAKES_MS } from './audit-turns.ts'
import { pendingOn } from './logs.ts'

interface FullAudit {
  differences: string[]
  /** The day (UTC) with which the next call goes on. Absent: everything was compared. */
  next?: string
}

/**
 * Compares the reservations of all days with the log of certificates, from a day on. The hourly audit takes a week for them. If the time
 * of a run ends, its answer says where the next call goes on, so nothing is stored and the audit needs no right to write.
 */
export async function auditFull({
  store,
  now,
  from,
  remaining = () => Number.POSITIVE_INFINITY,
}: AuditDeps & { from?: string; remaining?: () => number }): Promise<FullAudit> {
  const differences: string[] = []
  const first = from === undefined ? FIRST_DAY : Math.floor(Date.parse(from) / DAY_MS)
  if (Number.isNaN(first))
    throw new RegistryError('validation-failed', 'the day from which to audit must be like 2026-03-05')
  for (let day = first; day * DAY_MS <= now.getTime(); day++) {
    if (day > first && remaining() < PART_TAKES_MS)
      return { differences, next: new Date(day * DAY_MS).toISOString().slice(0, 10) }
    differences.push(...(await auditIndex('certificates', pendingOn(day * DAY_MS), { store, now })))
  }
  return { differences }
}

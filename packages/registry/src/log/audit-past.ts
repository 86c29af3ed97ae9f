import { DAY_MS, HOUR_MS } from '../clocks.ts'
import { type AuditDeps, auditIndex } from './audit-index.ts'
import { pendingOn } from './logs.ts'

const HOURS_OF_A_WEEK = 7 * 24
/** In days since 1970. No registry is older. A day without reservations costs one empty answer. */
export const FIRST_DAY = Date.UTC(2025, 0, 1) / DAY_MS

/**
 * Compares reservations of all past days with the log of certificates. Each hour of the week has its own days, so each day is
 * compared once a week and no progress is stored. The next hour compares the same days again, in case a run failed or was late.
 */
export async function auditPast(deps: AuditDeps): Promise<string[]> {
  const differences: string[] = []
  for (const day of daysOfHour(deps.now))
    differences.push(...(await auditIndex('certificates', pendingOn(day * DAY_MS), deps)))
  return differences
}

function daysOfHour(now: Date): number[] {
  const hour = Math.floor(now.getTime() / HOUR_MS)
  const days: number[] = []
  for (let day = FIRST_DAY; day * DAY_MS <= now.getTime(); day++)
    if ([hour, hour - 1].some((turn) => (turn - day) % HOURS_OF_A_WEEK === 0)) days.push(day)
  return days
}

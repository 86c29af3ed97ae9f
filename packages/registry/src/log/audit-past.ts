import { DAY_MS, HOUR_MS } from '../clocks.ts'
import { type AuditDeps, auditIndex } from './audit-index.ts'
import { pendingOn } from './logs.ts'

const HOURS_OF_A_WEEK = 7 * 24
/** No registry is older; a day on which nothing was reserved costs one empty answer. Days since 1970. */
export const FIRST_DAY = Date.UTC(2025, 0, 1) / DAY_MS

/**
 * What was reserved on days long past against the log of certificates. Each hour of a week has days of its own, so each day is looked at
 * once a week, and nothing has to be remembered; and once more an hour later, so that a run that failed or was late leaves none out.
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

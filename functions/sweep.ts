import { resumeIssuing, sweepReservations } from '@sijil/registry/issuance'
import { clock } from './clock.ts'
import { scheduled } from './scheduled.ts'
import { commitStoreOf, patience, readEnvironment } from './wiring.ts'

const store = commitStoreOf(readEnvironment(process.env))

interface SweepOrder {
  /**
   * By hand, after the cause is known: sets aside the failures that were counted, so that this qualification can be issued again
   * (docs/runbook.md).
   */
  resumeIssuing?: { issuer: string; qualification: string; reference: string }
  /** By hand: reads the reservations again from this moment (RFC 3339). */
  since?: string
}

/** Abandons reservations that were never finished. Answers their number. */
export const handler = scheduled('sweep', sweep)

async function sweep({ resumeIssuing: kind, since }: SweepOrder, remaining: () => number): Promise<{ burned: number }> {
  if (kind !== undefined) await resumeIssuing(kind, { store, now: clock() })
  const from = since === undefined ? {} : { since: new Date(since) }
  return { burned: await sweepReservations({ store, patience, now: clock(), remaining, ...from }) }
}

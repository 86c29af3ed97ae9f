import { resumeIssuing, sweepReservations } from '@sijil/registry/issuance'
import { clock } from './clock.ts'
import { scheduled } from './scheduled.ts'
import { commitStoreOf, patience, readEnvironment } from './wiring.ts'

const store = commitStoreOf(readEnvironment(process.env))

interface SweepOrder {
  /** By hand, once the cause is known: what was withheld is put aside, and this kind may be issued again (docs/runbook.md). */
  resumeIssuing?: { issuer: string; qualification: string; reference: string }
}

/** Burns what was reserved and never finished. Answers how many. */
export const handler = scheduled('sweep', async ({ resumeIssuing: kind }: SweepOrder): Promise<{ burned: number }> => {
  if (kind !== undefined) await resumeIssuing(kind, { store, now: clock() })
  return { burned: await sweepReservations({ store, patience, now: clock() }) }
})

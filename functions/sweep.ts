import { resendFiles } from '@sijil/registry/batch-files'
import { pieceMemory, resendBatches } from '@sijil/registry/batches'
import { resumeIssuing, sweepReservations } from '@sijil/registry/issuance'
import { clock } from './clock.ts'
import { fileQueueOf, rangeQueueOf } from './queues.ts'
import { scheduled } from './scheduled.ts'
import { commitStoreOf, patience, readBatchEnvironment } from './wiring.ts'

const environment = readBatchEnvironment(process.env)
const store = commitStoreOf(environment)
const queue = rangeQueueOf(environment)
const fileQueue = fileQueueOf(environment)
const pieces = pieceMemory()

interface SweepOrder {
  /**
   * By hand, after the cause is known: sets aside the failures that were counted, so that this qualification can be issued again
   * (docs/runbook.md).
   */
  resumeIssuing?: { issuer: string; qualification: string; reference: string }
  /** By hand: reads the reservations again from this moment (RFC 3339). */
  since?: string
}

/** Abandons reservations that were never finished, and sends what batches wait for. Answers the numbers of both. */
export const handler = scheduled('sweep', sweep)

async function sweep(
  { resumeIssuing: kind, since }: SweepOrder,
  remaining: () => number,
): Promise<{ burned: number; resent: number }> {
  if (kind !== undefined) await resumeIssuing(kind, { store, now: clock() })
  const from = since === undefined ? {} : { since: new Date(since) }
  const rows = await resendBatches({ store, pieces, queue, patience, now: clock() })
  const resent = rows + (await resendFiles({ store, fileQueue, now: clock() }))
  return { burned: await sweepReservations({ store, patience, now: clock(), remaining, ...from }), resent }
}

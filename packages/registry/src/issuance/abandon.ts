import type { CertificateEvent, CertificateRecord } from '../certificates/record.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'

/** Ends a reservation that nobody finished: a final commit, and its bit in the status list is set. What was issued is left alone. */
export async function abandonReservation(
  { issuer, record, actor }: { issuer: string; record: CertificateRecord; actor: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  if (record.state !== 'reserved') return
  const { pair, index } = record.reservation.status
  const event: CertificateEvent = { type: 'burned', pair, index }
  await store.append(
    nextCommit(streams.certificate(issuer, record.uuid), record.commits, {
      events: [event],
      actor,
      now,
      index: `STATUS#${pair}`,
    }),
  )
}

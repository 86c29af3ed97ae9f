import type { CertificateEvent, CertificateRecord } from '../certificates/record.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'

/** Abandons an unfinished reservation with a final commit, which sets its bit in the status list. Ignores released certificates. */
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

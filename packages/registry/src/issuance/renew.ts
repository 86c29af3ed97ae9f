import { erasedConflict } from '../certificates/erased.ts'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateEvent, CertificateRecord, ReleasedRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import { type Patience, untilWon } from '../lost-race.ts'
import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { abandonReservation } from './abandon.ts'

/**
 * Requires, before the reservation, that the certificate is neither suspended, revoked nor erased, and of the same qualification. Otherwise a new
 * award could avoid a suspension. One that has expired can be renewed. Throws `conflict` or `validation-failed`.
 */
export async function requireRenewable(
  issuer: string,
  { renews, qualification }: { renews: string; qualification: string },
  { store }: { store: CommitReader },
): Promise<ReleasedRecord> {
  const former = await readRecord(issuer, renews, store)
  if (former?.erased !== undefined) throw erasedConflict(former.erased, '/renews')
  if (former?.state === 'suspended')
    throw new RegistryError('conflict', 'the certificate to renew is suspended; lift that first')
  if (former?.state !== 'in-force') throw refusal('name a certificate of this issuer that is not revoked')
  if (former.reservation.qualification !== qualification)
    throw refusal('it has another qualification: leave "renews" out, and issue a certificate of its own')
  return former
}

const refusal = (detail: string) =>
  new RegistryError('validation-failed', 'that certificate cannot be renewed so', {
    faults: [{ pointer: '/renews', detail }],
  })

/** Checks again before the release, as time has passed. Abandons the reservation if the certificate may no longer be renewed. */
export async function requireStillRenewable(
  issuer: string,
  record: CertificateRecord,
  deps: { store: CommitStore; now: Date },
): Promise<void> {
  const { renews, qualification } = record.reservation
  if (renews === undefined) return
  try {
    await requireRenewable(issuer, { renews, qualification }, deps)
  } catch (error) {
    if (error instanceof RegistryError && (error.code === 'conflict' || error.code === 'validation-failed'))
      await abandonReservation({ issuer, record, actor: 'system:issue' }, deps)
    throw error
  }
}

/**
 * Notes in the record of the former certificate that a new award followed. Its status does not change, so the commit stands in no index.
 * A certificate that was revoked meanwhile keeps its last word. The step may be repeated.
 */
export async function recordRenewal(
  { issuer, record, actor }: { issuer: string; record: ReleasedRecord; actor: string },
  { store, now, patience }: { store: CommitStore; now: Date; patience: Patience },
): Promise<void> {
  const { uuid, reservation } = record
  const { renews } = reservation
  if (renews === undefined || record.state === 'revoked') return
  await untilWon(async () => {
    const former = await readRecord(issuer, renews, store)
    if (former === undefined || former.state === 'revoked' || former.renewed?.uuid === uuid) return
    const event: CertificateEvent = { type: 'renewed', renewal: uuid }
    const change = { events: [event], actor, now }
    await store.append(nextCommit(streams.certificate(issuer, renews), former.commits, change))
  }, patience)
}

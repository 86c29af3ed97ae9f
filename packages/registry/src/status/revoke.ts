import type { RevocationReason } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { readRecord } from '../issuance/certificate-number.ts'
import type { CertificateEvent, ReleasedRecord } from '../issuance/record.ts'
import { requireMember } from '../members.ts'
import type { NoteSealer } from '../ports.ts'
import type { CommitStore } from '../stream.ts'
import {
  type Changing,
  changeStatus,
  requireReleased,
  revocationIsFinal,
  type StatusChange,
  type StatusChanged,
} from './change-status.ts'

/** For good. Revoking twice is no error: the first date and reason stay (I24). */
export async function revokeCertificate(
  request: StatusChange & { reason: RevocationReason; successor?: string; note?: string },
  { notes, ...needs }: Changing & { notes: NoteSealer },
): Promise<StatusChanged> {
  const { issuer, actor: subject, reason, successor } = request
  await requireMember({ owner: issuer, subject, role: 'status' }, { reader: needs.store })
  await requireSuccessor(request, needs.store)
  if (successor !== undefined) await claimDirection({ issuer, uuid: request.uuid, successor }, needs.store)
  const note = request.note === undefined ? undefined : await notes.seal(issuer, request.note)
  return changeStatus(request, revocation({ reason, ...(successor && { successor }), ...(note && { note }) }), needs)
}

/** A certificate that replaces another ends it, and says so. */
export async function supersede(
  request: StatusChange & { successor: string },
  needs: Changing,
): Promise<StatusChanged> {
  return changeStatus(request, revocation({ reason: 'superseded', successor: request.successor }), needs)
}

/** What is not revoked stays so, which changes nothing; what is, is not given back (I24). */
export async function keepUnrevoked(
  { issuer, uuid, actor: subject }: StatusChange,
  { store }: Pick<Changing, 'store'>,
): Promise<StatusChanged> {
  await requireMember({ owner: issuer, subject, role: 'status' }, { reader: store })
  const record = await requireReleased(issuer, uuid, store)
  if (record.state === 'revoked') throw revocationIsFinal()
  return { record, isChanged: false }
}

export const revocation =
  (said: { reason: RevocationReason; successor?: string; note?: string }) =>
  (record: ReleasedRecord): CertificateEvent | undefined =>
    record.state === 'revoked' ? undefined : { type: 'revoked', ...said, ...record.reservation.status }

/**
 * Which of two takes the place of the other is settled once: two requests at one moment, each naming the other's certificate, would
 * each find it in force, and end both.
 */
async function claimDirection(
  { issuer, uuid, successor }: { issuer: string; uuid: string; successor: string },
  store: CommitStore,
): Promise<void> {
  const pair = [uuid, successor].toSorted().join('/')
  if ((await store.claim(`${issuer}/superseded/${pair}`, 0, uuid)) === uuid) return
  throw new RegistryError('conflict', 'it was said before that the named certificate is superseded by this one')
}

/** What takes the place is in force at that moment: else nothing would, or two would name each other. */
async function requireSuccessor(
  { issuer, uuid, reason, successor }: StatusChange & { reason: RevocationReason; successor?: string },
  store: CommitStore,
): Promise<void> {
  const fault = (detail: string) =>
    new RegistryError('validation-failed', 'a superseded certificate names its successor', {
      faults: [{ pointer: '/successor', detail }],
    })
  if (reason !== 'superseded') {
    if (successor !== undefined) throw fault('only a superseded certificate has a successor')
    return
  }
  if (successor === undefined || successor === uuid)
    throw fault('name the UUID of the certificate that takes its place')
  const record = await readRecord(issuer, successor, store)
  if (record === undefined || record.state === 'reserved' || record.state === 'burned')
    throw fault('no such certificate of this issuer')
  if (record.state === 'in-force') return
  // Sent again, a change that was made is no error, whatever became of the successor since.
  if ((await readRecord(issuer, uuid, store))?.state === 'revoked') return
  if (record.state === 'suspended') throw fault('this certificate is suspended; lift that first, or name another')
  const newer = record.successor ? `; urn:uuid:${record.successor} took its place` : ''
  throw fault(`this certificate is revoked itself${newer}; name one that is in force`)
}

import type { SuspensionReason } from '@sijil/credentials'
import type { CertificateEvent, ReleasedRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import type { NoteSealer } from '../ports.ts'
import { requireMember } from '../trust/members.ts'
import { type ChangeStatusDeps, changeOrWait, type StatusChanged, type StatusChangeRequest } from './change-status.ts'

/** Suspends a certificate from the moment of recording. Suspending twice keeps the first date and reason. Throws `conflict`. */
export async function suspendCertificate(
  request: StatusChangeRequest & { reason: SuspensionReason; note?: string },
  { notes, ...deps }: ChangeStatusDeps & { notes: NoteSealer },
): Promise<StatusChanged> {
  const { issuer, actor: subject, reason } = request
  await requireMember({ owner: issuer, subject, role: 'status' }, { reader: deps.store })
  const note = request.note === undefined ? undefined : await notes.seal(issuer, request.note)
  const stated = { reason, ...(note && { note }) }
  const action = { kind: 'suspend', issuer, certificate: request.uuid, ...stated } as const
  return changeOrWait(request, { owner: issuer, action, decide: suspension(stated) }, deps)
}

/** An authority also takes over a suspension that the body made, so that the body cannot lift it. */
export const suspension =
  (stated: { reason: SuspensionReason; note?: string; by?: string }) =>
  (record: ReleasedRecord): CertificateEvent | undefined => {
    if (record.state === 'revoked')
      throw new RegistryError('conflict', 'this certificate is revoked; a revocation is final')
    const isDone = record.state === 'suspended' && (stated.by === undefined || record.by !== undefined)
    return isDone ? undefined : { type: 'suspended', ...stated, ...record.reservation.status }
  }

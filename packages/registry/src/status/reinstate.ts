import type { SuspensionReason } from '@sijil/credentials'
import type { CertificateEvent, ReleasedRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import type { NoteSealer } from '../ports.ts'
import { requireMember } from '../trust/members.ts'
import { type ChangeStatusDeps, changeStatus, type StatusChanged, type StatusChangeRequest } from './change-status.ts'

/** Lifts a suspension that the body itself made. Changes nothing if the certificate is in force. Throws `conflict`. */
export async function reinstateCertificate(
  request: StatusChangeRequest & { reason?: SuspensionReason; note?: string },
  { notes, ...deps }: ChangeStatusDeps & { notes: NoteSealer },
): Promise<StatusChanged> {
  const { issuer, actor: subject, reason } = request
  await requireMember({ owner: issuer, subject, role: 'status' }, { reader: deps.store })
  const note = request.note === undefined ? undefined : await notes.seal(issuer, request.note)
  return changeStatus(request, reinstatement({ ...(reason && { reason }), ...(note && { note }) }), deps)
}

export const reinstatement =
  (stated: { reason?: SuspensionReason; note?: string }) =>
  (record: ReleasedRecord): CertificateEvent | undefined => {
    if (record.state === 'revoked')
      throw new RegistryError('conflict', 'this certificate is revoked; a revocation is final')
    if (record.state === 'suspended' && record.by !== undefined)
      throw new RegistryError('conflict', 'an authority suspended this certificate; only the authority can lift that')
    return record.state === 'in-force' ? undefined : { type: 'reinstated', ...stated, ...record.reservation.status }
  }

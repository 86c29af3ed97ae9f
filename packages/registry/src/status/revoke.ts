import type { RevocationReason } from '@sijil/credentials'
import type { CertificateEvent, ReleasedRecord } from '../certificates/record.ts'
import type { NoteSealer } from '../ports.ts'
import { requireMember } from '../trust/members.ts'
import {
  type ChangeStatusDeps,
  changeOrWait,
  changeStatus,
  requireReleased,
  revocationIsFinal,
  type StatusChanged,
  type StatusChangeRequest,
} from './change-status.ts'
import { claimDirection, requireSuccessor } from './successor.ts'

/** Revokes a certificate for ever. Revoking twice is no error: the first date and reason stay (I24). */
export async function revokeCertificate(
  request: StatusChangeRequest & { reason: RevocationReason; successor?: string; note?: string },
  { notes, ...deps }: ChangeStatusDeps & { notes: NoteSealer },
): Promise<StatusChanged> {
  const { issuer, actor: subject, reason, successor } = request
  await requireMember({ owner: issuer, subject, role: 'status' }, { reader: deps.store })
  await requireSuccessor(request, deps.store)
  const note = request.note === undefined ? undefined : await notes.seal(issuer, request.note)
  const stated = { reason, ...(successor && { successor }), ...(note && { note }) }
  return changeOrWait(
    request,
    {
      owner: issuer,
      action: { kind: 'revoke', issuer, certificate: request.uuid, ...stated },
      decide: revocation(stated),
      settle: async () => {
        if (successor !== undefined) await claimDirection({ issuer, uuid: request.uuid, successor }, deps.store)
      },
    },
    deps,
  )
}

/** Revokes a certificate with the reason `superseded`, and names the certificate that replaces it. */
export async function supersede(
  request: StatusChangeRequest & { successor: string },
  deps: ChangeStatusDeps,
): Promise<StatusChanged> {
  return changeStatus(request, revocation({ reason: 'superseded', successor: request.successor }), deps)
}

/** VCALM's request not to revoke. Changes nothing if the certificate is not revoked. Otherwise throws, as a revocation is final (I24). */
export async function keepUnrevoked(
  { issuer, uuid, actor: subject }: StatusChangeRequest,
  { store }: Pick<ChangeStatusDeps, 'store'>,
): Promise<StatusChanged> {
  await requireMember({ owner: issuer, subject, role: 'status' }, { reader: store })
  const record = await requireReleased(issuer, uuid, store)
  if (record.state === 'revoked') throw revocationIsFinal()
  return { record, isChanged: false }
}

export const revocation =
  (stated: { reason: RevocationReason; successor?: string; note?: string }) =>
  (record: ReleasedRecord): CertificateEvent | undefined =>
    record.state === 'revoked' ? undefined : { type: 'revoked', ...stated, ...record.reservation.status }

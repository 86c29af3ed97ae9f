import type { RevocationReason } from '@sijil/credentials'
import type { CertificateEvent, ReleasedRecord } from '../certificates/record.ts'
import type { NoteSealer } from '../ports.ts'
import { requireMember } from '../trust/members.ts'
import {
  type Changing,
  changeOrWait,
  changeStatus,
  requireReleased,
  revocationIsFinal,
  type StatusChange,
  type StatusChanged,
} from './change-status.ts'
import { claimDirection, requireSuccessor } from './successor.ts'

/** For good. Revoking twice is no error: the first date and reason stay (I24). */
export async function revokeCertificate(
  request: StatusChange & { reason: RevocationReason; successor?: string; note?: string },
  { notes, ...needs }: Changing & { notes: NoteSealer },
): Promise<StatusChanged> {
  const { issuer, actor: subject, reason, successor } = request
  await requireMember({ owner: issuer, subject, role: 'status' }, { reader: needs.store })
  await requireSuccessor(request, needs.store)
  const note = request.note === undefined ? undefined : await notes.seal(issuer, request.note)
  const said = { reason, ...(successor && { successor }), ...(note && { note }) }
  return changeOrWait(
    request,
    {
      owner: issuer,
      action: { kind: 'revoke', issuer, certificate: request.uuid, ...said },
      decide: revocation(said),
      settle: async () => {
        if (successor !== undefined) await claimDirection({ issuer, uuid: request.uuid, successor }, needs.store)
      },
    },
    needs,
  )
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

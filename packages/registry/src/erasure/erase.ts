import type { ErasureReason } from '@sijil/credentials'
import type { CertificateEvent, ReleasedRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import { askForSecond } from '../status/ask-for-second.ts'
import {
  type ChangeStatusDeps,
  requireReleased,
  type StatusChanged,
  type StatusChangeRequest,
} from '../status/change-status.ts'
import { requireMember } from '../trust/members.ts'

/** When the person who asks signed in. A program has no such moment. */
export interface AskedByPerson {
  signedInAt: Date | undefined
}

/**
 * Asks for the erasure of the sealed document of a certificate. Nothing is erased before a second person of the body approves, however few
 * certificates the body ended (I63). The record stays, and a person who kept the file can still verify it. Throws `conflict` while there is a
 * legal hold. Asking again for what was erased changes nothing.
 */
export async function eraseCertificate(
  request: StatusChangeRequest & AskedByPerson & { reason: ErasureReason },
  { store, now, patience }: ChangeStatusDeps,
): Promise<StatusChanged> {
  const { issuer, uuid, actor, reason, signedInAt } = request
  await requireMember({ owner: issuer, subject: actor, role: 'status' }, { reader: store })
  return untilWon(async () => {
    const record = await requireReleased(issuer, uuid, store)
    requirePerson(signedInAt)
    if (erasure({ reason })(record) === undefined) return { record, isChanged: false }
    const action = { kind: 'erase', issuer, certificate: uuid, reason } as const
    const seen = record.commits.length
    return {
      record,
      isChanged: false,
      waits: await askForSecond({ owner: issuer, action, seen, actor }, { store, now }),
    }
  }, patience)
}

/** Two people decide, so a program is neither of them. */
export function requirePerson(signedInAt: Date | undefined): void {
  if (signedInAt === undefined)
    throw new RegistryError(
      'four-eyes-required',
      'Two people decide this. A program cannot ask for it: sign in as a person.',
    )
}

/** The event of an erasure. Undefined if it is erased already. Throws `conflict` while there is a hold. */
export const erasure =
  (stated: { reason: ErasureReason; from?: string }) =>
  (record: ReleasedRecord): CertificateEvent | undefined => {
    if (record.erased !== undefined) return undefined
    if (record.holds.length > 0)
      throw new RegistryError('conflict', 'a legal hold keeps this certificate: have it lifted first', {
        reason: 'on-hold',
      })
    return { type: 'erased', ...stated }
  }

import { type Certificate, fromOpenBadge, parseUnsecured } from '@sijil/credentials'
import { erasedConflict } from '../certificates/erased.ts'
import { type OpeningPurpose, recordOpening } from '../certificates/openings.ts'
import type { ReleasedRecord } from '../certificates/record.ts'
import { boxAddress, issuerSecret, linkToken, openBox } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { type Patience, untilWon } from '../lost-race.ts'
import type { BoxReader, SecretReader } from '../ports.ts'
import { requireReleased } from '../status/change-status.ts'
import type { CommitStore } from '../stream.ts'
import { requireMember } from '../trust/members.ts'

export interface OpenCertificateDeps {
  store: CommitStore
  boxes: BoxReader
  secrets: SecretReader
  patience: Patience
  now: Date
}

/** A member needs another role to look at the details than to issue what follows from them. */
const roleFor = { show: 'read', correct: 'issue', renew: 'issue', print: 'issue' } as const satisfies Record<
  OpeningPurpose,
  string
>

/**
 * The whole document of a certificate, for a member of its body. Each opening is recorded with the member and the certificate before
 * anything is decrypted, and opening many has a rate. Throws `conflict` once it is erased, and `not-found` as for a certificate that does not exist (I36).
 */
export async function openCertificate(
  { issuer, uuid, subject, purpose }: { issuer: string; uuid: string; subject: string; purpose: OpeningPurpose },
  deps: OpenCertificateDeps,
): Promise<{ record: ReleasedRecord; certificate: Certificate }> {
  const { store, boxes, secrets } = deps
  await requireMember({ owner: issuer, subject, role: roleFor[purpose] }, { reader: store })
  const record = await requireReleased(issuer, uuid, store)
  if (record.erased !== undefined) throw erasedConflict(record.erased)
  await untilWon(() => recordOpening({ issuer, uuid, subject, purpose }, deps), deps.patience)
  const token = linkToken(await issuerSecret(issuer, { reader: store, secrets }), uuid, record.generation)
  const box = await boxes.find(boxAddress(token))
  const text = box?.owner === issuer ? openBox(token, box, record.reservation.hash) : undefined
  if (text === undefined) throw new RegistryError('conflict', 'the details of this certificate are not stored any more')
  const { proof: _, ...document } = JSON.parse(text)
  return { record, certificate: fromOpenBadge(parseUnsecured(document)) }
}

import { erasedConflict } from '../certificates/erased.ts'
import { recordOpening } from '../certificates/openings.ts'
import { issuerSecret, linkToken } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import { requireReleased } from '../status/change-status.ts'
import { requireMember } from '../trust/members.ts'
import type { OpenCertificateDeps } from './open-certificate.ts'

/**
 * The token of the link of a certificate, for a member of its body who prints it. A paper shows the holder and carries the link. So the
 * member needs the right to issue, and each print counts as an opening, recorded before anything is decrypted (I58). Throws `not-found` as
 * for a certificate that does not exist (I36), and `conflict` for one that is not in force.
 */
export async function openLinkToPrint(
  { issuer, uuid, subject }: { issuer: string; uuid: string; subject: string },
  deps: Omit<OpenCertificateDeps, 'boxes'>,
): Promise<string> {
  const { store, secrets, patience } = deps
  await requireMember({ owner: issuer, subject, role: 'issue' }, { reader: store })
  const record = await requireReleased(issuer, uuid, store)
  if (record.erased !== undefined) throw erasedConflict(record.erased)
  if (record.state !== 'in-force')
    throw new RegistryError('conflict', 'This certificate is not in force, so no paper is made.')
  await untilWon(() => recordOpening({ issuer, uuid, subject, purpose: 'print' }, deps), patience)
  return linkToken(await issuerSecret(issuer, { reader: store, secrets }), uuid, record.generation)
}

import { type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { noSuchCertificate } from '../certificates/read-record.ts'
import type { CertificateRecord, ReleasedRecord } from '../certificates/record.ts'
import { recordsOfNumber } from '../certificates/records-of-number.ts'
import { issuerSecret, numberTag } from '../certificates/secrecy.ts'
import type { SecretReader } from '../ports.ts'
import { type CommitReader, readOnce } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { vouchedFor } from '../trust/in-force.ts'
import { noSuchIssuer, ownersOf, rolesOf } from '../trust/members.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'

/** A register's answer about a certificate number: status and title, never a name. */
export interface RegisterEntry {
  qualification: string
  title: string
  state: Exclude<CertificateRecord['state'], 'reserved' | 'burned'>
  issuedAt: string
  since?: string
}

/** A register that contains the number. */
export interface RegisterFound {
  issuer: string
  /** Newest first. */
  certificates: RegisterEntry[]
}

interface LookingUp {
  reader: CommitReader
  secrets: SecretReader
  policy: TrustPolicy
  now: Date
}

/**
 * Looks up one number in several registers, for officers of an authority of any state. Everybody else gets the answer for an unknown
 * issuer. A register that does not exist is answered like one without the number. Throws `not-found`.
 */
export async function lookUpNumber(
  { issuers, number, subject }: { issuers: readonly string[]; number: string; subject: string },
  deps: LookingUp,
): Promise<RegisterFound[]> {
  if (!(await isOfficer(subject, deps))) throw noSuchIssuer()
  const asked = await Promise.all(
    [...new Set(issuers)].map(async (issuer) => ({ issuer, certificates: await entriesIn(issuer, number, deps) })),
  )
  const found = asked.filter(({ certificates }) => certificates.length > 0)
  if (found.length === 0) throw noSuchCertificate()
  return found
}

async function entriesIn(
  issuer: string,
  number: string,
  { reader, secrets, now }: LookingUp,
): Promise<RegisterEntry[]> {
  const body = entityAt(issuer, await trustOf(reader)(issuer), EVERYTHING)
  // An external signer has no numbers in this registry.
  if (body?.kind !== 'body' || body.sandbox || body.elsewhere) return []
  const tag = numberTag(await issuerSecret(issuer, { reader, secrets }), number)
  const found = await recordsOfNumber(issuer, tag, reader)
  const catalogue = catalogueOf(readOnce(reader))
  return Promise.all(
    found.map(async (record) => entryOf(record, await catalogue(record.reservation.qualification), now)),
  )
}

function entryOf(record: ReleasedRecord, history: QualificationHistory, now: Date): RegisterEntry {
  const { qualification } = record.reservation
  const today = { effective: now.toISOString(), recorded: now.toISOString() }
  return {
    qualification,
    title: qualificationAt(history, today)?.title ?? qualification,
    state: record.state,
    issuedAt: record.issuedAt,
    ...('since' in record && { since: record.since }),
  }
}

/** An officer of an authority that this registry accepts now. The index says where to look. Memberships are read consistently. */
async function isOfficer(
  subject: string,
  { reader, policy, now }: Pick<LookingUp, 'reader' | 'policy' | 'now'>,
): Promise<boolean> {
  const trust = trustOf(reader)
  for (const owner of await ownersOf(subject, reader)) {
    const held = await rolesOf(owner, subject, reader)
    if (!held.includes('propose') && !held.includes('approve')) continue
    const entity = entityAt(owner, await trust(owner), EVERYTHING)
    if (entity?.kind !== 'authority') continue
    if (
      (await vouchedFor(entity, { trust, catalogue: catalogueOf(reader), policy, effective: now.toISOString() })) !==
      undefined
    )
      return true
  }
  return false
}

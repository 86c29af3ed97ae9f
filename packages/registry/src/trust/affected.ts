import { findQualification, scopeCovers } from '@sijil/qualifications'
import { RegistryError } from '../errors.ts'
import { type CertificateEvent, type CertificateRecord, type ReleasedRecord, recordOf } from '../issuance/record.ts'
import type { CommitReader } from '../stream.ts'
import { EVERYTHING, entityAt, type Grant } from './entity.ts'
import { isJoined, termsAt } from './grant.ts'
import { trustOf } from './reader.ts'

/** Issued while the grant ran, for what it allowed by then. A withdrawal or a suspension changes nothing here: it is what they touch. */
export function restsOn(grant: Grant, record: CertificateRecord): record is ReleasedRecord {
  if (grant.right !== 'issue' || !('issuedAt' in record) || record.issuedAt < grant.from) return false
  if (!isJoined(grant, grant, record.issuedAt)) return false
  const { scope, until } = termsAt(grant, record.issuedAt)
  if (until !== undefined && record.issuedAt > until) return false
  const qualification = findQualification(record.reservation.qualification)
  // For what it says of places the body answers, whose certificates are all of one state; the centre is the certificate's own.
  const { places: _, ...elsewhere } = scope
  const site = record.reservation.centre
  return qualification !== undefined && scopeCovers(elsewhere, { qualification, site }).covered
}

export async function requireOwnGrant(issuer: string, grant: string, reader: CommitReader): Promise<Grant> {
  const found = entityAt(issuer, await trustOf(reader)(issuer), EVERYTHING)?.grants.find(({ id }) => id === grant)
  if (found === undefined) throw new RegistryError('not-found', 'no such accreditation')
  return found
}

/** What one question looks through, unless it asks for less; more than this is said as "at least". */
export const LOOKED_THROUGH = 10_000
const PAGE = 100

export interface Affected {
  affected: number
  atLeast?: true
}

/**
 * How many certificates that are not revoked were issued under a grant. Absent for a grant of another right: what was issued below it
 * is counted body by body. The list is for the body itself (`listCertificates`).
 */
export async function countAffected(
  { issuer, grant: id, lookThrough = LOOKED_THROUGH }: { issuer: string; grant: string; lookThrough?: number },
  { store }: { store: CommitReader },
): Promise<Affected | undefined> {
  const grant = await requireOwnGrant(issuer, id, store)
  if (grant.right !== 'issue') return undefined
  const { records, isAll } = await recordsOf(issuer, lookThrough, store)
  const affected = records.filter((record) => record.state !== 'revoked' && restsOn(grant, record)).length
  return { affected, ...(!isAll && { atLeast: true }) }
}

/** The newest certificates of an issuer, as many as are looked through. */
export async function recordsOf(
  issuer: string,
  lookThrough: number,
  store: CommitReader,
): Promise<{ records: CertificateRecord[]; isAll: boolean }> {
  const found: CertificateRecord[] = []
  let after: string | undefined
  for (let looked = 0; looked < lookThrough; looked += PAGE) {
    const page = await store.list<CertificateEvent>(`CERTIFICATES#${issuer}`, {
      limit: Math.min(PAGE, lookThrough - looked),
      newestFirst: true,
      ...(after && { after }),
    })
    const records = await Promise.all(
      page.commits.map(async ({ stream }) =>
        recordOf(stream.slice(stream.lastIndexOf('/') + 1), await store.read<CertificateEvent>(stream)),
      ),
    )
    found.push(...records.filter((record) => record !== undefined))
    after = page.next
    if (after === undefined) return { records: found, isAll: true }
  }
  return { records: found, isAll: false }
}

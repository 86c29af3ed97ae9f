import { listedRecord } from '../certificates/listed-record.ts'
import type { CertificateEvent } from '../certificates/record.ts'
import type { CommitReader } from '../stream.ts'
import { requireMember } from '../trust/members.ts'

/** A certificate that was issued before the period of retention. It names no person and no number. */
export interface DueCertificate {
  uuid: string
  qualification: string
  issuedAt: string
}

/**
 * The certificates of a body that were issued before a moment, the oldest first. Those that are erased or have a legal hold are left out, so
 * a page may be shorter than `limit`. The period is an argument: who states it decides it. Nothing is erased because it is in this list.
 */
export async function listDue(
  {
    issuer,
    subject,
    before,
    ...page
  }: { issuer: string; subject: string; before: Date; limit: number; after?: string },
  { reader }: { reader: CommitReader },
): Promise<{ certificates: DueCertificate[]; next?: string }> {
  await requireMember({ owner: issuer, subject, role: 'read' }, { reader })
  const listed = await reader.list<CertificateEvent>(`CERTIFICATES#${issuer}`, {
    ...page,
    newestFirst: false,
    until: before.toISOString(),
  })
  const records = await Promise.all(listed.commits.map((commit) => listedRecord(commit, reader)))
  const certificates = records.flatMap((record) => {
    if (record === undefined || !('issuedAt' in record) || record.erased !== undefined || record.holds.length > 0)
      return []
    return [{ uuid: record.uuid, qualification: record.reservation.qualification, issuedAt: record.issuedAt }]
  })
  return { certificates, ...(listed.next && { next: listed.next }) }
}

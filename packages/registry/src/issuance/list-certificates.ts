import { catalogueOf } from '../catalogue/reader.ts'
import { requireOwnGrant, restsOn, withdrawnFrom } from '../certificates/affected.ts'
import type { Hold } from '../certificates/keeping.ts'
import { listedRecord } from '../certificates/listed-record.ts'
import { printsOf } from '../certificates/prints.ts'
import { noSuchCertificate, readRecord } from '../certificates/read-record.ts'
import type { CertificateEvent, CertificateRecord } from '../certificates/record.ts'
import { recordsOfNumber } from '../certificates/records-of-number.ts'
import { type IssuerSecret, issuerSecret, numberTag, openNumber } from '../certificates/secrecy.ts'
import { linkNumber } from '../erasure/new-link.ts'
import type { NoteOpener, SecretReader } from '../ports.ts'
import { type CommitReader, readOnce } from '../stream.ts'
import { requireMember } from '../trust/members.ts'

/** The summary of a certificate for the body's own officers. It never contains a name. */
export interface CertificateSummary {
  id: string
  qualification: string
  /** Absent once the certificate is erased: its number leads to the person. A search for the number still finds it. */
  certificateNumber?: string
  issuedAt?: string
  /** The moment of its erasure. Nothing of the person can be opened any more. */
  erasedAt?: string
  /** Legal holds: since when, and by which authority. Absent `by`: the body itself. */
  holds?: readonly Hold[]
  state: CertificateRecord['state']
  since?: string
  reason?: string
  successor?: string
}

interface ListCertificatesDeps {
  reader: CommitReader
  secrets: SecretReader
}

/**
 * Newest first. `after` is the `next` of the page before. With `grant`, the answer has only certificates that were issued under it and are
 * not revoked, from `since` on: those that a change from that moment affects. Without `since` it starts when the grant was withdrawn, or
 * at the first certificate. A filtered page may then be shorter than `limit`.
 */
export async function listCertificates(
  {
    issuer,
    subject,
    limit,
    after,
    grant,
    since,
  }: { issuer: string; subject: string; limit: number; after?: string; grant?: string; since?: string },
  { reader, secrets }: ListCertificatesDeps,
): Promise<{ certificates: CertificateSummary[]; next?: string }> {
  await requireMember({ owner: issuer, subject, role: 'read' }, { reader })
  const under = grant === undefined ? undefined : await requireOwnGrant(issuer, grant, reader)
  const from = under && (since ?? withdrawnFrom(under))
  const secret = await issuerSecret(issuer, { reader, secrets })
  const catalogue = catalogueOf(readOnce(reader))
  const page = await reader.list<CertificateEvent>(`CERTIFICATES#${issuer}`, {
    limit,
    newestFirst: true,
    ...(after && { after }),
    // The index is sorted by the moment of issue.
    ...(from && { since: from }),
  })
  const certificates = await Promise.all(
    page.commits.map(async (listed) => {
      const record = await listedRecord(listed, reader)
      if (record === undefined) return undefined
      const { qualification } = record.reservation
      if (under && (record.state === 'revoked' || !restsOn(under, record, await catalogue(qualification))))
        return undefined
      return summaryOf(record, secret)
    }),
  )
  return {
    certificates: certificates.filter((summary) => summary !== undefined),
    ...(page.next && { next: page.next }),
  }
}

/** The certificates with this number, newest first, for the body's own members. Empty if there is none. */
export async function findByNumber(
  { issuer, number, subject }: { issuer: string; number: string; subject: string },
  { reader, secrets }: ListCertificatesDeps,
): Promise<CertificateSummary[]> {
  await requireMember({ owner: issuer, subject, role: 'read' }, { reader })
  const secret = await issuerSecret(issuer, { reader, secrets })
  const records = await recordsOfNumber(issuer, numberTag(secret, number), reader)
  return records.map((record) => summaryOf(record, secret))
}

export interface CertificateDetail extends CertificateSummary {
  edition: string
  statusEntry: { pair: string; index: number }
  /** The number of its present link. The first has number 1. */
  link?: number
  replaces?: string
  /** The certificate of the award before, and that of the award after. */
  renews?: string
  renewed?: string
  /** `by`: the authority that acted. Absent: the body itself. `approvedBy`: the second person, if there was one. `batch`: the
   * batch or list of which it is a row. */
  history: {
    at: string
    event: string
    reason?: string
    note?: string
    actor: string
    by?: string
    approvedBy?: string
    batch?: string
  }[]
}

/** One certificate with its whole history, including notes. Throws `not-found`. */
export async function showCertificate(
  { issuer, uuid, subject }: { issuer: string; uuid: string; subject: string },
  { reader, secrets, notes }: ListCertificatesDeps & { notes: NoteOpener },
): Promise<CertificateDetail> {
  await requireMember({ owner: issuer, subject, role: 'read' }, { reader })
  const record = await readRecord(issuer, uuid, reader)
  if (record === undefined) throw noSuchCertificate()
  const secret = await issuerSecret(issuer, { reader, secrets })
  const { edition, status, replaces, renews } = record.reservation
  const history: CertificateDetail['history'] = []
  for (const { events, recordedAt, actor } of record.commits) {
    for (const event of events) {
      history.push({
        at: recordedAt,
        event: event.type,
        actor,
        ...('reason' in event && event.reason && { reason: event.reason }),
        ...('by' in event && event.by && { by: event.by }),
        ...('approvedBy' in event && event.approvedBy && { approvedBy: event.approvedBy }),
        ...('batch' in event && event.batch && { batch: event.batch }),
        // A note may be about the person.
        ...('note' in event &&
          event.note &&
          record.erased === undefined && { note: await notes.open(issuer, event.note) }),
      })
    }
  }
  for (const { events, recordedAt, actor } of await printsOf(issuer, uuid, reader))
    for (const { copy, reason } of events)
      history.push({
        at: recordedAt,
        event: copy === 1 ? 'printed' : 'duplicate-printed',
        actor,
        ...(reason && { reason }),
      })
  history.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
  return {
    ...summaryOf(record, secret),
    edition,
    statusEntry: status,
    ...('generation' in record && { link: linkNumber(record) }),
    ...(replaces && { replaces: `urn:uuid:${replaces}` }),
    ...(renews && { renews: `urn:uuid:${renews}` }),
    ...(record.renewed && { renewed: `urn:uuid:${record.renewed.uuid}` }),
    history,
  }
}

export function summaryOf(record: CertificateRecord, secret: IssuerSecret): CertificateSummary {
  const { uuid, reservation, erased, holds } = record
  return {
    id: `urn:uuid:${uuid}`,
    qualification: reservation.qualification,
    ...(erased === undefined
      ? { certificateNumber: openNumber(secret, uuid, reservation.number.sealed) }
      : { erasedAt: erased.at }),
    ...(holds.length > 0 && { holds }),
    state: record.state,
    ...('issuedAt' in record && { issuedAt: record.issuedAt }),
    ...('since' in record && { since: record.since, reason: record.reason }),
    ...('successor' in record && record.successor && { successor: `urn:uuid:${record.successor}` }),
  }
}

import { awardsIndex, type NumberClaimed } from '../certificates/certificate-number.ts'
import { listedRecord } from '../certificates/listed-record.ts'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateEvent, CertificateRecord, ReleasedRecord } from '../certificates/record.ts'
import { issuerSecret } from '../certificates/secrecy.ts'
import { openPairs } from '../certificates/status-pair.ts'
import { HOUR_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import type { SecretReader } from '../ports.ts'
import type { Commit, CommitReader, IndexKey } from '../stream.ts'
import { requireMember } from '../trust/members.ts'
import { isReleased } from './attempt.ts'
import { type CertificateSummary, summaryOf } from './list-certificates.ts'

/** What a member asks the list for. Without a state: every certificate that was issued. `month`: of its issue in UTC, `YYYY-MM`. */
export interface CertificateFilter {
  state?: ReleasedRecord['state']
  qualification?: string
  month?: string
}

/** Entries of indexes that one page looks through, for each certificate that it may show. */
const MOST_PER_SHOWN = 5

/** One index that the question reads. They are read one after the other. */
interface Source {
  index: IndexKey
  /** The certificate of an entry, from its own stream. Undefined: the entry is not its last word, or was never released. */
  recordOf: (commit: Commit<never>) => Promise<CertificateRecord | undefined>
  since?: string
  until?: string
}

/**
 * The certificates of a body that pass a filter, newest first: by issue, or for a state that few have, by the change to it. A page reads
 * in proportion to its own length, whatever the body has issued: it chooses the narrowest index and looks through a limited part of it. So
 * it may be shorter than `limit`, or empty, and still have a `next`. No page has a person.
 */
export async function filterCertificates(
  {
    issuer,
    subject,
    filter,
    limit,
    after = '0~',
  }: { issuer: string; subject: string; filter: CertificateFilter; limit: number; after?: string },
  { reader, secrets }: { reader: CommitReader; secrets: SecretReader },
): Promise<{ certificates: CertificateSummary[]; next?: string }> {
  await requireMember({ owner: issuer, subject, role: 'read' }, { reader })
  const secret = await issuerSecret(issuer, { reader, secrets })
  const sources = await sourcesOf(issuer, filter, reader)
  const found: CertificateSummary[] = []
  let { at, position } = placeIn(after)
  for (let left = limit * MOST_PER_SHOWN; left > 0 && found.length < limit; ) {
    const source = sources[at]
    if (source === undefined) return { certificates: found }
    const { index, recordOf, ...span } = source
    const most = Math.min(left, limit - found.length)
    const page = await reader.list<never>(index, {
      limit: most,
      newestFirst: true,
      ...span,
      ...(position !== '' && { after: position }),
    })
    for (const record of await Promise.all(page.commits.map(recordOf)))
      if (record !== undefined && isReleased(record) && passes(record, filter)) found.push(summaryOf(record, secret))
    left -= most
    if (page.next === undefined) at += 1
    position = page.next ?? ''
  }
  return { certificates: found, ...(at < sources.length && { next: `${at}~${position}` }) }
}

function placeIn(after: string): { at: number; position: string } {
  const [, at, position = ''] = /^(\d{1,6})~(.*)$/s.exec(after) ?? []
  if (at === undefined) throw new RegistryError('no-such-page', 'there is no such page')
  return { at: Number(at), position }
}

const passes = (record: ReleasedRecord, { state, qualification, month }: CertificateFilter): boolean =>
  (state === undefined || record.state === state) &&
  (qualification === undefined || record.reservation.qualification === qualification) &&
  (month === undefined || record.issuedAt.startsWith(month))

/** Few certificates are suspended or revoked, so their changes are read. For all others: the list of the qualification, and then what is older than it, or the list of the body. */
async function sourcesOf(
  issuer: string,
  { state, qualification, month }: CertificateFilter,
  reader: CommitReader,
): Promise<Source[]> {
  const span = month === undefined ? undefined : spanOf(month)
  if (state === 'suspended' || state === 'revoked') {
    const pairs = (await openPairs(issuer, reader)).flatMap(({ events }) => events.map(({ pair }) => pair))
    const recordOf = (commit: Commit<never>) => lastChange(commit, reader)
    return pairs.toReversed().map((pair) => ({
      index: `STATUS#${pair}` as const,
      recordOf,
      // A change comes after the issue, at any time.
      ...(span && { since: span.since }),
    }))
  }
  if (qualification === undefined)
    return [{ index: `CERTIFICATES#${issuer}`, recordOf: (commit) => listedRecord(commit, reader), ...span }]
  const recordOf = ({ events }: Commit<NumberClaimed>) => {
    const uuid = events[0]?.uuid
    return uuid === undefined ? Promise.resolve(undefined) : readRecord(issuer, uuid, reader)
  }
  const awards = awardsIndex(issuer, qualification)
  // Earlier versions recorded no claim there. What they issued stands before the first claim, in the list of the body.
  const [first] = (await reader.list(awards, { limit: 1, newestFirst: false })).commits
  const before = [first?.recordedAt, span?.until].filter((moment) => moment !== undefined).sort()[0]
  return [
    { index: awards, recordOf, ...span },
    {
      index: `CERTIFICATES#${issuer}`,
      recordOf: (commit) => listedRecord(commit, reader),
      ...(span && { since: span.since }),
      ...(before !== undefined && { until: before }),
    },
  ]
}

/** The certificate, if this commit is the last change of its state: one that changed twice stands in the list once. */
async function lastChange(
  commit: Commit<CertificateEvent>,
  reader: CommitReader,
): Promise<CertificateRecord | undefined> {
  const record = await listedRecord(commit, reader)
  const last = record?.commits.findLast(({ events }) => events.some((event) => 'index' in event))
  return last?.number === commit.number ? record : undefined
}

/** From a little before the month, because a number is claimed before the certificate is issued. */
function spanOf(month: string): { since: string; until: string } {
  const begin = new Date(`${month}-01T00:00:00.000Z`)
  const end = new Date(begin)
  end.setUTCMonth(end.getUTCMonth() + 1)
  return { since: new Date(begin.getTime() - HOUR_MS).toISOString(), until: end.toISOString() }
}

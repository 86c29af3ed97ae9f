import { RegistryError } from '../errors.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import type { Verdict } from '../verification/verification.ts'

/** What the reporter says is wrong. A closed list, so that nobody has to write about a person. */
export const reportReasons = ['altered', 'not-the-person', 'no-assessment', 'sold', 'false-site', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]

/** What is wrong with a public record. A closed list as well. */
export const mistakeReasons = ['title', 'level', 'units', 'dates', 'codes', 'other'] as const
export type MistakeReason = (typeof mistakeReasons)[number]

/** What an officer found. No outcome changes a verdict: revoking is a decision of its own. */
export const reportOutcomes = ['false', 'misused', 'genuine', 'cannot-tell'] as const
export type ReportOutcome = (typeof reportOutcomes)[number]

/** What an officer of the owner found. No outcome changes the record: stating it anew is a decision of two officers. */
export const mistakeOutcomes = ['mistake', 'no-mistake', 'cannot-tell'] as const
export type MistakeOutcome = (typeof mistakeOutcomes)[number]

/** The verdict at the moment of the report. `not-read`: there was no certificate that could be read. */
export type ReportedVerdict = Verdict | 'not-found' | 'not-read'

/** What is known about a reported certificate. It never holds a link, a file, a name or a number. */
export interface ReportedCertificate {
  kind: 'link' | 'file' | 'site'
  /** SHA-256 of the token, of the file or of the site, base64url. */
  digest: string
  /** UUID of a certificate that this registry recorded for the body. */
  certificate?: string
  /** Only for a link to another site: its origin. */
  site?: string
  /** The DID of the issuer that the file names, if it is not the body. */
  claims?: string
}

/** A public record of the catalogue. */
export interface RecordName {
  of: 'qualification' | 'framework'
  id: string
}

/** A record in which somebody saw a mistake. */
export interface ReportedRecord {
  kind: 'record'
  /** SHA-256 of the record, of its version and of what is wrong, base64url. */
  digest: string
  /** `version`: how many commits the record had. */
  record: RecordName & { version: number }
}

/** The part that each reporter of the same thing adds. */
interface Statement {
  reason: ReportReason | MistakeReason
  /** Only of a certificate. */
  verdict?: ReportedVerdict
  /** Only of a qualification: the edition in which the mistake is. */
  edition?: string
  /** What the reporter wrote, sealed for officers. Absent if they wrote nothing. */
  message?: string
}

export type ReportEvent =
  | ({ type: 'reported' } & (ReportedCertificate | ReportedRecord) & Statement)
  | ({ type: 'reported-again' } & Statement)
  /** In the list of this authority from now on. */
  | { type: 'sent'; to: string }
  /** An officer opened the message with this place in `messages`. */
  | { type: 'message-opened'; message: number; by: string }
  | { type: 'closed'; outcome: ReportOutcome | MistakeOutcome; by: string }

const shapes: EventShapes<ReportEvent> = {
  reported: ['kind', 'digest', 'reason'],
  'reported-again': ['reason'],
  sent: ['to'],
  'message-opened': ['message', 'by'],
  closed: ['outcome', 'by'],
}

/** One time that somebody reported the thing. */
interface Telling extends Statement {
  at: string
}

export type Report = (ReportedCertificate | ReportedRecord) & {
  id: string
  /** The body that the certificate names, or the owner of the record. The stream of the report is theirs. */
  body: string
  /** Oldest first. The first one opened the report. */
  tellings: readonly Telling[]
  /** Authorities that have it in their list. */
  sentTo: readonly string[]
  openings: readonly { telling: number; subject: string; by: string; at: string }[]
  closed?: { outcome: ReportOutcome | MistakeOutcome; subject: string; by: string; at: string }
  commits: readonly Commit<ReportEvent>[]
}

/** The fold of the stream. Undefined if nobody reported this. */
export function reportOf(body: string, id: string, commits: readonly Commit<ReportEvent>[]): Report | undefined {
  requireKnown(commits, shapes)
  const [opening] = commits[0]?.events ?? []
  if (opening?.type !== 'reported') return undefined
  const { type: _, reason: _reason, verdict: _verdict, edition: _edition, message: _message, ...thing } = opening
  const tellings: Telling[] = []
  const sentTo: string[] = []
  const openings: { telling: number; subject: string; by: string; at: string }[] = []
  let closed: Report['closed']
  for (const { events, actor: subject, recordedAt: at } of commits) {
    for (const event of events) {
      switch (event.type) {
        case 'reported':
        case 'reported-again': {
          tellings.push({ ...statementIn(event), at })
          break
        }
        case 'sent':
          sentTo.push(event.to)
          break
        case 'message-opened':
          openings.push({ telling: event.message, subject, by: event.by, at })
          break
        case 'closed':
          closed = { outcome: event.outcome, subject, by: event.by, at }
          break
        default:
          event satisfies never
      }
    }
  }
  return { ...thing, id, body, tellings, sentTo, openings, ...(closed && { closed }), commits }
}

/** The part of an event that each reporter adds. */
export const statementIn = ({ reason, verdict, edition, message }: Statement): Statement => ({
  reason,
  ...(verdict !== undefined && { verdict }),
  ...(edition !== undefined && { edition }),
  ...(message !== undefined && { message }),
})

const ID = /^[0-9A-HJKMNP-TV-Z]{16}$/
/** Whether a text has the form of a reference number. It says nothing about whether there is such a report. */
export const isReportId = (text: string): boolean => ID.test(text)

export const readReport = async (body: string, id: string, reader: CommitReader): Promise<Report | undefined> =>
  isReportId(id) ? reportOf(body, id, await reader.read<ReportEvent>(streams.report(body, id))) : undefined

/** The report, if it is in the list of `owner`. For a report of others the answer is the same as for one that does not exist (I36). */
export async function requireReport(
  { owner, body, id }: { owner: string; body: string; id: string },
  { reader }: { reader: CommitReader },
): Promise<Report> {
  const report = await readReport(body, id, reader)
  if (report === undefined || !(owner === body || report.sentTo.includes(owner)))
    throw new RegistryError('not-found', 'no such report')
  return report
}

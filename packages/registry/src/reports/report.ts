import { RegistryError } from '../errors.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import type { Verdict } from '../verification/verification.ts'

/** What the reporter says is wrong. A closed list, so that nobody has to write about a person. */
export const reportReasons = ['altered', 'not-the-person', 'no-assessment', 'sold', 'false-site', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]

/** What an officer found. No outcome changes a verdict: revoking is a decision of its own. */
export const reportOutcomes = ['false', 'misused', 'genuine', 'cannot-tell'] as const
export type ReportOutcome = (typeof reportOutcomes)[number]

/** The verdict at the moment of the report. `not-read`: there was no certificate that could be read. */
export type ReportedVerdict = Verdict | 'not-found' | 'not-read'

/** What is known about the reported thing. It never holds a link, a file, a name or a number. */
export interface ReportedThing {
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

/** The part that each reporter of the same thing adds. */
interface Statement {
  reason: ReportReason
  verdict: ReportedVerdict
  /** Contact and words of the reporter, sealed for officers. Absent if they left none. */
  message?: string
}

export type ReportEvent =
  | ({ type: 'reported' } & ReportedThing & Statement)
  | ({ type: 'reported-again' } & Statement)
  /** In the list of this authority from now on. */
  | { type: 'sent'; to: string }
  /** An officer opened the message with this place in `messages`. */
  | { type: 'message-opened'; message: number; by: string }
  | { type: 'closed'; outcome: ReportOutcome; by: string }

const shapes: EventShapes<ReportEvent> = {
  reported: ['kind', 'digest', 'reason', 'verdict'],
  'reported-again': ['reason', 'verdict'],
  sent: ['to'],
  'message-opened': ['message', 'by'],
  closed: ['outcome', 'by'],
}

/** One time that somebody reported the thing. */
interface Telling extends Statement {
  at: string
}

export interface Report extends ReportedThing {
  id: string
  body: string
  /** Oldest first. The first one opened the report. */
  tellings: readonly Telling[]
  /** Authorities that have it in their list. */
  sentTo: readonly string[]
  openings: readonly { telling: number; subject: string; by: string; at: string }[]
  closed?: { outcome: ReportOutcome; subject: string; by: string; at: string }
  commits: readonly Commit<ReportEvent>[]
}

/** The fold of the stream. Undefined if nobody reported this. */
export function reportOf(body: string, id: string, commits: readonly Commit<ReportEvent>[]): Report | undefined {
  requireKnown(commits, shapes)
  const [opening] = commits[0]?.events ?? []
  if (opening?.type !== 'reported') return undefined
  const { type: _, reason: _reason, verdict: _verdict, message: _message, ...thing } = opening
  const tellings: Telling[] = []
  const sentTo: string[] = []
  const openings: { telling: number; subject: string; by: string; at: string }[] = []
  let closed: Report['closed']
  for (const { events, actor: subject, recordedAt: at } of commits) {
    for (const event of events) {
      switch (event.type) {
        case 'reported':
        case 'reported-again': {
          const { reason, verdict, message } = event
          tellings.push({ reason, verdict, at, ...(message !== undefined && { message }) })
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

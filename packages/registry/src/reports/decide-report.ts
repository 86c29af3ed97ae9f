import { RegistryError } from '../errors.ts'
import type { NoteOpener } from '../ports.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { requireMember, requireOfficer } from '../trust/members.ts'
import type { ReporterMessage } from './record-report.ts'
import {
  type MistakeOutcome,
  mistakeOutcomes,
  type Report,
  type ReportEvent,
  type ReportOutcome,
  reportOutcomes,
  requireReport,
} from './report.ts'

/** An officer's request about one report. */
interface Asked {
  authority: string
  subject: string
  body: string
  id: string
}

interface Deps {
  store: CommitStore
  now: Date
}

/** Opens what a reporter wrote. The opening is recorded first, so that nobody reads it without a trace. Throws `not-found`. */
export async function openReportMessage(
  { telling, ...asked }: Asked & { telling: number },
  { notes, ...deps }: Deps & { notes: NoteOpener },
): Promise<ReporterMessage> {
  const { authority: by, subject } = asked
  await requireOfficer({ owner: by, subject }, { reader: deps.store })
  const report = await reportFor(asked, deps)
  const sealed = report.tellings[telling]?.message
  if (sealed === undefined) throw new RegistryError('not-found', 'no such message')
  await append(report, { type: 'message-opened', message: telling, by }, asked, deps)
  return JSON.parse(await notes.open(report.body, sealed)) as ReporterMessage
}

/** The outcomes with which a report can be closed: those of a record, or those of a certificate. */
export const outcomesOf = ({ kind }: Pick<Report, 'kind'>): readonly (ReportOutcome | MistakeOutcome)[] =>
  kind === 'record' ? mistakeOutcomes : reportOutcomes

/** Closes a report with what was found. It changes no verdict and no record. Throws `conflict` if it is closed already. */
export async function closeReport(
  { outcome, ...asked }: Asked & { outcome: ReportOutcome | MistakeOutcome },
  deps: Deps,
): Promise<void> {
  const { authority: by, subject } = asked
  await requireMember({ owner: by, subject, role: 'propose' }, { reader: deps.store })
  const report = await reportFor(asked, deps)
  // A body reads the reports of fakes in its name. Only an authority that got one says what was found. Mistakes are sent to the owner.
  if (!report.sentTo.includes(by)) throw new RegistryError('not-found', 'no such report')
  if (!outcomesOf(report).includes(outcome))
    throw new RegistryError('validation-failed', 'this report cannot have this outcome', {
      faults: [{ pointer: '/outcome', detail: 'must be an outcome of this kind of report' }],
    })
  if (report.closed !== undefined) throw new RegistryError('conflict', 'this report is closed already')
  await append(report, { type: 'closed', outcome, by }, asked, deps)
}

const reportFor = ({ authority: owner, body, id }: Asked, { store }: Deps): Promise<Report> =>
  requireReport({ owner, body, id }, { reader: store })

async function append(report: Report, event: ReportEvent, { authority: by, subject }: Asked, deps: Deps) {
  const change = { events: [event], actor: subject, now: deps.now, index: `TRAIL#${by}` as const }
  await deps.store.append({ ...nextCommit(streams.report(report.body, report.id), report.commits, change), by })
}

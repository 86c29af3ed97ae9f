import type { Patience } from '../lost-race.ts'
import type { NoteSealer } from '../ports.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { type ReportEvent, reportOf, statementIn } from './report.ts'

/** Later reports of the same thing change nothing, so that nobody can fill a report by sending it again. */
export const MOST_TELLINGS = 20

export interface RecordReportDeps {
  store: CommitStore
  notes: NoteSealer
  patience: Patience
  now: Date
}

/** What a reporter wrote, for officers alone. */
export interface ReporterMessage {
  /** How to reach the reporter. */
  contact?: string
  /** What the reporter wants to add. */
  words?: string
  /** Of a mistake: the address of a page that shows what is right. */
  source?: string
}

/** One text for all that a reporter wrote, so that opening it is one recorded act. Empty if they wrote nothing. */
export async function sealMessage(
  body: string,
  { contact, words, source }: ReporterMessage,
  { notes }: Pick<RecordReportDeps, 'notes'>,
): Promise<{ message?: string }> {
  if (contact === undefined && words === undefined && source === undefined) return {}
  return { message: await notes.seal(body, JSON.stringify({ contact, words, source })) }
}

type Reported = Extract<ReportEvent, { type: 'reported' }>
type Without<E> = E extends unknown ? Omit<E, 'type'> : never

/**
 * Writes what is still missing: the report, or one more telling of it, and its place in each list. After a crash in between, the same report
 * again completes it.
 */
export async function recordReport(
  {
    body,
    id,
    event,
    recipients,
    actor,
  }: { body: string; id: string; event: Without<Reported>; recipients: readonly string[]; actor: string },
  { store, now }: Pick<RecordReportDeps, 'store' | 'now'>,
): Promise<void> {
  const stream = streams.report(body, id)
  const commits = await store.read<ReportEvent>(stream)
  const before = reportOf(body, id, commits)
  const history = [...commits]
  const append = async (own: ReportEvent, owner?: string) => {
    const index = owner === undefined ? {} : ({ index: `REPORTS#${owner}` } as const)
    const commit = nextCommit(stream, history, { events: [own], actor, now, ...index })
    await store.append(commit)
    history.push(commit)
  }
  if (before === undefined) await append({ type: 'reported', ...event }, body)
  else if (before.tellings.length < MOST_TELLINGS) await append({ type: 'reported-again', ...statementIn(event) })
  const missing = recipients.filter((to) => !before?.sentTo.includes(to))
  // The body has it in its list already, by the first commit.
  for (const to of missing) await append({ type: 'sent', to }, to === body ? undefined : to)
}

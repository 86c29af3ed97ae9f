import { RegistryError } from '../errors.ts'
import { type Patience, untilWon } from '../lost-race.ts'
import type { NoteSealer } from '../ports.ts'
import { type CommitStore, isOwnerId, nextCommit, streams } from '../stream.ts'
import type { Entity } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import type { VerifyDeps } from '../verification/verify-deps.ts'
import { type Examined, examine, type HandedIn, knownCertificate, reportId } from './examine.ts'
import { recipientsOf } from './recipients.ts'
import { type ReportEvent, type ReportReason, reportOf } from './report.ts'

/** Later reports of the same thing change nothing, so that nobody can fill a report by sending it again. */
export const MOST_TELLINGS = 20

export interface FakeReport {
  handedIn: HandedIn
  reason: ReportReason
  /** The body that the certificate names, as the reporter says. It counts only if the thing itself names no body of this registry. */
  body?: string
  /** How to reach the reporter. */
  contact?: string
  /** What the reporter wants to add. */
  words?: string
}

export interface ReportDeps extends VerifyDeps {
  store: CommitStore
  notes: NoteSealer
  patience: Patience
}

export interface SentReport {
  reference: string
  body: string
  sentTo: readonly string[]
}

/** Who wrote a report is not known. */
const ACTOR = 'system:report-fake'

/**
 * Records that somebody takes a certificate for false, and puts it into the lists of the body and of its authorities. It never changes a
 * verdict. The thing itself is not kept, and neither is anything about the person that it names.
 */
export async function reportFake(report: FakeReport, deps: ReportDeps): Promise<SentReport> {
  const examined = await examine(report.handedIn, deps) // 1
  const body = await requireBody(examined, report.body, deps) // 2
  const certificate = await knownCertificate(body.id, examined, deps)
  const { store, policy, now } = deps
  const recipients = await recipientsOf(body, { store, policy, now }) // 3
  const message = await seal(body.id, report, deps) // 4
  const statement = { reason: report.reason, verdict: examined.verdict, ...(message !== undefined && { message }) }
  const { issuer } = examined
  const thing = {
    ...examined.thing,
    ...(certificate !== undefined && { certificate }),
    ...(issuer !== undefined && examined.body !== body.id && { claims: issuer }),
  }
  const id = reportId(thing.digest)
  await untilWon(
    () => record({ body: body.id, id, event: { ...thing, ...statement }, recipients }, deps),
    deps.patience,
  ) // 5
  return { reference: id, body: body.id, sentTo: recipients }
}

async function requireBody({ body: named }: Examined, chosen: string | undefined, deps: ReportDeps): Promise<Entity> {
  for (const id of [named, chosen]) {
    if (id === undefined || !isOwnerId(id)) continue
    const entity = entityAt(id, await trustOf(deps.store)(id), deps.now.toISOString())
    if (entity?.kind === 'body' && !entity.sandbox) return entity
  }
  throw new RegistryError('validation-failed', 'The report names no body of this registry.', {
    faults: [
      { pointer: '/body', detail: 'must be a body of this registry: choose the one that the certificate names' },
    ],
  })
}

/** One text for both, so that opening it is one recorded act. */
async function seal(body: string, { contact, words }: FakeReport, { notes }: ReportDeps): Promise<string | undefined> {
  if (contact === undefined && words === undefined) return undefined
  return notes.seal(body, JSON.stringify({ contact, words }))
}

type Reported = Omit<Extract<ReportEvent, { type: 'reported' }>, 'type'>

/**
 * Writes what is still missing: the report, or one more telling of it, and its place in each list. After a crash in between, the same report
 * again completes it.
 */
async function record(
  { body, id, event, recipients }: { body: string; id: string; event: Reported; recipients: readonly string[] },
  { store, now }: ReportDeps,
): Promise<void> {
  const stream = streams.report(body, id)
  const commits = await store.read<ReportEvent>(stream)
  const before = reportOf(body, id, commits)
  const history = [...commits]
  const append = async (own: ReportEvent, owner?: string) => {
    const index = owner === undefined ? {} : ({ index: `REPORTS#${owner}` } as const)
    const commit = nextCommit(stream, history, { events: [own], actor: ACTOR, now, ...index })
    await store.append(commit)
    history.push(commit)
  }
  const { reason, verdict, message } = event
  if (before === undefined) await append({ type: 'reported', ...event }, body)
  else if (before.tellings.length < MOST_TELLINGS)
    await append({ type: 'reported-again', reason, verdict, ...(message !== undefined && { message }) })
  const missing = recipients.filter((to) => !before?.sentTo.includes(to))
  // The body has it in its list already, by the first commit.
  for (const to of missing) await append({ type: 'sent', to }, to === body ? undefined : to)
}

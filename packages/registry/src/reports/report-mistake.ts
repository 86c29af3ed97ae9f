import { type Qualification, REGION } from '@sijil/qualifications'
import { baselineAt } from '../catalogue/baseline-at.ts'
import { EVER, frameworkRecordAt } from '../catalogue/framework-at.ts'
import { ownerOfRecord } from '../catalogue/owner.ts'
import { lastStated } from '../catalogue/qualification-at.ts'
import { catalogueOf, frameworkOf } from '../catalogue/reader.ts'
import type { DecideReader } from '../decisions/decide-deps.ts'
import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import type { CommitReader } from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { listMembers } from '../trust/members.ts'
import { isWholeRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import { everyRegistered } from '../trust/registrations.ts'
import { lastSuccessor } from '../trust/successors.ts'
import { digestOf, reportId } from './examine.ts'
import { recipientsOf } from './recipients.ts'
import { type RecordReportDeps, type ReporterMessage, recordReport, sealMessage } from './record-report.ts'
import { type MistakeReason, type RecordName, readReport } from './report.ts'

export interface MistakeReport extends ReporterMessage {
  record: RecordName
  reason: MistakeReason
  /** Only of a qualification. Absent: the mistake is not in one edition alone. */
  edition?: string
}

/** A record as a reporter sees it. */
export interface ReportableRecord {
  title: string
  /** The editions that its owner stated. */
  editions: readonly string[]
  /** Number of commits. */
  version: number
  /** The owner, or the root of the state. Undefined: nobody in this registry answers for the record. */
  owner?: Entity
}

/** A record that was closed so often in one version gets no further report. Later ones count in the last one. */
const MOST_ROUNDS = 10

/** Who wrote a report is not known. */
const ACTOR = 'system:report-mistake'

/**
 * Records that somebody sees a mistake in a public record, in the list of the one who answers for it. It changes no record. Throws
 * `not-found` for no such record, and `conflict` if nobody in this registry answers for it: then nothing is recorded.
 */
export async function reportMistake(
  { record, reason, edition, ...message }: MistakeReport,
  deps: DecideReader & RecordReportDeps,
): Promise<{ reference: string; owner: string }> {
  const { owner, version, editions } = await requireRecord(record, deps) // 1
  if (owner === undefined)
    throw new RegistryError(
      'conflict',
      'Nobody in this registry is responsible for this record. Write to its operator.',
      {
        reason: 'nobody-answers',
      },
    )
  if (edition !== undefined && !editions.includes(edition))
    throw new RegistryError('validation-failed', 'The record has no such edition.', {
      faults: [{ pointer: '/edition', detail: 'must be an edition of this qualification' }],
    })
  const body = owner.id
  const recipients = await readersFor(owner, deps) // 2
  const sealed = await sealMessage(body, message, deps) // 3
  const thing = { of: record.of, id: record.id, version }
  const reference = await untilWon(async () => {
    const { id, digest } = await openReportOf(body, { ...thing, reason }, deps) // 4
    const event = { kind: 'record', digest, record: thing, reason, ...(edition && { edition }), ...sealed } as const
    await recordReport({ body, id, event, recipients, actor: ACTOR }, deps) // 5
    return id
  }, deps.patience)
  return { reference, owner: body }
}

/** The record with the one who answers for it. Throws `not-found`. */
export async function requireRecord(name: RecordName, deps: DecideReader): Promise<ReportableRecord> {
  const found = await findRecord(name, deps)
  if (found === undefined) throw new RegistryError('not-found', 'there is nothing at this address')
  const { state, ownerId, ...shown } = found
  const owner = (await presentOwner(ownerId, deps)) ?? (await rootOf(state, deps))
  return { ...shown, ...(owner && { owner }) }
}

/** What a record is called, and its version. Undefined: there is no such record. */
export async function findRecord({ of, id }: RecordName, { store, now }: Pick<DecideReader, 'store' | 'now'>) {
  const { commits, found } = of === 'qualification' ? await qualification(id, store) : await framework(id, store)
  if (found === undefined) return undefined
  const { state, ...shown } = found
  return {
    ...shown,
    state: state ?? REGION,
    version: commits.length,
    ownerId: ownerOfRecord(id, commits, now.toISOString()),
  }
}

async function qualification(id: string, store: CommitReader) {
  const { commits } = await catalogueOf(store)(id)
  const stated = lastStated({ commits })
  const record = stated?.statement.value ?? baselineAt<Qualification>(commits, EVER)
  const editions = stated?.editions.map(({ value }) => value.id) ?? []
  return { commits, found: record && { title: record.title, state: record.state, editions } }
}

async function framework(id: string, store: CommitReader) {
  const { commits } = await frameworkOf(id, store)
  const record = frameworkRecordAt({ id, commits }, EVER)
  return { commits, found: record && { title: record.name, state: record.state, editions: [] } }
}

/** The owner as it is registered, or the one that took its place. */
async function presentOwner(id: string | undefined, deps: DecideReader): Promise<Entity | undefined> {
  if (id === undefined) return undefined
  const entity = await entityOf((await lastSuccessor(id, deps)) ?? id, deps)
  return entity === undefined || entity.sandbox ? undefined : entity
}

/** The root that speaks for everything in the state. */
async function rootOf(state: string, deps: DecideReader): Promise<Entity | undefined> {
  const ids = await everyRegistered(
    deps.store,
    ({ type, identity }) => type === 'authority-registered' && identity.state === state,
  )
  const entities = await Promise.all(ids.toSorted().map((id) => entityOf(id, deps)))
  const root = entities.find((entity) => entity !== undefined && isWholeRoot(entity, deps.policy))
  return root && presentOwner(root.id, deps)
}

/** The owner alone. If none of its members may close a report, also the authorities above it. */
async function readersFor(owner: Entity, deps: DecideReader): Promise<readonly string[]> {
  const members = await listMembers(owner.id, deps.store)
  if (members.some(({ roles }) => roles.includes('propose'))) return [owner.id]
  return [...new Set([owner.id, ...(await recipientsOf(owner, deps))])]
}

/**
 * The report to which this one belongs. The same mistake in the same version is one report until it is closed. Afterwards there is a new
 * one, because another reporter may show what the first one could not.
 */
async function openReportOf(
  body: string,
  { of, id, version, reason }: RecordName & { version: number; reason: MistakeReason },
  { store }: DecideReader,
): Promise<{ id: string; digest: string }> {
  for (let round = 0; ; round++) {
    const digest = digestOf('mistake', [of, id, version, reason, round].join('\0'))
    const report = { id: reportId(digest), digest }
    const isClosed = (await readReport(body, report.id, store))?.closed !== undefined
    if (!isClosed || round === MOST_ROUNDS) return report
  }
}

const entityOf = async (id: string, { store }: DecideReader) => entityAt(id, await trustOf(store)(id), EVERYTHING)

import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import { isOwnerId } from '../stream.ts'
import type { Entity } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import type { VerifyDeps } from '../verification/verify-deps.ts'
import { type Examined, examine, type HandedIn, knownCertificate, reportId } from './examine.ts'
import { recipientsOf } from './recipients.ts'
import { type RecordReportDeps, recordReport, sealMessage } from './record-report.ts'
import type { ReportReason } from './report.ts'

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

export type ReportDeps = VerifyDeps & RecordReportDeps

/** Who wrote a report is not known. */
const ACTOR = 'system:report-fake'

export interface SentReport {
  reference: string
  body: string
  sentTo: readonly string[]
}

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
  const message = await sealMessage(body.id, report, deps) // 4
  const statement = { reason: report.reason, verdict: examined.verdict, ...message }
  const { issuer } = examined
  const thing = {
    ...examined.thing,
    ...(certificate !== undefined && { certificate }),
    ...(issuer !== undefined && examined.body !== body.id && { claims: issuer }),
  }
  const id = reportId(thing.digest)
  await untilWon(
    () => recordReport({ body: body.id, id, event: { ...thing, ...statement }, recipients, actor: ACTOR }, deps),
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

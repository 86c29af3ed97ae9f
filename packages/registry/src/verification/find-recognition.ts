import { type Certificate, issuerOfDid } from '@sijil/credentials'
import { classDecisionsOf, isCovered, isOfHere, namedHere, phaseAt } from '../recognition/class-decision.ts'
import type { ClassDecision } from '../recognition/decided.ts'
import { mayRecognise } from '../recognition/may-recognise.ts'
import { type Application, type Recognition, recognitionBy, type UncheckedIssue } from '../recognition/recognition.ts'
import { allChecks } from './check.ts'
import { addressOf } from './check-qualification.ts'
import type { RecordSource } from './record-source.ts'
import type { RecordAnswer } from './stages.ts'
import type { Check } from './verification.ts'
import type { VerifyDeps } from './verify-deps.ts'

/**
 * Class decisions that cover a certificate: by what its issuer signed, and by our record of when it was issued. None is shown beside a
 * certificate that never counted. Without a record here nothing of this registry is covered. Of a certificate of another registry, the
 * day of issue is its signer's word: a decision that it does not exclude is shown as not checked, and never as matched.
 */
export async function recognitionOf(
  certificate: Certificate,
  { moment, issuedAt }: Pick<RecordAnswer, 'moment' | 'issuedAt'>,
  answers: readonly Check[],
  deps: VerifyDeps,
  source: RecordSource,
): Promise<readonly Recognition[]> {
  const { qualification, issuer, units, awardedOn, assessedOn, validFrom } = certificate
  const state = stateOf(answers)
  const { edition } = qualification
  const { keptBy } = source
  if (deps.recognitions === undefined || state === undefined || edition === undefined) return []
  const of = { qualification: namedHere(addressOf(certificate), deps.baseUrl), edition }
  // Its issuer is on the list of a registry, and so it names a qualification of that registry.
  const isRemote = keptBy?.hasLog === true && addressOf(certificate).startsWith(`${keptBy.registry}/qualifications/`)
  const notPerformed = moment === undefined && isRemote && uncheckedIssue(keptBy.registry)
  if (moment === undefined && (!notPerformed || isOfHere(of))) return []
  const commits = await deps.recognitions(of)
  const asked = {
    issuer: issuerOfDid(issuer.id, deps.baseUrl) ?? issuer.id,
    awardedOn: awardedOn ?? assessedOn ?? validFrom.slice(0, 10),
    // Its issuer signed that it is not older, so a class that ended before does not cover it.
    issuedAt: notPerformed ? new Date(validFrom).toISOString() : issuedAt,
    ...(qualification.partOf !== undefined && { units: units.map(({ code }) => code) }),
  }
  const now = deps.now.toISOString()
  const covering = classDecisionsOf(of, commits, now).filter((decision) => isCovered(decision, asked))
  // Hosts decide in the registry whose decisions these are. Without a network that is the one whose list answers.
  const trusted = deps.baseUrl === source.baseUrl ? source : deps
  return Promise.all(
    covering.map(async (decision) =>
      recognitionBy(decision, {
        applies: applicationOf(decision, state === 'now' && notPerformed ? 'open' : state, now),
        ...(notPerformed && { notPerformed }),
        isHeld: await isHeldByAll(decision, now, trusted),
      }),
    ),
  )
}

const uncheckedIssue = (registry: string): UncheckedIssue => ({
  check: 'issued-until',
  reason: 'kept-elsewhere',
  registry,
})

/** The right of each authority in whose state the decision counts. */
async function isHeldByAll(
  { of, host, terms: { units }, jointly }: ClassDecision,
  now: string,
  deps: Parameters<typeof mayRecognise>[3],
): Promise<boolean> {
  const hosts = jointly?.parties.filter(({ isOrigin }) => !isOrigin) ?? [host]
  const held = await Promise.all(hosts.map(({ id }) => mayRecognise(id, { of, units }, now, deps)))
  return held.every((each) => each)
}

function applicationOf(decision: ClassDecision, state: 'now' | 'was' | 'open', now: string): Application {
  const phase = phaseAt(decision, now)
  return phase === 'force' ? state : phase
}

/** Undefined: it never counted, or nobody knows whether it did. A certificate that counted once failed in its status or period alone. */
export function stateOf(answers: readonly Check[]): 'now' | 'was' | 'open' | undefined {
  const checks = allChecks(answers)
  const others = checks.filter(({ name }) => name !== 'status' && name !== 'period')
  if (others.some(({ outcome }) => outcome === 'failed')) return undefined
  const wrong = checks.filter(({ outcome }) => outcome === 'failed')
  if (wrong.some(({ reason }) => !past.has(reason))) return undefined
  if (wrong.length > 0) return 'was'
  return checks.every(({ outcome }) => outcome === 'passed') ? 'now' : 'open'
}

/** Of the reasons of these two checks: those of a certificate that counted before. */
const past = new Set<string | undefined>(['revoked', 'superseded', 'suspended', 'expired'])

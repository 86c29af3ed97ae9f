import { type Certificate, issuerOfDid } from '@sijil/credentials'
import { classDecisionsOf, isCovered, namedHere, phaseAt } from '../recognition/class-decision.ts'
import type { ClassDecision } from '../recognition/decided.ts'
import { mayRecognise } from '../recognition/may-recognise.ts'
import { type Application, type Recognition, recognitionBy } from '../recognition/recognition.ts'
import { allChecks } from './check.ts'
import { addressOf } from './check-qualification.ts'
import type { RecordSource } from './record-source.ts'
import type { RecordAnswer } from './stages.ts'
import type { Check } from './verification.ts'
import type { VerifyDeps } from './verify-deps.ts'

/**
 * Class decisions that cover a certificate: by what its issuer signed, and by our record of when it was issued. Without that record, its
 * day of issue is its signer's word, and nothing is covered. None is shown beside a certificate that never counted.
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
  if (deps.recognitions === undefined || moment === undefined || state === undefined || edition === undefined) return []
  const of = { qualification: namedHere(addressOf(certificate), deps.baseUrl), edition }
  const commits = await deps.recognitions(of)
  const asked = {
    issuer: issuerOfDid(issuer.id, deps.baseUrl) ?? issuer.id,
    awardedOn: awardedOn ?? assessedOn ?? validFrom.slice(0, 10),
    issuedAt,
    ...(qualification.partOf !== undefined && { units: units.map(({ code }) => code) }),
  }
  const now = deps.now.toISOString()
  const covering = classDecisionsOf(of, commits, now).filter((decision) => isCovered(decision, asked))
  // Hosts decide in the registry whose decisions these are. Without a network that is the one whose list answers.
  const trusted = deps.baseUrl === source.baseUrl ? source : deps
  return Promise.all(
    covering.map(async (decision) =>
      recognitionBy(decision, {
        applies: applicationOf(decision, state, now),
        isHeld: await isHeldByAll(decision, now, trusted),
      }),
    ),
  )
}

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

import type { Certificate } from '@sijil/credentials'
import type { StatusEntry } from '../certificates/record.ts'
import type { IssuerAnswer } from '../trust/issuer-answer.ts'
import type { TrustPolicy } from '../trust/policy.ts'

/** In this order, on every answer. See docs/verifying.md. */
export const checkNames = [
  'format',
  'proof',
  'issuer-key',
  'period',
  'status',
  'recorded',
  'issuer-trust',
  'centre',
  'qualification',
] as const
export type CheckName = (typeof checkNames)[number]

/** Why a check did not pass. A closed list: docs/verifying.md has a line for each, and a test holds the two equal. */
export const reasons = [
  // format
  'context-not-allowed',
  'malformed-value',
  'undefined-term',
  'not-a-certificate',
  'issuer-name-differs',
  // proof
  'proof-missing',
  'proof-malformed',
  'signature-mismatch',
  'suite-not-allowed',
  'proof-time-implausible',
  'key-not-at-hand',
  'challenge-mismatch',
  'domain-mismatch',
  // issuer-key
  'key-not-authorized',
  'key-retired',
  'key-suspended',
  'key-compromised',
  'issuer-mismatch',
  'holder-mismatch',
  // period
  'not-yet-valid',
  'expired',
  // status
  'revoked',
  'superseded',
  'suspended',
  'burned',
  'status-mismatch',
  'status-index-out-of-range',
  'status-list-unusable',
  'status-not-retrievable',
  // recorded
  'not-recorded',
  'not-finished',
  // issuer-trust
  'issuer-unknown',
  'issuer-refused',
  'issuer-not-accredited',
  'issuer-suspended',
  'issuer-withdrawn',
  // centre
  'centre-unknown',
  'centre-not-in-scope',
  // qualification
  'qualification-unknown',
  'level-not-supported',
  // any
  'depends-on-another-check',
  'record-not-readable',
  'kept-elsewhere',
  'list-out-of-date',
] as const
export type Reason = (typeof reasons)[number]

/** "Not performed" is not "passed": whoever decides must see that the question stayed open. */
export type Check = {
  name: CheckName
  /** Facts that the answer rests on: ids, dates, versions. Never personal data. */
  evidence?: Record<string, string | number | boolean>
} & ({ outcome: 'passed'; reason?: undefined } | { outcome: 'failed' | 'not_performed'; reason: Reason })

export type Verdict = 'valid' | 'invalid' | 'indeterminate'

export interface LevelAnswer {
  framework: string
  /** Absent: no framework level, on purpose. */
  level?: string
  /** The citation: report, version, date. */
  basis: string
  /** By the national authority. Only a confirmed level is ever signed. */
  confirmed: boolean
}

/** RFC 9457. */
export interface Problem {
  type: string
  title: string
  detail?: string
  /** JSON Pointer into the document. */
  pointer?: string
  retryable?: boolean
}

/** What another registry says of the issuer, for this qualification and today. It grants nothing, and no verdict rests on it. */
export interface Endorsement {
  registry: string
  /** Who stands behind it there, top first. */
  by: string[]
  madeAt: string
}

export interface Verification {
  verdict: Verdict
  checks: Check[]
  issuer: { onIssueDate: IssuerAnswer; today: IssuerAnswer }
  /** By which the issuer was judged: whose roots are accepted, and who is refused. Absent where it was not asked about. */
  policy?: TrustPolicy
  levels: LevelAnswer[]
  /** Only what the verified document says; absent where the signature or the profile did not hold. */
  certificate?: Certificate
  /** Its record here: when it was issued, and every change since. */
  history?: StatusEntry[]
  /** True where the issuer's name says so, or the sandbox signed it. */
  demonstration?: boolean
  /** It rests on a pilot. */
  pilot?: boolean
  problemDetails: Problem[]
  evaluatedAt: string
  /** Whose list vouches for its issuer, where that is not this registry's own as it is now. */
  list?: { registry: string; size: number; madeAt: string; validUntil: string }
  /** Regional endorsements of its issuer. */
  endorsements?: Endorsement[]
  /** How far the public logs were signed when this was made, at most ten seconds before; absent where that could not be read. */
  log?: { registry: number; certificates: number }
}

/**
 * Of a presentation: for each check the worst that its own proof and its credentials answer. Who issued and what is proven is a
 * question about one credential: where it holds one, the rest is of that one; where it holds several, only each of them answers it.
 */
export interface PresentationVerification
  extends Pick<Verification, 'verdict' | 'checks' | 'problemDetails' | 'evaluatedAt'>,
    Partial<Omit<Verification, 'verdict' | 'checks' | 'problemDetails' | 'evaluatedAt'>> {
  /** In the order of the presentation; empty where its form did not hold. */
  credentials: Verification[]
}

/**
 * The one rule (invariant I1): any failed check is invalid; else any that was not performed is indeterminate; else valid.
 * A list that lacks a check is not a list of passed checks.
 */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some((check) => check.outcome === 'failed')) return 'invalid'
  if (checks.some((check) => check.outcome !== 'passed')) return 'indeterminate'
  return checkNames.every((name) => checks.some((check) => check.name === name)) ? 'valid' : 'indeterminate'
}

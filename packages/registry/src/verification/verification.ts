import type { Certificate, Receipt } from '@sijil/credentials'
import type { StatusEntry } from '../certificates/record.ts'
import type { Recognition } from '../recognition/recognition.ts'
import type { IssuerAnswer } from '../trust/issuer-answer.ts'
import type { TrustPolicy } from '../trust/policy.ts'

/** Every answer has these checks, in this order. See docs/verifying.md. */
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

/** Why a check did not pass. The list is closed: docs/verifying.md has a line for each reason, and a test compares the two. */
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
  'catalogue-not-copied',
  'list-out-of-date',
] as const
export type Reason = (typeof reasons)[number]

/** "Not performed" is not "passed". A relying party must see that the question stayed open. */
export type Check = {
  name: CheckName
  /** Facts on which the outcome rests: ids, dates, versions. Never personal data. */
  evidence?: Record<string, string | number | boolean>
} & ({ outcome: 'passed'; reason?: undefined } | { outcome: 'failed' | 'not_performed'; reason: Reason })

export type Verdict = 'valid' | 'invalid' | 'indeterminate'

export interface LevelAnswer {
  framework: string
  /** Absent on purpose if the qualification has no level in this framework. */
  level?: string
  /** Citation of the source: report, version, date. */
  basis: string
  /** True if the national authority confirmed the level. Only confirmed levels are signed. */
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

/** A statement of another registry about the issuer, for this qualification and today. It grants nothing. No verdict rests on it. */
export interface Endorsement {
  registry: string
  /** The authorities behind the statement, from the root down. */
  by: string[]
  madeAt: string
}

/** Something to know beside the verdict. It is no failure, and no verdict rests on it. */
export interface Notice {
  /** `edition-ended`: before the award. `standard-changed`: since then. `renewed`: a new award followed, and this one goes on. */
  code: 'edition-ended' | 'standard-changed' | 'renewed'
  /** Of a changed standard: a later edition follows, or the edition itself was stated anew. */
  change?: 'later-edition' | 'corrected'
  /** In plain English. Pages translate by `code` instead. */
  sentence: string
  /** The day from which it holds. */
  since: string
}

export interface Verification {
  /** The document is no certificate, but the decision of a host authority, or its receipt for a portfolio. Its verdict is never `valid`. */
  about?: 'decision' | 'receipt'
  /** Of a receipt whose signature and record are good. */
  receipt?: Receipt
  verdict: Verdict
  checks: Check[]
  issuer: { onIssueDate: IssuerAnswer; today: IssuerAnswer }
  /** The policy by which the issuer was judged: accepted roots and refused issuers. Absent if the issuer was not judged. */
  policy?: TrustPolicy
  levels: LevelAnswer[]
  /** The content of the verified document. Absent if the profile or the signature failed. */
  certificate?: Certificate
  /** From its record here: the issue and every later change. */
  history?: StatusEntry[]
  /** True if the issuer is registered as a demonstration, or the sandbox signed the document. */
  demonstration?: boolean
  /** True if the verdict rests on a pilot. */
  pilot?: boolean
  notices?: Notice[]
  problemDetails: Problem[]
  evaluatedAt: string
  /** The copied list on which trust in the issuer rests. Absent if it rests on this registry's own current list. */
  list?: { registry: string; size: number; madeAt: string; validUntil: string }
  /** What authorities of host states decided about certificates like it. No verdict rests on it. Absent: no decision is recorded. */
  recognition?: readonly Recognition[]
  /** The decisions could not be read, so nobody can say whether there is one. */
  recognitionUnread?: true
  /** Regional endorsements of its issuer. */
  endorsements?: Endorsement[]
  /** Signed sizes of the public logs, at most ten seconds older than this answer. Absent if they could not be read. */
  log?: { registry: number; certificates: number; catalogue: number }
}

/**
 * The answer about a presentation. Each check has the worst outcome among its own proof and its credentials. Other facts, such as the
 * issuer, belong to one credential. If the presentation holds exactly one, they are repeated here. If it holds several, only
 * `credentials` has them.
 */
export interface PresentationVerification
  extends Pick<Verification, 'verdict' | 'checks' | 'problemDetails' | 'evaluatedAt'>,
    Partial<Omit<Verification, 'verdict' | 'checks' | 'problemDetails' | 'evaluatedAt'>> {
  /** In the order of the presentation. Empty if its form is wrong. */
  credentials: Verification[]
}

/**
 * The one rule for verdicts (invariant I1): `invalid` if any check failed, else `indeterminate` if any was not performed, else `valid`.
 * A list without one of the checks is at best `indeterminate`.
 */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some((check) => check.outcome === 'failed')) return 'invalid'
  if (checks.some((check) => check.outcome !== 'passed')) return 'indeterminate'
  return checkNames.every((name) => checks.some((check) => check.name === name)) ? 'valid' : 'indeterminate'
}

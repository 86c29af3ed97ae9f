import type { StatusEntry } from '@sijil/registry/certificates'
import type { Check, Reason, Verification } from '@sijil/registry/verification'

/** The states of a page. Each has words of its own, and no two share them. The first state that applies is shown. */
export const states = [
  'notACertificate',
  'changed',
  'wrongKey',
  'notRecorded',
  'burned',
  'revoked',
  'superseded',
  // Before `suspended`, because a suspension may be lifted. A key that lost its trust stays untrusted.
  'keyNotTrusted',
  'suspended',
  'wrongName',
  'notAuthorised',
  'wrongCentre',
  'wrongQualification',
  'statusWrong',
  'notYet',
  'expired',
  'endedUnknown',
  'unknownIssuer',
  'refusedIssuer',
  'notFinished',
  'elsewhere',
  'unreachable',
  'keyInDoubt',
  'unsure',
  'notice',
  'valid',
] as const
export type State = (typeof states)[number]

// biome-ignore format: it reads as a table
/** The state for each reason why a check failed. A reason without a row does not compile. */
const stateOfFailure: Record<Reason, State> = {
  'context-not-allowed': 'notACertificate', 'malformed-value': 'notACertificate', 'undefined-term': 'notACertificate',
  'not-a-certificate': 'notACertificate',
  'signature-mismatch': 'changed',
  'issuer-name-differs': 'wrongName', 'proof-missing': 'wrongKey', 'proof-malformed': 'wrongKey', 'suite-not-allowed': 'wrongKey',
  'proof-time-implausible': 'wrongKey', 'key-not-at-hand': 'wrongKey', 'challenge-mismatch': 'wrongKey',
  'domain-mismatch': 'wrongKey', 'key-not-authorized': 'wrongKey', 'issuer-mismatch': 'wrongKey', 'holder-mismatch': 'wrongKey',
  'key-retired': 'keyNotTrusted', 'key-suspended': 'keyNotTrusted', 'key-compromised': 'keyNotTrusted',
  'centre-unknown': 'wrongCentre', 'centre-not-in-scope': 'wrongCentre',
  'not-recorded': 'notRecorded', 'not-finished': 'burned', burned: 'burned',
  revoked: 'revoked', superseded: 'superseded', suspended: 'suspended',
  'issuer-unknown': 'notAuthorised', 'issuer-refused': 'notAuthorised', 'issuer-not-accredited': 'notAuthorised',
  'issuer-suspended': 'notAuthorised', 'issuer-withdrawn': 'notAuthorised',
  'qualification-unknown': 'wrongQualification', 'level-not-supported': 'wrongQualification',
  'status-mismatch': 'statusWrong', 'status-index-out-of-range': 'statusWrong', 'status-list-unusable': 'statusWrong',
  'status-not-retrievable': 'statusWrong', 'record-not-readable': 'statusWrong', 'depends-on-another-check': 'statusWrong',
  'kept-elsewhere': 'statusWrong', 'catalogue-not-copied': 'wrongQualification', 'list-out-of-date': 'statusWrong',
  'not-yet-valid': 'notYet', expired: 'expired',
}

/** The state for each reason why a check was not performed, if no check failed. */
const stateOfOpen: Partial<Record<Reason, State>> = {
  'issuer-unknown': 'unknownIssuer',
  'issuer-refused': 'refusedIssuer',
  'not-finished': 'notFinished',
  'record-not-readable': 'unreachable',
  'status-not-retrievable': 'unreachable',
  'status-list-unusable': 'unreachable',
  'key-not-at-hand': 'unreachable',
  'key-suspended': 'keyInDoubt',
  'key-compromised': 'keyInDoubt',
  'kept-elsewhere': 'elsewhere',
  'catalogue-not-copied': 'elsewhere',
  'list-out-of-date': 'unreachable',
}

const first = (found: readonly State[], otherwise: State): State =>
  states.find((state) => found.includes(state)) ?? otherwise

/** States which say that an issuer issued it and that it does not count today. */
const isEnd = (state: State): boolean => ['revoked', 'superseded', 'suspended', 'notYet', 'expired'].includes(state)

/** True if the signature or the issuer is unknown. The page must then not say that an issuer issued it. */
const nobodyStandsBehind = ({ checks, issuer }: Pick<Verification, 'checks' | 'issuer'>): boolean =>
  !passed(checks, 'proof') ||
  (issuer.onIssueDate.standing === 'unknown' &&
    checks.some(
      ({ name, reason }) => name === 'issuer-trust' && (reason === 'issuer-unknown' || reason === 'issuer-refused'),
    ))

/** Only the verdict decides between yes and no. The checks say why. */
export function stateOf({ verdict, checks, issuer }: Pick<Verification, 'verdict' | 'checks' | 'issuer'>): State {
  switch (verdict) {
    case 'valid':
      return issuer.today.standing === 'authorised' ? 'valid' : 'notice'
    case 'invalid': {
      const failed = checks.flatMap((check) => (check.outcome === 'failed' ? [stateOfFailure[check.reason]] : []))
      // A suspension may be lifted, but that would not revive a certificate that has expired meanwhile.
      const lasting = failed.includes('expired') ? failed.filter((state) => state !== 'suspended') : failed
      const found = first(lasting, 'statusWrong')
      return isEnd(found) && nobodyStandsBehind({ checks, issuer }) ? 'endedUnknown' : found
    }
    case 'indeterminate': {
      const found = first(
        checks.flatMap((check) => (check.outcome === 'not_performed' ? [stateOfOpen[check.reason] ?? 'unsure'] : [])),
        'unsure',
      )
      // The issuer was listed on the day of issue, though not yet on the day of the award. It is a known body.
      return found === 'unknownIssuer' && issuer.onIssueDate.standing === 'authorised' ? 'unsure' : found
    }
    default:
      return verdict satisfies never
  }
}

export const toneOf = (state: State): 'ok' | 'notice' | 'no' | 'am' => {
  if (state === 'valid') return 'ok'
  if (state === 'notice') return 'notice'
  return ['unknownIssuer', 'refusedIssuer', 'notFinished', 'elsewhere', 'unreachable', 'keyInDoubt', 'unsure'].includes(
    state,
  )
    ? 'am'
    : 'no'
}

/** True if the certificate counts today: only then is there anything to rely on. */
export const countsToday = (state: State): boolean => state === 'valid' || state === 'notice'

/** States in which the named issuer never issued the document as it stands. Nothing in it counts as the issuer's statement. */
export const isNobodys = (state: State): boolean =>
  ['notACertificate', 'changed', 'wrongKey', 'notRecorded', 'burned'].includes(state)

const passed = (checks: readonly Check[], name: Check['name']): boolean =>
  checks.some((check) => check.name === name && check.outcome === 'passed')

const ofKeyLater: readonly Reason[] = ['key-retired', 'key-suspended', 'key-compromised']

/**
 * Shows facts only if form, signature and key hold, so that an unchecked claim never looks like a fact. If the key is no longer trusted,
 * the record must have confirmed the same content.
 */
export function showsFacts(state: State, checks: readonly Check[]): boolean {
  if (isNobodys(state) || state === 'unknownIssuer' || state === 'endedUnknown') return false
  const isOfIssuer = checks.some(
    (check) =>
      check.name === 'issuer-key' &&
      (check.outcome === 'passed' || (ofKeyLater.includes(check.reason) && passed(checks, 'recorded'))),
  )
  return isOfIssuer && passed(checks, 'format') && passed(checks, 'proof')
}

/** Reasons that arose after the day of issue. They do not change the answer for that day. */
const laterReasons: readonly Reason[] = ['revoked', 'superseded', 'suspended', 'expired', 'status-not-retrievable']

/** The answer for the day of issue. It fails closed: a check that was not performed never counts as a yes. */
export function answerOfDay({ checks, issuer }: Pick<Verification, 'checks' | 'issuer'>): 'ok' | 'no' | 'am' {
  const asked = checks.filter((check) => check.outcome === 'passed' || !laterReasons.includes(check.reason))
  if (asked.some((check) => check.outcome === 'failed')) return 'no'
  const allPassed = (
    ['format', 'proof', 'issuer-key', 'recorded', 'issuer-trust', 'centre', 'qualification'] as const
  ).every((name) => passed(asked, name))
  return allPassed && issuer.onIssueDate.standing === 'authorised' ? 'ok' : 'am'
}

/** The newest change to this state. */
export const lastChange = (history: readonly StatusEntry[] | undefined, state: StatusEntry['state']) =>
  history?.findLast((entry) => entry.state === state)

/** The reason of its revocation, if it was revoked. */
export const reasonOfRevocation = (history: readonly StatusEntry[] | undefined): string | undefined =>
  lastChange(history, 'revoked')?.reason

/** True if it was revoked on a ground for which it should never have been issued. The page then does not say that it counted before. */
export const neverCounted = (history: readonly StatusEntry[] | undefined): boolean =>
  ['obtained-by-fraud', 'issued-in-error'].includes(reasonOfRevocation(history) ?? '')

/** The day of issue from the record. The day in the document serves only if no record can be read. */
export function dayOfIssue({
  history,
  certificate,
}: Pick<Verification, 'history' | 'certificate'>): string | undefined {
  return history?.find((entry) => entry.state === 'in-force')?.at ?? certificate?.validFrom
}

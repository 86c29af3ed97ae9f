import type { StatusEntry } from '@sijil/registry/certificates'
import type { Check, Reason, Verification } from '@sijil/registry/verification'

/** Each has its own words, and no two share them. The order is that of precedence: the first that applies is said. */
export const states = [
  'notACertificate',
  'changed',
  'wrongKey',
  'notRecorded',
  'burned',
  'revoked',
  'superseded',
  // A suspension may be lifted; a key that is no longer trusted stays so.
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
/** What a failed check makes of the whole. A reason without a row does not compile. */
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
  'kept-elsewhere': 'statusWrong', 'list-out-of-date': 'statusWrong',
  'not-yet-valid': 'notYet', expired: 'expired',
}

/** What stayed open, when nothing failed. */
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
  'list-out-of-date': 'unreachable',
}

const first = (found: readonly State[], otherwise: State): State =>
  states.find((state) => found.includes(state)) ?? otherwise

/** They say that an issuer gave it out, and that it does not count today. */
const isEnd = (state: State): boolean => ['revoked', 'superseded', 'suspended', 'notYet', 'expired'].includes(state)

/** Whose end a file names, or whether anybody signed it, is then not known: no issuer is said to have issued it. */
const nobodyStandsBehind = ({ checks, issuer }: Pick<Verification, 'checks' | 'issuer'>): boolean =>
  !passed(checks, 'proof') ||
  (issuer.onIssueDate.standing === 'unknown' &&
    checks.some(
      ({ name, reason }) => name === 'issuer-trust' && (reason === 'issuer-unknown' || reason === 'issuer-refused'),
    ))

/** From the verdict alone comes yes or no; the checks only say why. */
export function stateOf({ verdict, checks, issuer }: Pick<Verification, 'verdict' | 'checks' | 'issuer'>): State {
  switch (verdict) {
    case 'valid':
      return issuer.today.standing === 'authorised' ? 'valid' : 'notice'
    case 'invalid': {
      const failed = checks.flatMap((check) => (check.outcome === 'failed' ? [stateOfFailure[check.reason]] : []))
      // A suspension may be lifted; what has expired meanwhile does not come back by that.
      const lasting = failed.includes('expired') ? failed.filter((state) => state !== 'suspended') : failed
      const found = first(lasting, 'statusWrong')
      return isEnd(found) && nobodyStandsBehind({ checks, issuer }) ? 'endedUnknown' : found
    }
    case 'indeterminate': {
      const found = first(
        checks.flatMap((check) => (check.outcome === 'not_performed' ? [stateOfOpen[check.reason] ?? 'unsure'] : [])),
        'unsure',
      )
      // Listed on the day of issue, and not on the day of an award before: a known body all the same.
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

/** The named issuer never gave this out as it stands: nothing in it speaks for anybody. */
export const isNobodys = (state: State): boolean =>
  ['notACertificate', 'changed', 'wrongKey', 'notRecorded', 'burned'].includes(state)

const passed = (checks: readonly Check[], name: Check['name']): boolean =>
  checks.some((check) => check.name === name && check.outcome === 'passed')

const ofKeyLater: readonly Reason[] = ['key-retired', 'key-suspended', 'key-compromised']

/**
 * Facts stand on the page only where form, signature and key held: an unchecked claim is not shown as one. Of what a key signed that is
 * trusted no longer, it is the record that holds the same.
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

/** What ended or began later says nothing about the day of issue. */
const laterReasons: readonly Reason[] = ['revoked', 'superseded', 'suspended', 'expired', 'status-not-retrievable']

/** The answer for the day of issue. It fails closed: what was not asked is not a yes. */
export function answerOfDay({ checks, issuer }: Pick<Verification, 'checks' | 'issuer'>): 'ok' | 'no' | 'am' {
  const asked = checks.filter((check) => check.outcome === 'passed' || !laterReasons.includes(check.reason))
  if (asked.some((check) => check.outcome === 'failed')) return 'no'
  const allPassed = (
    ['format', 'proof', 'issuer-key', 'recorded', 'issuer-trust', 'centre', 'qualification'] as const
  ).every((name) => passed(asked, name))
  return allPassed && issuer.onIssueDate.standing === 'authorised' ? 'ok' : 'am'
}

/** Its newest change of a kind. */
export const lastChange = (history: readonly StatusEntry[] | undefined, state: StatusEntry['state']) =>
  history?.findLast((entry) => entry.state === state)

/** Why it was revoked, where it was. */
export const reasonOfRevocation = (history: readonly StatusEntry[] | undefined): string | undefined =>
  lastChange(history, 'revoked')?.reason

/** Revoked on one of these grounds, it should never have been issued: it is not said to have counted before. */
export const neverCounted = (history: readonly StatusEntry[] | undefined): boolean =>
  ['obtained-by-fraud', 'issued-in-error'].includes(reasonOfRevocation(history) ?? '')

/** The day of issue is the record's; the document's only where no record can be read. */
export function dayOfIssue({
  history,
  certificate,
}: Pick<Verification, 'history' | 'certificate'>): string | undefined {
  return history?.find((entry) => entry.state === 'in-force')?.at ?? certificate?.validFrom
}

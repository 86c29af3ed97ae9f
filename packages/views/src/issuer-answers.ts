import type { AccreditationStatus, AccreditationSummary, Entity, IssuerAnswer } from '@sijil/registry/trust'
import type { IssuerValues } from '@sijil/web'

type AskedAbout = {
  asked: Pick<IssuerAnswer, 'standing' | 'sites'> | undefined
  hasRecord: boolean
  /** The qualification that was asked about is not on record. */
  isUnknown?: boolean
}

/** Why it is not a real body. */
export const unrealOf = ({ sandbox, identity }: Pick<Entity, 'sandbox' | 'identity'>): IssuerValues['unreal'] =>
  sandbox ? 'sandbox' : identity.demonstration ? 'demonstration' : undefined

/**
 * The answers at a glance. They are about the qualification that was asked about, as is the one in plain words below them; `best` and
 * `found` are of all that the scope reaches. A day before the record begins has no answer, which is not a no; nor has a qualification
 * that is not on record.
 */
export function answersOf(
  { unreal, grants }: { unreal?: IssuerValues['unreal'] | undefined; grants: readonly { in: string }[] },
  { best, found }: Pick<AccreditationSummary, 'best' | 'found'>,
  { asked, hasRecord, isUnknown = false }: AskedAbout,
): IssuerValues['answers'] {
  const real = unreal !== undefined ? 'no' : hasRecord ? 'yes' : 'not-known'
  if (!hasRecord || isUnknown) return { real, may: 'not-known', scope: 'not-known', standing: 'not-known' }
  const isAuthorised = best === 'authorised'
  const isAskedAuthorised = asked === undefined ? isAuthorised : asked.standing === 'authorised'
  return {
    real,
    may: isAskedAuthorised ? 'yes' : isAuthorised ? 'in-part' : 'no',
    scope: isAskedAuthorised ? (asked?.sites === undefined ? 'yes' : 'in-part') : 'no',
    standing: answerTone(
      isAuthorised,
      isAskedAuthorised,
      found.some(hasEnded) || grants.some((grant) => grant.in === 'suspension'),
    ),
  }
}

const hasEnded = (standing: AccreditationStatus) => standing === 'suspended' || standing === 'withdrawn'

/** What is good for other qualifications alone is no yes to the one that was asked about. */
function answerTone(isGood: boolean, isAskedGood: boolean, isEnded: boolean): IssuerValues['answers']['standing'] {
  if (isEnded) return isGood ? 'in-part' : 'no'
  return isAskedGood ? 'yes' : 'not-known'
}

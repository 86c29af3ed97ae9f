import type { AccreditationStatus, AccreditationSummary, Entity, IssuerAnswer } from '@sijil/registry/trust'
import type { IssuerValues } from '@sijil/web'

type AskedAbout = {
  asked: Pick<IssuerAnswer, 'standing' | 'sites'> | undefined
  hasRecord: boolean
  /** True if the chosen qualification is not on record. */
  isUnknown?: boolean
}

/** The reason why this is not a real body. `undefined` for a real one. */
export const unrealOf = ({ sandbox, identity }: Pick<Entity, 'sandbox' | 'identity'>): IssuerValues['unreal'] =>
  sandbox ? 'sandbox' : identity.demonstration ? 'demonstration' : undefined

/**
 * The short answers at the top of the page. Like the sentence below them, they are about the chosen qualification. `best` and `found`
 * cover every qualification in the scope. For a day before the record begins, and for a qualification that is not on record, the
 * answer is `not-known` and not `no`.
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

/** A good status for other qualifications only is not a yes for the chosen qualification. */
function answerTone(isGood: boolean, isAskedGood: boolean, isEnded: boolean): IssuerValues['answers']['standing'] {
  if (isEnded) return isGood ? 'in-part' : 'no'
  return isAskedGood ? 'yes' : 'not-known'
}

import type { Entity, IssuerAnswer, IssuerStanding, Standings } from '@sijil/registry'
import type { IssuerValues } from '@sijil/web'

/**
 * The answers at a glance. They are about the qualification that was asked about, as is the one in plain words below them; `best` and
 * `found` are of all that the scope reaches. A day before the record begins has no answer, which is not a no.
 */
export function answersOf(
  { sandbox, grants }: Pick<Entity, 'sandbox'> & { grants: readonly { in: string }[] },
  { best, found }: Pick<Standings, 'best' | 'found'>,
  { asked, hasRecord }: { asked: Pick<IssuerAnswer, 'standing' | 'sites'> | undefined; hasRecord: boolean },
): IssuerValues['answers'] {
  if (!hasRecord) {
    const [may, scope, standing] = ['not-known', 'not-known', 'not-known'] as const
    return { real: sandbox ? 'no' : 'not-known', may, scope, standing }
  }
  const isAuthorised = best === 'authorised'
  const isAskedAuthorised = asked === undefined ? isAuthorised : asked.standing === 'authorised'
  return {
    real: sandbox ? 'no' : 'yes',
    may: isAskedAuthorised ? 'yes' : isAuthorised ? 'in-part' : 'no',
    scope: isAskedAuthorised ? (asked?.sites === undefined ? 'yes' : 'in-part') : 'no',
    standing: standingOf(isAuthorised, found.some(hasEnded) || grants.some((grant) => grant.in === 'suspension')),
  }
}

const hasEnded = (standing: IssuerStanding) => standing === 'suspended' || standing === 'withdrawn'

function standingOf(isGood: boolean, isEnded: boolean): IssuerValues['answers']['standing'] {
  if (isGood) return isEnded ? 'in-part' : 'yes'
  return isEnded ? 'no' : 'not-known'
}

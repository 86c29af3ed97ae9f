import { RegistryError } from '@sijil/registry'
import { countAffected } from '@sijil/registry/certificates'
import { activeGrants, awaitedOf, decidesAbout, isRepeat } from '@sijil/registry/decisions'
import { type Grant, grantState, listGiven } from '@sijil/registry/trust'
import type { AccreditationValues } from '@sijil/web'
import { groundsInWords } from '@sijil/web/grounds'
import { grantsInState } from './check.ts'
import { presentCoverageView } from './coverage.ts'
import { type CatalogueDeps, findEntity, namedEntity, type Office } from './office.ts'
import { shownAffected, shownGrant, shownTerms } from './shown-change.ts'

/** One accreditation: its terms, the number of certificates that rest on it, and whether this officer may propose. Throws `not-found`. */
export async function accreditationView(
  { authority, roles }: Office,
  { grantee, grant: grantId }: { grantee: string; grant: string },
  deps: CatalogueDeps,
): Promise<AccreditationValues> {
  const { store } = deps
  const now = deps.now.toISOString()
  const entity = await findEntity(grantee, deps)
  const grant = entity?.grants.find((each) => each.id === grantId)
  if (entity === undefined || grant === undefined || !(await decidesAbout(entity, grant, authority.id, deps)))
    throw new RegistryError('not-found', 'no such accreditation')
  const also = (await activeGrants(entity, authority.id, deps)).filter((other) => other !== grantId)
  // Both counts follow grants downwards, so the given grants are read once for both.
  const given = also.length > 0 ? { given: await listGiven(store) } : {}
  const countWith = async (others: readonly string[]) =>
    shownAffected(await countAffected({ issuer: grantee, grant: grantId, also: others }, { store, ...given }))
  const alike = entity.grants.filter((other) => also.includes(other.id))
  const repeated = (
    await Promise.all(alike.map(async (other) => ((await isRepeat(grant, other, deps)) ? [other] : [])))
  ).flat()
  const awaiting = awaitedOf(grant, authority.id)
  const awaited = awaiting.at(-1)
  const coverage = await presentCoverageView(grantee, grant, authority.id, deps)
  return {
    authority: namedEntity(authority),
    grantee: namedEntity(entity),
    grant: await shownGrant(grantee, grant, deps),
    ...(awaited && {
      awaited: await shownTerms(awaited, deps),
      awaitedAlso: await Promise.all(awaiting.slice(0, -1).map((each) => shownTerms(each, deps))),
    }),
    state: grantState(grant, now).in,
    ...basesOf(grant, now),
    affected: await countWith([]),
    ...(coverage && { coverage }),
    ...(also.length > 0 && { affectedWithAll: await countWith(also) }),
    goesOn: entity.grants.some(
      (other) => other.id !== grantId && other.right === grant.right && grantState(other, now).in === 'force',
    ),
    others: await grantsInState(grantee, also, deps),
    repeats: await grantsInState(
      grantee,
      repeated.map(({ id }) => id),
      deps,
    ),
    mayPropose: roles.includes('propose'),
  }
}

/** The basis of the present terms. A suspension and a future withdrawal have their own basis. */
function basesOf(grant: Grant, now: string) {
  const { changes } = grant
  const terms = changes.findLast(({ type, effectiveAt }) => type === 'amended' && effectiveAt <= now)
  const [last] = changes.filter(({ type }) => type !== 'amended' && type !== 'joined').slice(-1)
  const withdrawn = changes.find(({ type, effectiveAt }) => type === 'withdrawn' && effectiveAt > now)
  return {
    basis: groundsInWords(terms ?? grant),
    ...(last && { stateBasis: groundsInWords(last) }),
    ...(withdrawn && { withdrawnFrom: withdrawn.effectiveAt }),
  }
}

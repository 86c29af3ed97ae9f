import type { Scope } from '@sijil/qualifications'
import type { CatalogueReader } from '../catalogue/reader.ts'
import { RegistryError } from '../errors.ts'
import { compareScopes } from '../trust/compare-scopes.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import type { Right } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { grantState, termsAt } from '../trust/grant.ts'
import { accepts, beyondRoot, isWholeRoot, speaksFor, type TrustPolicy } from '../trust/policy.ts'
import type { TrustReader } from '../trust/reader.ts'
import { type Follow, type Place, walkGrants } from '../trust/walk-grants.ts'

/** The terms that a grantor wants to grant. `until` and `effectiveAt`: RFC 3339, UTC. */
export interface Offer {
  right: Right
  scope: Scope
  until?: string
  effectiveAt: string
}

interface Giver extends Place {
  grantee: Entity
}

interface HoldingDeps {
  trust: TrustReader
  catalogue: CatalogueReader
  policy: TrustPolicy
}

/**
 * Throws `validation-failed` unless the grantor, and each grantor above it, holds everything that the offer grants on that day. The
 * faults name each dimension in which the offer is wider.
 */
export async function requireHeld(id: string, grantee: Entity, offer: Offer, deps: HoldingDeps): Promise<void> {
  const grantor = entityAt(id, await deps.trust(id), EVERYTHING)
  if (grantor === undefined) throw new RegistryError('not-found', 'no such authority', { reason: 'not-below' })
  if (!speaksFor(grantor, grantee)) {
    throw new RegistryError(
      'validation-failed',
      `a grantor of ${grantor.identity.state} cannot accredit anybody of ${grantee.identity.state}`,
      { reason: 'of-another-state' },
    )
  }
  const lacking = await walkGrants<Giver, string[]>(
    { id, entity: grantor, grantee },
    {
      trust: deps.trust,
      recorded: EVERYTHING,
      answer: (giver, place, follow) => lackOf(giver, place, offer, deps, follow),
      nowhere: [NOTHING],
    },
    [grantee.id],
  )
  if (lacking.length === 0) return
  throw new RegistryError('validation-failed', `${grantor.identity.name} does not hold what it would grant`, {
    faults: lacking.map((dimension) =>
      dimension === NOTHING
        ? { pointer: '/grantors', detail: 'it may accredit nobody on that day', reason: 'accredits-nobody' as const }
        : {
            pointer: dimension === 'period' ? '/until' : '/scope',
            detail: `wider than its own: ${dimension}`,
            reason: dimension === 'period' ? ('lasts-longer' as const) : ('wider-than-held' as const),
          },
    ),
  })
}

const NOTHING = 'nothing'

/** The dimensions in which the offer is wider than the grantor's own rights. Empty if the grantor holds all of it. */
async function lackOf(
  grantor: Entity,
  { grantee }: Giver,
  offer: Offer,
  deps: HoldingDeps,
  follow: Follow<Giver, string[]>,
): Promise<string[]> {
  if (!speaksFor(grantor, grantee)) return [NOTHING]
  const isRegistered = grantor.registeredFrom <= offer.effectiveAt
  const beyond = isRegistered ? await beyondRoot(grantor, offer.scope, offer.right, deps) : [NOTHING]
  if (isWholeRoot(grantor, deps.policy)) return beyond
  // Only a root grants the right to recognise.
  if (offer.right === 'recognise') return [NOTHING]
  const lacks: string[] = []
  for (const grant of grantor.grants) {
    if (grant.right !== 'accredit' || grantState(grant, offer.effectiveAt).in !== 'force') continue
    const { scope, until } = termsAt(grant, offer.effectiveAt)
    const compared = await compareScopes(offer.scope, scope, deps.catalogue)
    const found: string[] = compared.within ? [] : [...compared.differences]
    if (until !== undefined && (offer.until === undefined || offer.until > until)) found.push('period')
    // A right by law counts only if this deployment accepts the grantor, and only for its own state.
    if (grant.grantors.length === 0) found.push(...(accepts(deps.policy, grantor) ? beyond : [NOTHING]))
    for (const id of grant.grantors) found.push(...(await follow({ id, grantee: grantor })))
    if (found.length === 0) return []
    lacks.push(...found)
  }
  const named = [...new Set(lacks)].filter((dimension) => dimension !== NOTHING)
  return named.length > 0 ? named : [NOTHING]
}

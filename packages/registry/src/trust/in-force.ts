import { type Scope, scopeWithin } from '@sijil/qualifications'
import { type Accreditation, accreditationsAt } from './accreditations.ts'
import { type Entity, EVERYTHING, entityAt } from './entity.ts'
import type { TrustReader } from './reader.ts'
import { accepts, isRoot, LONGEST_CHAIN, speaksFor, type TrustPolicy } from './standing.ts'

interface Asking {
  trust: TrustReader
  policy: TrustPolicy
  /** RFC 3339 UTC. */
  effective: string
}

/**
 * The grants of an entity that count at a moment: in force, and held by all who gave them, up to a root that is accepted here. A
 * question about one qualification asks more finely (`issuerStanding`); here a grant that those above no longer hold whole counts for
 * nothing, so that nobody is told of more than there is.
 */
export async function accreditationsInForce(entity: Entity, asking: Asking): Promise<Accreditation[]> {
  if (!isKnown(entity, asking)) return []
  const held = await Promise.all(
    accreditationsAt(entity, asking.effective).map(async (grant) =>
      grant.state === 'force' && (await stands(grant, grant.scope, entity, asking, [])) ? [grant] : [],
    ),
  )
  return held.flat()
}

/** What somebody holds for whom the registry vouches at a moment: a root that it accepts, or a holder of some right. Absent: nobody does. */
export async function vouchedFor(entity: Entity, asking: Asking): Promise<readonly Accreditation[] | undefined> {
  const held = await accreditationsInForce(entity, asking)
  return held.length > 0 || (isKnown(entity, asking) && isRoot(entity, asking.policy)) ? held : undefined
}

const isKnown = ({ sandbox, registeredFrom, identity }: Entity, { policy, effective }: Asking): boolean =>
  !sandbox && registeredFrom <= effective && (!identity.demonstration || policy.demonstration)

/** By law where that is accepted here; else all who gave it must hold what they gave. */
async function stands(
  { grantors }: Pick<Accreditation, 'grantors'>,
  scope: Scope,
  grantee: Entity,
  asking: Asking,
  below: readonly string[],
): Promise<boolean> {
  if (grantors.length === 0) return accepts(asking.policy, grantee)
  const all = await Promise.all(grantors.map((id) => vouches(id, scope, grantee, asking, [...below, grantee.id])))
  return all.every((each) => each)
}

async function vouches(
  id: string,
  scope: Scope,
  grantee: Entity,
  asking: Asking,
  below: readonly string[],
): Promise<boolean> {
  // A circle of grants, or a chain without end, is rooted nowhere.
  if (below.includes(id) || below.length > LONGEST_CHAIN) return false
  const grantor = entityAt(id, await asking.trust(id), EVERYTHING)
  if (grantor === undefined || !isKnown(grantor, asking) || !speaksFor(grantor, grantee)) return false
  if (isRoot(grantor, asking.policy)) return true
  for (const grant of accreditationsAt(grantor, asking.effective)) {
    const mayGive = grant.right === 'accredit' && grant.state === 'force' && scopeWithin(scope, grant.scope).within
    if (mayGive && (await stands(grant, scope, grantor, asking, below))) return true
  }
  return false
}

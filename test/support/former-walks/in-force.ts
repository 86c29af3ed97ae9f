import { type Scope, scopeWithin } from '@sijil/qualifications'
import { type Accreditation, accreditationsAt } from '../../../packages/registry/src/trust/accreditations.ts'
import { type Entity, EVERYTHING } from '../../../packages/registry/src/trust/entity.ts'
import type { Right } from '../../../packages/registry/src/trust/events.ts'
import { entityAt } from '../../../packages/registry/src/trust/fold.ts'
import {
  accepts,
  beyondRoot,
  isAdmitted,
  isRoot,
  isWholeRoot,
  speaksFor,
  type TrustPolicy,
} from '../../../packages/registry/src/trust/policy.ts'
import type { TrustReader } from '../../../packages/registry/src/trust/reader.ts'
import { MAX_CHAIN_LENGTH } from './standing.ts'

interface Asking {
  trust: TrustReader
  policy: TrustPolicy
  /** RFC 3339 UTC. */
  effective: string
}

/**
 * The grants of an entity that count at a moment: in force, and held by all who gave them, up to a root that is accepted here. A
 * question about one qualification asks more finely (`accreditationStatus`); here a grant that those above no longer hold whole counts for
 * nothing, so that nobody is told of more than there is.
 */
export async function accreditationsInForce(entity: Entity, asking: Asking): Promise<Accreditation[]> {
  if (!isKnown(entity, asking)) return []
  const held = await Promise.all(
    accreditationsAt(entity, asking.effective).map(async (grant) =>
      (await isHeld(grant, grant.scope, entity, asking, [])) ? [grant] : [],
    ),
  )
  return held.flat()
}

/** What somebody holds for whom the registry vouches at a moment: a root that it accepts, or a holder of some right. Absent: nobody does. */
export async function vouchedFor(entity: Entity, asking: Asking): Promise<readonly Accreditation[] | undefined> {
  const held = await accreditationsInForce(entity, asking)
  return held.length > 0 || (isKnown(entity, asking) && isWholeRoot(entity, asking.policy)) ? held : undefined
}

const isKnown = (entity: Entity, { policy, effective }: Asking): boolean =>
  !entity.sandbox && entity.registeredFrom <= effective && isAdmitted(policy, entity)

/** By law where that is accepted here; else all who gave it must hold what they gave, and so must the one in whose name it acts. */
async function isHeld(
  { state, right, grantors, onBehalfOf }: Accreditation,
  scope: Scope,
  holder: Entity,
  asking: Asking,
  below: readonly string[],
): Promise<boolean> {
  if (state !== 'force') return false
  if (grantors.length === 0 && !(accepts(asking.policy, holder) && beyondRoot(holder, scope).length === 0)) return false
  const under = [...below, holder.id]
  const all = await Promise.all([
    ...grantors.map((id) => holds(id, 'accredit', scope, holder, asking, under)),
    ...(onBehalfOf === undefined ? [] : [holds(onBehalfOf, right, scope, holder, asking, under)]),
  ])
  return all.every((each) => each)
}

async function holds(
  id: string,
  right: Right,
  scope: Scope,
  holder: Entity,
  asking: Asking,
  below: readonly string[],
): Promise<boolean> {
  // A circle of grants, or a chain without end, is rooted nowhere.
  if (below.includes(id) || below.length > MAX_CHAIN_LENGTH) return false
  const other = entityAt(id, await asking.trust(id), EVERYTHING)
  if (other === undefined || !isKnown(other, asking) || !speaksFor(other, holder)) return false
  if (isWholeRoot(other, asking.policy)) return beyondRoot(other, scope).length === 0
  const held = isRoot(other, asking.policy) ? 'accredit' : right
  for (const grant of accreditationsAt(other, asking.effective)) {
    const reaches = grant.right === held && scopeWithin(scope, grant.scope).within
    if (reaches && (await isHeld(grant, scope, other, asking, below))) return true
  }
  return false
}

import type { Scope } from '@sijil/qualifications'
import type { CatalogueReader } from '../catalogue/reader.ts'
import { type Accreditation, accreditationsAt } from './accreditations.ts'
import { compareScopes } from './compare-scopes.ts'
import { type Entity, EVERYTHING } from './entity.ts'
import type { Right } from './events.ts'
import {
  accepts,
  beyondRoot,
  isAdmitted,
  isRoot,
  isWholeRoot,
  rightAbove,
  speaksFor,
  type TrustPolicy,
} from './policy.ts'
import type { TrustReader } from './reader.ts'
import { type Follow, type Place, walkGrants } from './walk-grants.ts'

interface InForceDeps {
  trust: TrustReader
  catalogue: CatalogueReader
  policy: TrustPolicy
  /** RFC 3339 UTC. */
  effective: string
}

/** What an entity must hold so that `holder` may have its grant. */
interface Claim extends Place {
  right: Right
  scope: Scope
  holder: Entity
}

/**
 * The grants of an entity that count at a moment: in force, and held by all their grantors, up to a root that is accepted here. A
 * grant whose grantors no longer hold all of its scope is left out, so that the list never promises too much.
 * `accreditationStatus` decides more finely, for one qualification.
 */
export async function accreditationsInForce(entity: Entity, deps: InForceDeps): Promise<Accreditation[]> {
  if (!isKnown(entity, deps)) return []
  const walk = (claim: Claim) =>
    walkGrants<Claim, boolean>(
      claim,
      {
        trust: deps.trust,
        recorded: EVERYTHING,
        answer: (other, stated, follow) => holds(other, stated, deps, follow),
        nowhere: false,
      },
      [entity.id],
    )
  const held = await Promise.all(
    accreditationsAt(entity, deps.effective).map(async (grant) =>
      (await isHeld(grant, grant.scope, entity, deps, walk)) ? [grant] : [],
    ),
  )
  return held.flat()
}

/** The grants in force of an entity that is trusted here: an accepted root, or a holder of some right. Undefined: not trusted. */
export async function vouchedFor(entity: Entity, deps: InForceDeps): Promise<readonly Accreditation[] | undefined> {
  const held = await accreditationsInForce(entity, deps)
  return held.length > 0 || (isKnown(entity, deps) && isWholeRoot(entity, deps.policy)) ? held : undefined
}

const isKnown = (entity: Entity, { policy, effective }: InForceDeps): boolean =>
  !entity.sandbox && entity.registeredFrom <= effective && isAdmitted(policy, entity)

/** A grant by law needs an accepted root. For any other, all grantors must hold what they granted, and so must the principal. */
async function isHeld(
  { state, right, grantors, onBehalfOf }: Accreditation,
  scope: Scope,
  holder: Entity,
  deps: InForceDeps,
  follow: Follow<Claim, boolean>,
): Promise<boolean> {
  if (state !== 'force') return false
  if (grantors.length === 0 && !(accepts(deps.policy, holder) && (await isWithinRoot(holder, scope, right, deps))))
    return false
  const all = await Promise.all([
    ...grantors.map((id) => follow({ id, right: rightAbove(right), scope, holder })),
    ...(onBehalfOf === undefined ? [] : [follow({ id: onBehalfOf, right, scope, holder })]),
  ])
  return all.every((each) => each)
}

async function holds(
  other: Entity,
  { right, scope, holder }: Claim,
  deps: InForceDeps,
  follow: Follow<Claim, boolean>,
): Promise<boolean> {
  if (!isKnown(other, deps) || !speaksFor(other, holder)) return false
  if (isWholeRoot(other, deps.policy)) return isWithinRoot(other, scope, right, deps)
  if (right === 'recognise') return false
  const held = isRoot(other, deps.policy) ? 'accredit' : right
  for (const grant of accreditationsAt(other, deps.effective)) {
    const reaches = grant.right === held && (await compareScopes(scope, grant.scope, deps.catalogue)).within
    if (reaches && (await isHeld(grant, scope, other, deps, follow))) return true
  }
  return false
}

const isWithinRoot = async (root: Entity, scope: Scope, right: Right, deps: InForceDeps): Promise<boolean> =>
  (await beyondRoot(root, scope, right, deps)).length === 0

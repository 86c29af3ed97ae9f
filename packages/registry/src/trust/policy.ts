import {
  isRegion,
  nationalFrameworks,
  type Qualification,
  type Scope,
  type ScopeDimension,
} from '@sijil/qualifications'
import { findOwner } from '../catalogue/owner.ts'
import { baselineOf, type CatalogueReader } from '../catalogue/reader.ts'
import { type Entity, EVERYTHING } from './entity.ts'
import type { Right } from './events.ts'
import { entityAt } from './fold.ts'
import type { TrustReader } from './reader.ts'

/** Which roots this deployment accepts. */
export interface TrustPolicy {
  /** True to accept demonstration roots. Production never does. */
  demonstration: boolean
  /** Ids. Absent: every registered authority. */
  roots?: readonly string[]
  /** The states whose roots are accepted (ISO 3166-1 alpha-2). Absent: all. */
  states?: readonly string[]
  /** Entities that this deployment refuses, even if they are accredited: ids, or DIDs of external signers. */
  refused?: readonly string[]
}

/** The members of an entity that a policy needs. */
type Named = Pick<Entity, 'id' | 'did' | 'identity'>

/** An authority in its own right that this deployment accepts. No other entity can be above it in a chain. */
export function isRoot(entity: Entity, policy: TrustPolicy): boolean {
  // An authority with `under`, or with a granted right to accredit or to recognise, has its mandate from another entity.
  return (
    entity.kind === 'authority' &&
    entity.under === undefined &&
    accepts(policy, entity) &&
    !entity.grants.some(({ right, grantors }) => (right === 'accredit' || right === 'recognise') && grantors.length > 0)
  )
}

/**
 * A root for everything in its state. The other kind of root heads the list of a profession: it may accredit only for what the law
 * names.
 */
export const isWholeRoot = (entity: Entity, policy: TrustPolicy): boolean =>
  isRoot(entity, policy) && !entity.grants.some(({ right }) => right === 'accredit')

export const accepts = (policy: TrustPolicy, entity: Named): boolean =>
  (policy.roots === undefined || policy.roots.includes(entity.id)) &&
  (policy.states === undefined || policy.states.includes(entity.identity.state)) &&
  isAdmitted(policy, entity)

/** True unless the policy of this deployment excludes it. Its grants do not matter. */
export const isAdmitted = (policy: TrustPolicy, entity: Named): boolean =>
  (!entity.identity.demonstration || policy.demonstration) && !isRefused(policy, entity)

export const isRefused = ({ refused = [] }: TrustPolicy, { id, did }: Pick<Entity, 'id' | 'did'>): boolean =>
  refused.includes(id) || (did !== undefined && refused.includes(did))

/** No root speaks for another state. */
export const speaksFor = (grantor: Pick<Entity, 'identity'>, grantee: Pick<Entity, 'identity'>): boolean =>
  isRegion(grantor.identity.state) || grantor.identity.state === grantee.identity.state

/** A root speaks only of its own state's qualifications and of the titles of the region. */
export const speaksOf = ({ identity }: Pick<Entity, 'identity'>, { state }: Pick<Qualification, 'state'>): boolean =>
  isRegion(identity.state) || state === null || state === identity.state

/** What a root may name under a right. To recognise is to decide about other states' qualifications, for its own territory. The region has none. */
export const mayName = (
  root: Pick<Entity, 'identity'>,
  qualification: Pick<Qualification, 'state'>,
  right: Right,
): boolean =>
  right === 'recognise'
    ? !isRegion(root.identity.state) && qualification.state !== root.identity.state
    : speaksOf(root, qualification)

/** The right that a grantor must hold. The right to recognise is granted by roots alone, and nobody passes it on. */
export const rightAbove = (right: Right): Right => (right === 'recognise' ? 'recognise' : 'accredit')

/** The dimensions of a scope that exceed a root's mandate. Dimensions without a limit are checked later, when a question names them. */
export async function beyondRoot(
  root: Pick<Entity, 'identity'>,
  { qualifications, places }: Scope,
  right: Right,
  deps: { trust: TrustReader; catalogue: CatalogueReader },
): Promise<ScopeDimension[]> {
  const { state } = root.identity
  const isOwnPlace = (place: string) => isRegion(state) || place === state
  return [
    ...(qualifications === undefined || (await areNamed(root, qualifications, right, deps))
      ? []
      : ['qualification' as const]),
    ...(places === undefined || places.every(isOwnPlace) ? [] : ['place' as const]),
  ]
}

async function areNamed(
  root: Pick<Entity, 'identity'>,
  named: NonNullable<Scope['qualifications']>,
  right: Right,
  deps: { trust: TrustReader; catalogue: CatalogueReader },
): Promise<boolean> {
  const known =
    'framework' in named
      ? [nationalFrameworks.find(({ id }) => id === named.framework)]
      : await Promise.all(named.map((id) => ownedBy(id, deps)))
  return known.every((one) => one !== undefined && mayName(root, one, right))
}

/** The state of a qualification: that of the baseline, or of the owner that its id names. Undefined: nobody of this id is registered. */
async function ownedBy(
  id: string,
  { trust, catalogue }: { trust: TrustReader; catalogue: CatalogueReader },
): Promise<Pick<Qualification, 'state'> | undefined> {
  const owner = findOwner(id)
  if (owner === undefined) return baselineOf(catalogue)(id)
  const state = entityAt(owner, await trust(owner), EVERYTHING)?.identity.state
  return state === undefined ? undefined : { state }
}

import {
  findFramework,
  findQualification,
  isRegion,
  type Qualification,
  type Scope,
  type ScopeDimension,
} from '@sijil/qualifications'
import type { Entity } from './entity.ts'

/** Which roots this deployment accepts. */
export interface TrustPolicy {
  /** Demonstration roots; production never accepts them. */
  demonstration: boolean
  /** By id; absent: every authority that is registered here. */
  roots?: readonly string[]
  /** For which states a root may speak (ISO 3166-1 alpha-2); absent: for its own, whichever that is. */
  states?: readonly string[]
  /** Whom this deployment does not accept, whoever stands behind it: ids, or DIDs of bodies that sign elsewhere. */
  refused?: readonly string[]
}

/** As far as a policy asks who somebody is. */
type Named = Pick<Entity, 'id' | 'did' | 'identity'>

/** An authority of its own right, where this deployment accepts it. Nobody above it can issue. */
export function isRoot(entity: Entity, policy: TrustPolicy): boolean {
  // Whoever was registered under another, or was granted the right to accredit, has it from somebody else.
  return (
    entity.kind === 'authority' &&
    entity.under === undefined &&
    accepts(policy, entity) &&
    !entity.grants.some(({ right, grantors }) => right === 'accredit' && grantors.length > 0)
  )
}

/**
 * A root of all that its state has. Another one heads the list of a profession: the law says for what it may accredit, and it speaks
 * of nothing else.
 */
export const isWholeRoot = (entity: Entity, policy: TrustPolicy): boolean =>
  isRoot(entity, policy) && !entity.grants.some(({ right }) => right === 'accredit')

export const accepts = (policy: TrustPolicy, entity: Named): boolean =>
  (policy.roots === undefined || policy.roots.includes(entity.id)) &&
  (policy.states === undefined || policy.states.includes(entity.identity.state)) &&
  isAdmitted(policy, entity)

/** Nothing in the policy of this deployment keeps it out, whatever it holds. */
export const isAdmitted = (policy: TrustPolicy, entity: Named): boolean =>
  (!entity.identity.demonstration || policy.demonstration) && !isRefused(policy, entity)

export const isRefused = ({ refused = [] }: TrustPolicy, { id, did }: Pick<Entity, 'id' | 'did'>): boolean =>
  refused.includes(id) || (did !== undefined && refused.includes(did))

/** No root speaks for another state. */
export const speaksFor = (grantor: Pick<Entity, 'identity'>, grantee: Pick<Entity, 'identity'>): boolean =>
  isRegion(grantor.identity.state) || grantor.identity.state === grantee.identity.state

/** Nor of another state's qualifications: those of its own, and the titles of the region. */
export const speaksOf = ({ identity }: Pick<Entity, 'identity'>, { state }: Pick<Qualification, 'state'>): boolean =>
  isRegion(identity.state) || state === null || state === identity.state

/** What a scope names that a root cannot speak of. What it does not limit is limited by the root's own state, whenever somebody asks. */
export function beyondRoot(root: Pick<Entity, 'identity'>, { qualifications, places }: Scope): ScopeDimension[] {
  const { state } = root.identity
  const isOwnPlace = (place: string) => isRegion(state) || place === state
  return [
    ...(qualifications === undefined || isSpokenOf(root, qualifications) ? [] : ['qualification' as const]),
    ...(places === undefined || places.every(isOwnPlace) ? [] : ['place' as const]),
  ]
}

function isSpokenOf(root: Pick<Entity, 'identity'>, named: NonNullable<Scope['qualifications']>): boolean {
  const known = 'framework' in named ? [findFramework(named.framework)] : named.map(findQualification)
  return known.every((one) => one !== undefined && speaksOf(root, one))
}

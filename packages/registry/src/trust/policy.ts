import type { Entity } from './entity.ts'

/** Which roots this deployment accepts. */
export interface TrustPolicy {
  /** Demonstration roots; production never accepts them. */
  demonstration: boolean
  /** By id; absent: every authority that is registered here. */
  roots?: readonly string[]
  /** For which states a root may speak (ISO 3166-1 alpha-2); absent: for its own, whichever that is. */
  states?: readonly string[]
}

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

export const accepts = ({ demonstration, roots, states }: TrustPolicy, { id, identity }: Entity): boolean =>
  (roots === undefined || roots.includes(id)) &&
  (states === undefined || states.includes(identity.state)) &&
  (!identity.demonstration || demonstration)

/** No root speaks for another state. */
export const speaksFor = (grantor: Entity, grantee: Entity): boolean =>
  grantor.identity.state === 'ASEAN' || grantor.identity.state === grantee.identity.state

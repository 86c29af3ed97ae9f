import type { Entity, Grant } from './entity.ts'
import { type GrantTerms, type Grounds, groundsOf, type Right } from './events.ts'
import { type GrantState, grantOn, isJoined, termsOf } from './grant.ts'

export interface Accreditation extends GrantTerms, Grounds {
  /** `{grantee}.{grant}`. */
  id: string
  right: Right
  grantors: readonly string[]
  onBehalfOf?: string
  from: string
  recordedAt: string
  /** Grantors who have not joined yet. The grant does not count before they do. */
  awaits?: readonly string[]
  state: GrantState['in']
  since?: string
}

/** The grants of an entity on a day, by what was known when the entity was folded. */
export const accreditationsAt = (entity: Entity, effective: string): Accreditation[] =>
  entity.grants.map((grant) => accreditationAt(entity, grant, effective))

/** One grant of an entity on a day. */
export function accreditationAt({ id: grantee }: Entity, grant: Grant, effective: string): Accreditation {
  const { id, right, grantors, onBehalfOf, from, recordedAt } = grant
  const { terms, state } = grantOn(grant, effective)
  const awaits = (grant.awaits ?? []).filter((one) => !isJoined({ recordedAt, awaits: [one] }, grant, effective))
  return {
    id: `${grantee}.${id}`,
    right,
    grantors,
    ...groundsOf(grant),
    ...(onBehalfOf && { onBehalfOf }),
    from,
    recordedAt,
    ...(awaits.length > 0 && { awaits }),
    ...termsOf(terms),
    state: state.in,
    ...('since' in state && { since: state.since }),
  }
}

import { type Entity, type Grant, type LinkDecision, successorOn } from './entity.ts'
import { type GrantTerms, groundsOf } from './events.ts'
import type { AccreditationStatus, ChainLink } from './issuer-answer.ts'
import { stateOf } from './place.ts'

type Stated = Pick<ChainLink, 'basis' | 'reason' | 'from' | 'decisions'>

/** One link of a chain. `now` decides whether a successor is named, not the day that the question asks about. */
export function linkOf(
  entity: Entity,
  standing: AccreditationStatus,
  { from, decisions, ...grounds }: Stated,
  now: string,
): ChainLink {
  const { id, kind: role, identity } = entity
  const successor = successorOn(entity, now)
  return {
    id,
    role,
    name: identity.name,
    ...stateOf(entity),
    ...(identity.localName && { localName: identity.localName }),
    ...(identity.demonstration && { demonstration: true as const }),
    standing,
    ...groundsOf(grounds),
    ...(from && { from }),
    ...(successor && { successor: { id: successor.id, name: successor.id } }),
    decisions,
  }
}

/** Grounds of an entity without a grant: its mandate and its registration are the only decisions about it. */
export const byMandate = ({ identity, registeredFrom, decision }: Entity): Stated => ({
  basis: identity.mandate,
  from: registeredFrom,
  decisions: [decision],
})

/** The top link. No other entity of the registry listed it. */
export const rootLink = (entity: Entity, now: string): ChainLink => ({
  ...linkOf(entity, 'authorised', byMandate(entity), now),
  root: true,
})

/** Grounds of a grant, with the decisions about it that counted by that day. */
export const byGrant = (grant: Grant, decisions: readonly LinkDecision[]): Stated => ({
  ...groundsOf(grant),
  from: grant.from,
  decisions,
})

/** The quality review in short: the number of gaps, or `none` if nobody reviewed it. */
export function reviewOf({ assurance }: GrantTerms): NonNullable<ChainLink['review']> {
  if (assurance === undefined) return 'none'
  const { reviewer, reviewedOn, gaps, nextReviewOn } = assurance
  return { reviewer, reviewedOn, gaps: gaps.length, ...(nextReviewOn && { nextReviewOn }) }
}

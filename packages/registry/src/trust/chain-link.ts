import { type Entity, type Grant, type LinkDecision, successorOn } from './entity.ts'
import { type GrantTerms, groundsOf } from './events.ts'
import type { AccreditationStatus, ChainLink } from './issuer-answer.ts'

type Stated = Pick<ChainLink, 'basis' | 'reason' | 'from' | 'decisions'>

/** Who it is, and on what it rests; and who has taken its place by `now`, whatever day was asked about. */
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
    state: identity.state,
    ...(identity.localName && { localName: identity.localName }),
    standing,
    ...groundsOf(grounds),
    ...(from && { from }),
    ...(successor && { successor: { id: successor.id, name: successor.id } }),
    decisions,
  }
}

/** It stands by its mandate, or not at all: nobody decided more about it than that it is registered. */
export const byMandate = ({ identity, registeredFrom, decision }: Entity): Stated => ({
  basis: identity.mandate,
  from: registeredFrom,
  decisions: [decision],
})

/** Whoever stands at the top was listed by nobody else. */
export const rootLink = (entity: Entity, now: string): ChainLink => ({
  ...linkOf(entity, 'authorised', byMandate(entity), now),
  root: true,
})

/** A grant, with what was decided about it by that day. */
export const byGrant = (grant: Grant, decisions: readonly LinkDecision[]): Stated => ({
  ...groundsOf(grant),
  from: grant.from,
  decisions,
})

/** What its reviewers found, in short: how many gaps, and that nobody reviewed it where nobody did. */
export function reviewOf({ assurance }: GrantTerms): NonNullable<ChainLink['review']> {
  if (assurance === undefined) return 'none'
  const { reviewer, reviewedOn, gaps, nextReviewOn } = assurance
  return { reviewer, reviewedOn, gaps: gaps.length, ...(nextReviewOn && { nextReviewOn }) }
}

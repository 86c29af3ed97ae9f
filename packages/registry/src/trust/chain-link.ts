import { streams } from '../stream.ts'
import type { ChainLink, IssuerStanding, LinkDecision } from '../verification/verification.ts'
import type { Entity, Grant } from './entity.ts'
import { groundsOf } from './events.ts'
import { isJoined, termsAt } from './grant.ts'

type Said = Pick<ChainLink, 'basis' | 'reason' | 'from' | 'decisions'>

/** Who it is, and on what it rests. */
export function linkOf(entity: Entity, standing: IssuerStanding, { from, decisions, ...grounds }: Said): ChainLink {
  const { id, kind: role, identity, successor } = entity
  return {
    id,
    role,
    name: identity.name,
    ...(identity.localName && { localName: identity.localName }),
    standing,
    ...groundsOf(grounds),
    ...(from && { from }),
    ...(successor && { successor: { id: successor.id, name: successor.id } }),
    decisions,
  }
}

/** It stands by its mandate, or not at all: nobody decided more about it than that it is registered. */
export const byMandate = ({ id, identity, registeredFrom, registeredAt, under }: Entity): Said => ({
  basis: identity.mandate,
  from: registeredFrom,
  decisions: [{ entry: entryOf(id, 0), by: under === undefined ? [] : [under], recordedAt: registeredAt }],
})

/** Whoever stands at the top was listed by nobody else. */
export const rootLink = (entity: Entity): ChainLink => ({
  ...linkOf(entity, 'authorised', byMandate(entity)),
  root: true,
})

/** A grant, and whatever had changed it by that day; what still awaits another grantor changed nothing. */
export const byGrant = ({ id }: Entity, grant: Grant, effective: string): Said => ({
  ...groundsOf(grant),
  from: grant.from,
  decisions: [
    { ...grant, by: grant.grantors },
    ...grant.changes
      .filter((change) => change.effectiveAt <= effective && isJoined(change, grant, effective))
      .map((change) => ({ ...change, by: [change.by] })),
  ].map(({ commit, by, recordedAt }): LinkDecision => ({ entry: entryOf(id, commit), by, recordedAt })),
})

/** What its reviewers found, in short: how many gaps, and that nobody reviewed it where nobody did. */
export function reviewOf(grant: Grant, effective: string): NonNullable<ChainLink['review']> {
  const { assurance } = termsAt(grant, effective)
  if (assurance === undefined) return 'none'
  const { reviewer, reviewedOn, gaps, nextReviewOn } = assurance
  return { reviewer, reviewedOn, gaps: gaps.length, ...(nextReviewOn && { nextReviewOn }) }
}

/** By which the public log names an entry: `GET /log/registry/index/{entry}`. */
const entryOf = (id: string, commit: number): string => `${streams.trust(id)}/${commit}`

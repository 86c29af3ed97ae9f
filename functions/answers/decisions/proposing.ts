import type { Answer, Answers } from '@sijil/http'
import { type CarryingOut, countAffected, type Proposal, type ProposedChange, proposeChange } from '@sijil/registry'

import type { RouteRowOf } from '../../routes.ts'

export type Decisions = Answers<RouteRowOf<'decisions'>[]>
export type DecisionParts = Omit<CarryingOut, 'now'> & { newId: () => string; clock: () => Date }

/** What every decision is made with. */
export interface Deciders {
  newId: () => string
  clock: () => Date
  needs: () => CarryingOut
  propose: (authority: string, subject: string, change: ProposedChange) => Promise<Answer>
}

export function decidersOf({ newId, clock, ...parts }: DecisionParts): Deciders {
  const needs = (): CarryingOut => ({ ...parts, now: clock() })
  return {
    newId,
    clock,
    needs,
    propose: async (authority, subject, change) =>
      proposed(await withAffected(await proposeChange({ authority, subject, id: newId(), change }, needs()), needs())),
  }
}

/** What a withdrawal touches is said before it is approved, and again when it is done. */
export async function withAffected(proposal: Proposal, needs: CarryingOut, lookThrough?: number) {
  const { change } = proposal
  const counted =
    change.verb === 'withdraw'
      ? await countAffected(
          { issuer: change.grantee, grant: change.grant, ...(lookThrough !== undefined && { lookThrough }) },
          needs,
        )
      : undefined
  return { ...bodyOf(proposal), ...counted }
}

/** The beginning of a day. Of today only what is left of it: a decision reaches back to an earlier moment only where it names an earlier day. */
export function startOf(day: string | undefined, now: Date): string {
  const moment = now.toISOString()
  return day === undefined || day === moment.slice(0, 10) ? moment : `${day}T00:00:00.000Z`
}

const proposed = (body: Pick<Proposal, 'authority'>): Answer => ({
  status: 202,
  headers: { location: `/authorities/${body.authority}/proposals` },
  body,
})

export const bodyOf = ({ commits: _, ...proposal }: Proposal) => proposal

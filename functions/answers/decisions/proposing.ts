import type { Answer, Answers } from '@sijil/http'
import type { CarryingOut, ProposedChange } from '@sijil/registry/decisions'
import type { RouteRowOf } from '../../routes.ts'
import { type Deciding, type DecisionParts, deciding, type ShownProposal } from '../deciding.ts'

export type Decisions = Answers<RouteRowOf<'decisions'>[]>

/** What every decision is made with. */
export interface Deciders {
  clock: () => Date
  needs: () => CarryingOut
  /** Shared with the desk. */
  verbs: Deciding
  propose: (authority: string, subject: string, change: ProposedChange) => Promise<Answer>
}

export function decidersOf(parts: DecisionParts): Deciders {
  const verbs = deciding(parts)
  return {
    clock: parts.clock,
    needs: verbs.needs,
    verbs,
    propose: async (authority, subject, change) => proposed(await verbs.propose({ authority, subject }, change)),
  }
}

export const proposed = (body: ShownProposal): Answer => ({
  status: 202,
  headers: { location: `/authorities/${body.authority}/proposals` },
  body,
})

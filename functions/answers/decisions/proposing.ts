import type { Answer, Answers } from '@sijil/http'
import type { CarryOutDeps, ProposedChange } from '@sijil/registry/decisions'
import type { RouteRowOf } from '../../routes.ts'
import { type DecideDeps, type DecisionParts, officerVerbs, type ShownProposal } from '../officer-verbs.ts'

export type Decisions = Answers<RouteRowOf<'decisions'>[]>

/** Dependencies that all decisions share. */
export interface Deciders {
  clock: () => Date
  deps: () => CarryOutDeps
  /** Shared with the desk. */
  verbs: DecideDeps
  propose: (authority: string, subject: string, change: ProposedChange) => Promise<Answer>
}

export function decidersOf(parts: DecisionParts): Deciders {
  const verbs = officerVerbs(parts)
  return {
    clock: parts.clock,
    deps: verbs.deps,
    verbs,
    propose: async (authority, subject, change) => proposed(await verbs.propose({ authority, subject }, change)),
  }
}

export const proposed = (body: ShownProposal): Answer => ({
  status: 202,
  headers: { location: `/authorities/${body.authority}/proposals` },
  body,
})

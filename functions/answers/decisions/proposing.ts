import type { Answer, Answers } from '@sijil/http'
import type { CarryOutDeps, ProposedChange } from '@sijil/registry/decisions'
import type { RouteRowOf } from '../../routes.ts'
import { type DecideDeps, type DecisionParts, officerVerbs, type ShownProposal } from '../officer-verbs.ts'

export type Decisions = Answers<RouteRowOf<'decisions'>[]>

/** Dependencies that all decisions share. */
export interface Deciders {
  deps: () => CarryOutDeps
  /** Shared with the desk. */
  verbs: DecideDeps
  propose: (authority: string, subject: string, change: ProposedChange) => Promise<Answer>
  proposed: (proposal: ShownProposal) => Answer
  /** The clock and the chance that a change may need. */
  chance: () => { now: Date; newId: () => string }
}

export function decidersOf(parts: DecisionParts): Deciders {
  const verbs = officerVerbs(parts)
  return {
    deps: verbs.deps,
    verbs,
    chance: () => ({ now: parts.clock(), newId: parts.newId }),
    proposed,
    propose: async (authority, subject, change) => proposed(await verbs.propose({ authority, subject }, change)),
  }
}

const proposed = (body: ShownProposal): Answer => ({
  status: 202,
  headers: { location: `/authorities/${body.authority}/proposals` },
  body,
})

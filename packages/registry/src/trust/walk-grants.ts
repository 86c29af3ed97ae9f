import type { Entity } from './entity.ts'
import { entityAt } from './fold.ts'
import type { TrustReader } from './reader.ts'

/** A chain of authority, body and centre has three links; more than this is no chain of ours. */
export const MAX_CHAIN_LENGTH = 5

/** A place in the graph of grants: an entity, or one grant of it. */
export interface Place {
  id: string
  grant?: string
  /** Absent: it is read. */
  entity?: Entity
}

/** Asks the same of a neighbouring place. */
export type Follow<P extends Place, Answer> = (next: P) => Promise<Answer>

export interface GrantQuestion<P extends Place, Answer> {
  trust: TrustReader
  /** By what was known then, RFC 3339 UTC. */
  recorded: string
  /** What counts as an edge, and how answers combine. */
  answer(entity: Entity, place: P, follow: Follow<P, Answer>): Promise<Answer>
  /** The answer at the end of every walk: nobody is registered there, it was passed already, or the chain is too long. */
  nowhere: Answer
}

/**
 * Answers a question about a place, and on the way the same question about its neighbours. A circle of grants, or a chain without
 * end, is rooted nowhere. `outside` is not asked, and a walk that comes to it ends as well.
 */
export function walkGrants<P extends Place, Answer>(
  start: P,
  { trust, recorded, answer, nowhere }: GrantQuestion<P, Answer>,
  outside: readonly string[] = [],
): Promise<Answer> {
  const visit = async (place: P, passed: readonly string[]): Promise<Answer> => {
    const name = place.grant === undefined ? place.id : `${place.id}.${place.grant}`
    if (passed.length >= MAX_CHAIN_LENGTH || passed.includes(name) || outside.includes(name)) return nowhere
    const entity = place.entity ?? entityAt(place.id, await trust(place.id), recorded)
    if (entity === undefined) return nowhere
    const below = [...passed, name]
    return answer(entity, place, (next) => visit(next, below))
  }
  return visit(start, [])
}

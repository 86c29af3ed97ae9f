import type { Entity } from './entity.ts'
import { entityAt } from './fold.ts'
import type { TrustReader } from './reader.ts'

/** The most links in a chain. Authority, body and centre make three. */
export const MAX_CHAIN_LENGTH = 5

/** A place in the graph of grants: an entity, or one grant of it. */
export interface Place {
  id: string
  grant?: string
  /** Absent: read it. */
  entity?: Entity
}

/** Asks the same question about a neighbouring place. */
export type Follow<P extends Place, Answer> = (next: P) => Promise<Answer>

export interface GrantQuestion<P extends Place, Answer> {
  trust: TrustReader
  /** Only what was recorded by then counts, RFC 3339 UTC. */
  recorded: string
  /** Decides which neighbours to follow, and how to combine their answers. */
  answer(entity: Entity, place: P, follow: Follow<P, Answer>): Promise<Answer>
  /** The answer where a walk ends: nobody is registered there, the walk was there before, or the chain is too long. */
  nowhere: Answer
}

/**
 * Answers a question about a place by asking the same question about its neighbours. A circle of grants, or a chain longer than
 * `MAX_CHAIN_LENGTH`, ends in `nowhere`. So does a walk that reaches a place in `outside`.
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

import type { Scope } from '@sijil/qualifications'
import type { Right, TrustEvent, TrustHistory } from './events.ts'

/** The right and the scope of the grant that an event is about. */
export interface EventTerms {
  right: Right
  scope: Scope
}

/**
 * The grants that the events of commit `number` are about, in the order of the events, with the terms that this commit records. Only the
 * event that made a grant names its right, so a suspension is read together with what stands before it. `undefined` for other events.
 */
export function termsOfEvents(history: TrustHistory, number: number): (EventTerms | undefined)[] {
  const known = new Map<string, EventTerms>()
  const read = (event: TrustEvent) => {
    if (!('grant' in event)) return undefined
    const before = known.get(event.grant)
    const right = 'right' in event ? event.right : before?.right
    const scope = 'scope' in event ? event.scope : before?.scope
    if (right === undefined || scope === undefined) return undefined
    const terms = { right, scope }
    known.set(event.grant, terms)
    return terms
  }
  return history.slice(0, number + 1).reduce<(EventTerms | undefined)[]>((_, { events }) => events.map(read), [])
}

import { RegistryError } from './errors.ts'
import type { Commit } from './stream.ts'

/** The members that each kind of event must have. A new kind of event does not compile without its row. */
export type EventShapes<E extends { type: string }> = { readonly [T in E['type']]: readonly string[] }

/**
 * A record has an entry that this version of the code cannot read, because a newer version wrote it or because it was damaged. It could
 * be a withdrawal, so it is never skipped: the whole record counts as unreadable (docs/decisions/073-unknown-events.md).
 */
export class UnknownEvent extends RegistryError {
  constructor() {
    super('dependency-unavailable', 'a record has an entry that this version of the registry does not know')
  }
}

/** Throws `UnknownEvent` unless each event is of a known kind and has its members. Other members may be there. */
export function requireKnown<E extends { type: string }>(
  commits: readonly Pick<Commit<E>, 'events'>[],
  shapes: EventShapes<E>,
): void {
  for (const { events } of commits) {
    for (const event of events) if (!isKnown(event, shapes)) throw new UnknownEvent()
  }
}

/** A version is stated only by an event of a later version, which may mean something else. */
function isKnown<E extends { type: string }>(event: E, shapes: EventShapes<E>): boolean {
  if (!Object.hasOwn(shapes, event.type) || 'version' in event) return false
  return shapes[event.type as E['type']].every((member) => Object.hasOwn(event, member))
}

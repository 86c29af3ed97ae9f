import type { DecideReader } from '@sijil/registry/decisions'
import { type Entity, entityAt, noSuchIssuer, type Role, requireOfficer, trustOf } from '@sijil/registry/trust'
import type { Named } from '@sijil/web'

/** What the views of the desk read. They decide nothing. */
export type DeskDeps = DecideReader

/** An authority for which an officer works, and what they may do there. */
export interface Office {
  authority: Entity
  roles: readonly Role[]
}

/** For anybody who is not an officer of it, the authority does not exist (I36). */
export async function requireOffice(authority: string, subject: string, deps: DeskDeps): Promise<Office> {
  const roles = await requireOfficer({ owner: authority, subject }, { reader: deps.store })
  const entity = await findEntity(authority, deps)
  if (entity === undefined) throw noSuchIssuer()
  return { authority: entity, roles }
}

/** As the record stands now, and not as a memory has it: an officer decides on it. */
export const findEntity = async (id: string, { store, now }: DeskDeps): Promise<Entity | undefined> =>
  entityAt(id, await trustOf(store)(id), now.toISOString())

export const namedEntity = ({ id, identity }: Entity): Named => ({ id, name: identity.name, state: identity.state })

/** With its registered name and its state. An id that is not registered stands for its name. */
export async function namedOf(id: string, deps: DeskDeps): Promise<Named> {
  const entity = await findEntity(id, deps)
  return entity === undefined ? { id, name: id } : namedEntity(entity)
}

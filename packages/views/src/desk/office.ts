import type { QualificationHistory } from '@sijil/registry/catalogue'
import type { DecideReader } from '@sijil/registry/decisions'
import {
  type Entity,
  entityAt,
  noSuchIssuer,
  type Role,
  requireAnyRole,
  requireOfficer,
  stateOf,
  trustOf,
} from '@sijil/registry/trust'
import type { DeskKind, Named } from '@sijil/web'

/** Dependencies of the desk's views, which only read. */
export type DeskDeps = DecideReader

/** For views that look through all qualifications. */
export interface CatalogueDeps extends DeskDeps {
  qualifications: () => Promise<readonly QualificationHistory[]>
}

/** An authority for which an officer works, and the officer's roles there. */
export interface Office {
  authority: Entity
  roles: readonly Role[]
}

/** Throws `not-found` for a person who is not an officer of the authority, as if it did not exist (I36). */
export async function requireOffice(authority: string, subject: string, deps: DeskDeps): Promise<Office> {
  const roles = await requireOfficer({ owner: authority, subject }, { reader: deps.store })
  const entity = await findEntity(authority, deps)
  if (entity === undefined) throw noSuchIssuer()
  return { authority: entity, roles }
}

/** The same at the desk of authorities or of bodies. The desk of bodies is for certification bodies only. */
export async function requireOfficeAt(desk: DeskKind, owner: string, subject: string, deps: DeskDeps): Promise<Office> {
  const office = await requireOffice(owner, subject, deps)
  if (desk === 'issuers' && deskOf(office.authority) !== 'issuers') throw noSuchIssuer()
  return office
}

/** The same for each member of a body, whatever their role. The verbs check which role each of them needs. */
export async function requireMemberAt(body: string, subject: string, deps: DeskDeps): Promise<Office> {
  const roles = await requireAnyRole({ owner: body, subject }, { reader: deps.store })
  const entity = await findEntity(body, deps)
  if (entity === undefined || deskOf(entity) !== 'issuers') throw noSuchIssuer()
  return { authority: entity, roles }
}

export const deskOf = ({ kind }: Pick<Entity, 'kind'>): DeskKind => (kind === 'body' ? 'issuers' : 'authorities')

/** Reads the stream and no cache, because an officer decides on the result. */
export const findEntity = async (id: string, { store, now }: DeskDeps): Promise<Entity | undefined> =>
  entityAt(id, await trustOf(store)(id), now.toISOString())

export const namedEntity = (entity: Entity): Named => ({
  id: entity.id,
  name: entity.identity.name,
  ...stateOf(entity),
})

/** The entity's id, registered name and state. For an id that is not registered, the id is the name. */
export async function namedOf(id: string, deps: DeskDeps): Promise<Named> {
  const entity = await findEntity(id, deps)
  return entity === undefined ? { id, name: id } : namedEntity(entity)
}

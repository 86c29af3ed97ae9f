import { decidesAbout } from '@sijil/registry/decisions'
import {
  type Entity,
  grantState,
  isSandbox,
  listRegistered,
  noSuchIssuer,
  type Registration,
} from '@sijil/registry/trust'
import type { GranteesValues, GranteeValues } from '@sijil/web'
import { groundsInWords } from '@sijil/web/grounds'
import { type DeskDeps, findEntity, namedEntity, type Office } from './office.ts'
import { shownGrant } from './shown-change.ts'

/** Entities of the authority's state, without the authority itself. An authority of ASEAN speaks for all states. */
export async function listGrantees(
  { id, identity }: Entity,
  place: { limit: number; after?: string },
  deps: DeskDeps,
): Promise<{ grantees: Entity[]; next?: string }> {
  const isNear = (registration: Registration) =>
    (identity.state === 'ASEAN' || registration.identity.state === identity.state) && !isSandbox(registration)
  const others = async (each: string) => (each === id ? undefined : findEntity(each, deps))
  const { found, next } = await listRegistered(deps.store, place, isNear, others)
  return { grantees: found, ...(next && { next }) }
}

/** Entities about which the authority may decide. `next` is the place where the next page starts. */
export async function granteesView(
  { authority }: Office,
  place: { limit: number; after?: string },
  deps: DeskDeps,
): Promise<{ values: GranteesValues; next?: string }> {
  const { grantees, next } = await listGrantees(authority, place, deps)
  const values = {
    authority: namedEntity(authority),
    state: authority.identity.state,
    grantees: grantees.map((entity) => ({ ...namedEntity(entity), kind: entity.kind })),
  }
  return { values, ...(next && { next }) }
}

/** One entity, with the grants about which this authority decides. Throws `not-found` if it is not registered. */
export async function granteeView({ authority, roles }: Office, id: string, deps: DeskDeps): Promise<GranteeValues> {
  const entity = await findEntity(id, deps)
  if (entity === undefined) throw noSuchIssuer()
  const moment = deps.now.toISOString()
  const own = await Promise.all(entity.grants.map((grant) => decidesAbout(entity, grant, authority.id, deps)))
  const decided = entity.grants.filter((_, at) => own[at])
  const grants = await Promise.all(
    decided.map(async (grant) => ({
      ...(await shownGrant(entity.id, grant, deps)),
      state: grantState(grant, moment).in,
      basis: groundsInWords(grant),
    })),
  )
  return {
    authority: namedEntity(authority),
    grantee: { ...namedEntity(entity), kind: entity.kind },
    grants,
    mayPropose: roles.includes('propose'),
  }
}

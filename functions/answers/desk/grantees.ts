import { createPageToken, readPage, route, type SignedIn } from '@sijil/http'
import { decidesAbout } from '@sijil/registry/decisions'
import {
  type Entity,
  grantState,
  isSandbox,
  listRegistered,
  noSuchIssuer,
  type Registration,
} from '@sijil/registry/trust'
import { deskPath, granteePage, granteesPage, groundsInWords } from '@sijil/web'
import { page } from '../pages/parts.ts'
import { type DeskParts, deskContext, findEntity, namedEntity, requireOffice } from './parts.ts'
import { shownGrant } from './shown-change.ts'

/** Of the state that the authority speaks for, without the authority itself; one of ASEAN speaks for all. */
export async function listGrantees(
  { id, identity }: Entity,
  at: { limit: number; after?: string },
  parts: DeskParts,
): Promise<{ grantees: Entity[]; next?: string }> {
  const isNear = (registration: Registration) =>
    (identity.state === 'ASEAN' || registration.identity.state === identity.state) && !isSandbox(registration)
  const others = async (each: string) => (each === id ? undefined : findEntity(each, parts))
  const { found, next } = await listRegistered(parts.store, at, isNear, others)
  return { grantees: found, ...(next && { next }) }
}

/** Whom the authority may decide about, and what each of them was granted. */
export const granteesAnswers = (parts: DeskParts) => ({
  'GET /desk/authorities/{authority}/grantees': route<{ authority: string }, SignedIn>({
    async answer(asked) {
      const { authority } = await requireOffice(asked.params.authority, asked.caller, parts)
      const question = { index: 'ENTITIES', filters: { desk: authority.id } }
      const { grantees, next } = await listGrantees(authority, readPage(asked.query, question), parts)
      const values = {
        authority: namedEntity(authority),
        state: authority.identity.state,
        grantees: grantees.map((entity) => ({ ...namedEntity(entity), kind: entity.kind })),
        ...(next && { next: createPageToken(next, question) }),
      }
      return page(granteesPage(values, deskContext(asked, deskPath(authority.id, 'grantees'), parts)))
    },
  }),

  'GET /desk/authorities/{authority}/grantees/{grantee}': route<{ authority: string; grantee: string }, SignedIn>({
    async answer(asked) {
      const { authority, roles } = await requireOffice(asked.params.authority, asked.caller, parts)
      const entity = await findEntity(asked.params.grantee, parts)
      if (entity === undefined) throw noSuchIssuer()
      const now = parts.clock()
      const moment = now.toISOString()
      const own = await Promise.all(
        entity.grants.map((grant) => decidesAbout(entity, grant, authority.id, { ...parts, now })),
      )
      const grants = entity.grants
        .filter((_, at) => own[at])
        .map((grant) => ({
          ...shownGrant(entity.id, grant, moment),
          state: grantState(grant, moment).in,
          basis: groundsInWords(grant),
        }))
      const values = {
        authority: namedEntity(authority),
        grantee: { ...namedEntity(entity), kind: entity.kind },
        grants,
        mayPropose: roles.includes('propose'),
      }
      return page(granteePage(values, deskContext(asked, deskPath(authority.id, 'grantees', entity.id), parts)))
    },
  }),
})

import { createPageToken, parseQuery, readPage, route } from '@sijil/http'
import { states } from '@sijil/qualifications'
import { accreditationsAt, type Entity, isRoot, listRegistered, successorOn } from '@sijil/registry/trust'
import { authoritiesPage } from '@sijil/web'
import * as z from 'zod/mini'
import { namesOf } from './names.ts'
import { chosen, contextOf, either, entityOf, type PageParts } from './parts.ts'

const listQuery = z.looseObject({
  state: z.optional(
    z.string().check(z.regex(/^(?:[A-Z]{2}|ASEAN)$/, { error: 'must be a state, ISO 3166-1 alpha-2, or ASEAN' })),
  ),
})

/** Competent authorities, oldest registration first: who stands at the top of which list, by which law. */
export const authoritiesAnswers = (parts: PageParts) => ({
  'GET /authorities': route<Record<never, string>, undefined>({
    async answer(asked) {
      const { state } = parseQuery(listQuery, chosen(asked.query))
      const now = parts.clock()
      const question = { index: 'ENTITIES', filters: { kind: 'authority', ...(state && { state }) } }
      const place = readPage(asked.query, question)
      const { found, next } = await listRegistered(
        parts.reader,
        place,
        ({ type, identity }) => type === 'authority-registered' && (!state || identity.state === state),
        (id) => entityOf(id, now, parts),
      )
      const authorities = found.map((entity) => authorityOf(entity, now, parts))
      const more = next && createPageToken(next, question)
      const body = { asOf: now.toISOString(), authorities, ...(more && { next: more }) }
      if (asked.wants === 'json') return { status: 200, body }
      const names = await namesOf(
        authorities.flatMap(({ under, successor }) => [under, successor?.id].filter((id) => id !== undefined)),
        now,
        parts,
      )
      const values = {
        authorities: authorities.map(({ under, successor, accreditations: _, ...authority }) => ({
          ...authority,
          ...(under && { under: { id: under, name: names(under) } }),
          ...(successor && { successor: { id: successor.id, name: names(successor.id) } }),
        })),
        states: states.map(({ iso2 }) => iso2),
        ...(state && { state }),
        ...(more && { next: more }),
        isPart: place.after !== undefined || more !== undefined,
        asOf: body.asOf.slice(0, 10),
      }
      return either(asked, body, () => authoritiesPage(values, contextOf(asked, '/authorities', parts)))
    },
  }),
})

function authorityOf(entity: Entity, now: Date, { policy }: PageParts) {
  const { id, identity, under } = entity
  const successor = successorOn(entity, now.toISOString())
  return {
    id,
    ...identity,
    /** As a root, by this deployment. */
    accepted: isRoot(entity, policy),
    /** The authority that registered it under itself. */
    ...(under && { under }),
    ...(successor && { successor }),
    accreditations: accreditationsAt(entity, now.toISOString()),
  }
}

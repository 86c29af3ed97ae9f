import { createPageToken, parseQuery, readPage, route } from '@sijil/http'
import { authoritiesView } from '@sijil/views'
import { authoritiesPage } from '@sijil/web'
import * as z from 'zod/mini'
import { atNow, chosen, contextOf, type PageParts, page } from './parts.ts'

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
      const question = { index: 'ENTITIES', filters: { kind: 'authority', ...(state && { state }) } }
      const view = await authoritiesView({ state, place: readPage(asked.query, question) }, atNow(parts))
      const more = view.next && { next: createPageToken(view.next, question) }
      if (asked.wants === 'json') return { status: 200, body: { ...view.json, ...more } }
      return page(authoritiesPage({ ...(await view.values()), ...more }, contextOf(asked, '/authorities', parts)))
    },
  }),
})

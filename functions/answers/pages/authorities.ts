import { createPageToken, parseQuery, readPage, route } from '@sijil/http'
import { authoritiesView } from '@sijil/views'
import { authoritiesPage } from '@sijil/web'
import * as z from 'zod/mini'
import { atNow, chosen, contextOf, type PageParts, shown } from './parts.ts'

const listQuery = z.looseObject({
  state: z.optional(
    z.string().check(z.regex(/^(?:[A-Z]{2}|ASEAN)$/, { error: 'must be a state, ISO 3166-1 alpha-2, or ASEAN' })),
  ),
})

/** Competent authorities, oldest registration first, with the list that each heads and its legal basis. */
export const authoritiesAnswers = (parts: PageParts) => ({
  'GET /authorities': route<Record<never, string>, undefined>({
    async answer(asked) {
      const { state } = parseQuery(listQuery, chosen(asked.query))
      const question = { index: 'ENTITIES', filters: { kind: 'authority', ...(state && { state }) } }
      const { next, ...view } = await authoritiesView({ state, place: readPage(asked.query, question) }, atNow(parts))
      const more = next && { next: createPageToken(next, question) }
      return shown(asked, { ...view, json: { ...view.json, ...more } }, (values) =>
        authoritiesPage({ ...values, ...more }, contextOf(asked, '/authorities', parts)),
      )
    },
  }),
})

import { createPageToken, parseQuery, readPage, route } from '@sijil/http'
import { explorerView, MAX_QUALIFICATION_LENGTH } from '@sijil/views'
import { issuersPage, listedStates } from '@sijil/web'
import * as z from 'zod/mini'
import { atNow, chosen, contextOf, type PageParts, shown } from './parts.ts'

const listQuery = z.looseObject({
  s: z.optional(z.string().check(z.maxLength(100))),
  c: z.optional(z.string().check(z.maxLength(10))),
  field: z.optional(z.string().check(z.regex(/^[0-9]{2,4}$/, { error: 'must be an ISCED-F 2013 code' }))),
  occupation: z.optional(z.string().check(z.regex(/^[0-9]{1,4}$/, { error: 'must be an ISCO-08 code' }))),
  level: z.optional(
    z.string().check(
      z.regex(/^(?:[A-Za-z-]{2,12}|[a-z0-9-]{1,64}\.[a-z0-9-]{1,40})\.[0-9]{1,2}$/, {
        error: 'must be a framework and a level, like PQF.2',
      }),
    ),
  ),
  qualification: z.optional(z.string().check(z.maxLength(MAX_QUALIFICATION_LENGTH))),
  standing: z.optional(z.enum(listedStates, { error: `must be one of ${listedStates.join(', ')}` })),
})

/** Issuers, to search by name, state, sector, level and accreditation status of today. */
export const explorerAnswers = (parts: PageParts) => ({
  'GET /issuers': route<Record<never, string>, undefined>({
    async answer(asked) {
      const search = parseQuery(listQuery, chosen(asked.query))
      const { s, c, field, occupation, level, standing, qualification } = search
      const filters = Object.fromEntries(
        Object.entries({ text: s, state: c, field, occupation, level, standing, qualification }).filter(
          ([, value]) => value,
        ),
      ) as Record<string, string>
      const question = { index: 'ENTITIES', filters }
      const { next, ...view } = await explorerView({ search, place: readPage(asked.query, question) }, atNow(parts))
      const more = next && { next: createPageToken(next, question) }
      return shown(asked, { ...view, json: { ...view.json, ...more } }, (values) =>
        issuersPage({ ...values, ...more }, contextOf(asked, '/issuers', parts)),
      )
    },
  }),
})

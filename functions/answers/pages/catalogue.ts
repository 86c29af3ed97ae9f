import { csvOf } from '@sijil/credentials/csv'
import { createPageToken, EdgeError, keptFor, parseQuery, readPage, route } from '@sijil/http'
import { catalogueTable, catalogueView, createCatalogueIndex, occupationView, unitView } from '@sijil/views'
import { cataloguePage, occupationPage, unitPage } from '@sijil/web'
import * as z from 'zod/mini'
import { atNow, chosen, contextOf, type PageParts, shown } from './parts.ts'

/** Other parameters are ignored, because no answer depends on them and no cache keeps them apart. */
const searchQuery = z.object({
  q: z.optional(z.string().check(z.maxLength(100, { error: 'must have at most 100 characters' }))),
  state: z.optional(
    z.string().check(z.regex(/^(?:[A-Z]{2}|ASEAN)$/, { error: 'must be a state, ISO 3166-1 alpha-2, or ASEAN' })),
  ),
  level: z.optional(
    z.string().check(
      z.regex(/^(?:[A-Za-z-]{2,12}|[a-z0-9-]{1,64}\.[a-z0-9-]{1,40})(?:\.[0-9]{1,2})?$/, {
        error: 'must be a framework, or one and a level: PQF.2',
      }),
    ),
  ),
  field: z.optional(z.string().check(z.regex(/^[0-9]{2,4}$/, { error: 'must be an ISCED-F 2013 code' }))),
  occupation: z.optional(z.string().check(z.regex(/^[0-9]{1,4}$/, { error: 'must be an ISCO-08 code' }))),
  body: z.optional(z.string().check(z.regex(/^[a-z0-9-]{1,64}$/, { error: 'must be the id of a body' }))),
  // Without this, the records of today would answer a question about another day.
  on: z.optional(
    z.undefined({
      error: 'is not for a search, which shows the records of today: ask a qualification for another day',
    }),
  ),
})
const PER_PAGE = 50

const unitQuery = z.object({
  code: z.string({ error: 'is missing: add ?code= with the code of a unit' }).check(z.maxLength(64)),
})

function searchOf(query: Readonly<Record<string, string>>) {
  const { on: _, ...search } = parseQuery(searchQuery, chosen(query))
  return search
}

/** The catalogue of qualifications, to search as a page, as JSON or as a table. */
export const catalogueAnswers = (parts: PageParts) => {
  const index = createCatalogueIndex()
  return {
    'GET /qualifications': route<Record<never, string>, undefined>({
      async answer(asked) {
        const search = searchOf(asked.query)
        const question = { index: 'CATALOGUE', filters: search as Record<string, string> }
        const { page } = asked.query
        const { lang } = chosen(asked.query)
        const place = readPage({ limit: String(PER_PAGE), ...(page !== undefined && { page }) }, question)
        const { next, ...view } = await catalogueView({ search, place }, { ...atNow(parts), index })
        const more = next && { next: createPageToken(next, question) }
        const query = { ...search, ...(page && { page }), ...(lang && { lang }) } as Record<string, string>
        return shown(asked, { ...view, json: { ...view.json, ...more } }, (values) =>
          cataloguePage({ ...values, ...more }, contextOf({ ...asked, query }, '/qualifications', parts)),
        )
      },
    }),

    'GET /units': route<Record<never, string>, undefined>({
      async answer(asked) {
        const { code } = parseQuery(unitQuery, chosen(asked.query))
        const question = { index: 'CATALOGUE', filters: { code } }
        const { page } = asked.query
        const { lang } = chosen(asked.query)
        const place = readPage({ limit: String(PER_PAGE), ...(page !== undefined && { page }) }, question)
        const { next, ...view } = await unitView({ code, place }, { ...atNow(parts), index })
        const more = next && { next: createPageToken(next, question) }
        const query = { code, ...(page && { page }), ...(lang && { lang }) }
        return shown(asked, { ...view, json: { ...view.json, ...more } }, (values) =>
          unitPage({ ...values, ...more }, contextOf({ ...asked, query }, '/units', parts)),
        )
      },
    }),

    'GET /occupations/{id}': route<{ id: string }, undefined>({
      async answer(asked) {
        const { id } = asked.params
        const { lang } = asked.query
        const context = contextOf({ ...asked, query: lang === undefined ? {} : { lang } }, `/occupations/${id}`, parts)
        return shown(asked, await occupationView(id, { ...atNow(parts), index }), (values) =>
          occupationPage(values, context),
        )
      },
    }),

    'GET /qualifications.csv': route<Record<never, string>, undefined>({
      async answer({ query }) {
        const table = await catalogueTable(searchOf(query), { ...atNow(parts), index })
        if ('most' in table)
          throw new EdgeError(
            'malformed-request',
            `More than ${table.most} qualifications match, too many for one table.`,
            {
              faults: [{ pointer: '', detail: 'add a parameter that leaves fewer, such as state or body' }],
            },
          )
        return {
          status: 200,
          // Without the mark, spreadsheets take Thai and Burmese titles for other letters.
          body: `\ufeff${csvOf(table.columns, table.rows)}`,
          type: 'text/csv; charset=utf-8; header=present',
          headers: {
            'content-disposition': 'attachment; filename="qualifications.csv"',
            'cache-control': keptFor('minute'),
          },
        }
      },
    }),
  }
}

import { csvOf } from '@sijil/credentials/csv'
import { keptFor, parseQuery, route } from '@sijil/http'
import { remembered } from '@sijil/registry'
import { centresValues, centresView, issuerValues, listCentres, requireCentre, statesToChoose } from '@sijil/views'
import { centresPage, issuerPage } from '@sijil/web'
import * as z from 'zod/mini'
import { timeOf } from '../moments.ts'
import { refuseFuture } from './future.ts'
import { askedOf } from './issuers.ts'
import { atNow, chosen, contextOf, either, type PageParts, page } from './parts.ts'

const listQuery = z.looseObject({
  format: z.optional(z.enum(['json', 'csv'])),
  'as-of': z.optional(z.string()),
  state: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/, { error: 'must be a state, ISO 3166-1 alpha-2' }))),
  after: z.optional(z.string().check(z.maxLength(64))),
})

/** The whole register of assessment centres as one file, and a page for each centre, to which certificates point. */
export const centresAnswers = (parts: PageParts) => {
  // Anybody may ask for all centres, so they are read at most once in ten seconds, as trust is.
  const everyCentre = remembered(
    () => listCentres(atNow(parts)),
    () => parts.clock().getTime(),
  )
  return {
    'GET /centres': route<Record<never, string>, undefined>({
      async answer(asked) {
        const { format, 'as-of': day, state, after } = parseQuery(listQuery, chosen(asked.query))
        const asOf = timeOf(day, '/as-of', parts.clock())
        const centres = await everyCentre()
        if (format === undefined && asked.wants === 'html') {
          const values = centresValues(centres, { state, after, states: await statesToChoose(atNow(parts)) }, asOf)
          return page(centresPage(values, contextOf(asked, '/centres', parts)))
        }
        const own = centres.filter(({ identity }) => state === undefined || identity.state === state)
        const { json, columns, rows } = centresView(own, asOf)
        if (format !== 'csv') return { status: 200, body: json }
        return {
          status: 200,
          body: csvOf(columns, rows()),
          type: 'text/csv; charset=utf-8; header=present',
          headers: { 'content-disposition': 'attachment; filename="centres.csv"', 'cache-control': keptFor('minute') },
        }
      },
    }),

    'GET /centres/{centre}': route<{ centre: string }, undefined>({
      async answer(asked) {
        const deps = atNow(parts)
        const centre = await requireCentre(asked.params.centre, deps)
        const { isFuture, ...question } = askedOf(asked.query, deps.now)
        const path = `/centres/${centre.id}`
        const context = contextOf(asked, path, parts)
        if (isFuture)
          return refuseFuture(
            { wants: asked.wants, now: deps.now, path, qualification: question.qualification },
            context,
          )
        const values = await issuerValues(centre, question, deps)
        return either(asked, values, () => issuerPage(values, context))
      },
    }),
  }
}

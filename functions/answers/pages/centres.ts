import { csvOf } from '@sijil/credentials/csv'
import { keptFor, parseQuery, route } from '@sijil/http'
import { remembered } from '@sijil/registry'
import { centresView, issuerValues, listCentres, requireCentre } from '@sijil/views'
import { issuerPage } from '@sijil/web'
import * as z from 'zod/mini'
import { timeOf } from '../moments.ts'
import { refuseFuture } from './future.ts'
import { askedOf } from './issuers.ts'
import { atNow, contextOf, either, type PageParts } from './parts.ts'

const listQuery = z.looseObject({
  format: z._default(z.enum(['json', 'csv']), 'json'),
  'as-of': z.optional(z.string()),
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
      async answer({ query }) {
        const { format, 'as-of': day } = parseQuery(listQuery, query)
        const asOf = timeOf(day, '/as-of', parts.clock())
        const { json, columns, rows } = centresView(await everyCentre(), asOf)
        if (format === 'json') return { status: 200, body: json }
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

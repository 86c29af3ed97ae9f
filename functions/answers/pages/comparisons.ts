import { csvOf } from '@sijil/credentials/csv'
import { type Answer, keptFor, parseQuery, route } from '@sijil/http'
import { comparabilityTable, comparabilityView, comparisonTable, comparisonView, heldView } from '@sijil/views'
import { comparabilityPage, comparisonPage, heldPage } from '@sijil/web'
import * as z from 'zod/mini'
import { heldAnswer } from './held.ts'
import { heldInput } from './inputs.ts'
import { atNow, chosen, contextAt, contextOf, type PageParts, page, shown } from './parts.ts'

const identifier = z.string().check(z.maxLength(105, { error: 'must have at most 105 characters' }))
/** Nothing is asked, or both are named. One of them alone is no question. */
const bothQuery = z.object({ from: identifier, to: identifier })
const comparabilityQuery = z.extend(z.partial(bothQuery), {
  format: z.optional(z.literal('csv', { error: 'must be csv, or left out' })),
})

const tableAnswer = (
  { columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] },
  name: string,
): Answer => ({
  status: 200,
  // Without the mark, spreadsheets take Thai and Burmese titles for other letters.
  body: `\ufeff${csvOf(columns, rows)}`,
  type: 'text/csv; charset=utf-8; header=present',
  headers: {
    'content-disposition': `attachment; filename="${name}.csv"`,
    'cache-control': keptFor('minute'),
  },
})

/** What authorities say of two editions, unit by unit. No answer depends on a certificate or a person. */
export const comparisonAnswers = (parts: PageParts) => ({
  'GET /comparisons/{id}/{version}': route<{ id: string; version: string }, undefined>({
    async answer(asked) {
      const { id, version } = asked.params
      return shown(asked, await comparisonView({ id, version }, atNow(parts)), (values) =>
        comparisonPage(values, contextAt(asked, `/comparisons/${id}/${version}`, parts)),
      )
    },
  }),

  'POST /comparisons/{id}/{version}/held': route<
    { id: string; version: string },
    undefined,
    z.output<typeof heldInput>
  >({
    body: 'multipart',
    input: heldInput,
    async answer(asked) {
      const { id, version } = asked.params
      const deps = atNow(parts)
      const context = contextAt(asked, `/comparisons/${id}/${version}`, parts)
      const comparison = await comparisonView({ id, version }, deps)
      return heldAnswer(asked, parts, {
        again: async (fault) => comparisonPage(await comparison.values(), context, fault),
        answer: async ({ verification }) =>
          shown(asked, await heldView({ id, version }, verification, deps), (values) => heldPage(values, context)),
      })
    },
  }),

  'GET /comparisons/{id}/{version}/units.csv': route<{ id: string; version: string }, undefined>({
    async answer({ params }) {
      return tableAnswer(await comparisonTable(params, atNow(parts)), 'comparison')
    },
  }),

  'GET /comparability': route<Record<never, string>, undefined>({
    async answer(asked) {
      const given = chosen(asked.query)
      const { from = '', to = '', format } = parseQuery(comparabilityQuery, given)
      const isHalf = (from === '') !== (to === '')
      if (isHalf && (asked.wants === 'json' || format !== undefined)) parseQuery(bothQuery, given)
      if (format !== undefined)
        return tableAnswer(await comparabilityTable({ from, to }, atNow(parts)), 'comparability')
      const { lang } = given
      const query = { ...(from && { from }), ...(to && { to }), ...(lang && { lang }) }
      const context = contextOf({ ...asked, query }, '/comparability', parts)
      if (isHalf) return page(comparabilityPage({ asked: { from, to }, versions: [] }, context), 400)
      return shown(asked, await comparabilityView({ from, to }, atNow(parts)), (values) =>
        comparabilityPage(values, context),
      )
    },
  }),
})

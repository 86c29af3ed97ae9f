import { csvOf } from '@sijil/credentials/csv'
import { keptFor, parseQuery, route } from '@sijil/http'
import { findByLink, goneLink, openLink } from '@sijil/registry/verification'
import { comparabilityView, comparisonTable, comparisonView, heldView } from '@sijil/views'
import { comparabilityPage, comparisonPage, type HeldFault, heldPage, linkToToken, parseToken } from '@sijil/web'
import * as z from 'zod/mini'
import { heldInput } from './inputs.ts'
import { atNow, chosen, contextOf, type PageParts, page, shown } from './parts.ts'

const identifier = z.string().check(z.maxLength(105, { error: 'must have at most 105 characters' }))
/** Nothing is asked, or both are named. One of them alone is no question. */
const bothQuery = z.object({ from: identifier, to: identifier })
const comparabilityQuery = z.partial(bothQuery)

/** What authorities say of two editions, unit by unit. No answer depends on a certificate or a person. */
export const comparisonAnswers = (parts: PageParts) => ({
  'GET /comparisons/{id}/{version}': route<{ id: string; version: string }, undefined>({
    async answer(asked) {
      const { id, version } = asked.params
      const { lang } = asked.query
      const query: Record<string, string> = lang === undefined ? {} : { lang }
      return shown(asked, await comparisonView({ id, version }, atNow(parts)), (values) =>
        comparisonPage(values, contextOf({ ...asked, query }, `/comparisons/${id}/${version}`, parts)),
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
      const { lang } = asked.query
      const context = contextOf(
        { ...asked, query: lang === undefined ? {} : { lang } },
        `/comparisons/${id}/${version}`,
        parts,
      )
      const comparison = await comparisonView({ id, version }, deps)
      const again = async (fault: HeldFault, status: number) =>
        page(comparisonPage(await comparison.values(), context, fault), status)
      const { link } = asked.input
      const token = linkToToken(link, parts.baseUrl) ?? parseToken(link)
      const isForPeople = asked.wants !== 'json'
      if (isForPeople && token === undefined) return again('link', 422)
      // After a mistyped letter the form comes back, in place of a page that says "not found".
      if (isForPeople && (await openLink(token ?? '', deps)) === undefined) return again('unknown', 422)
      const found = await findByLink(token ?? '', deps)
      if ('why' in found) {
        if (isForPeople) return again('gone', 410)
        throw goneLink(found)
      }
      const held = await heldView({ id, version }, found.verification, deps)
      return shown(asked, held, (values) => heldPage(values, context))
    },
  }),

  'GET /comparisons/{id}/{version}/units.csv': route<{ id: string; version: string }, undefined>({
    async answer({ params }) {
      const table = await comparisonTable(params, atNow(parts))
      return {
        status: 200,
        // Without the mark, spreadsheets take Thai and Burmese titles for other letters.
        body: `\ufeff${csvOf(table.columns, table.rows)}`,
        type: 'text/csv; charset=utf-8; header=present',
        headers: {
          'content-disposition': 'attachment; filename="comparison.csv"',
          'cache-control': keptFor('minute'),
        },
      }
    },
  }),

  'GET /comparability': route<Record<never, string>, undefined>({
    async answer(asked) {
      const given = chosen(asked.query)
      const { from = '', to = '' } = parseQuery(comparabilityQuery, given)
      const isHalf = (from === '') !== (to === '')
      if (isHalf && asked.wants === 'json') parseQuery(bothQuery, given)
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

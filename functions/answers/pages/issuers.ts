import { parseQuery, route } from '@sijil/http'
import { type AskedOfIssuer, didView, issuerView, MAX_QUALIFICATION_LENGTH, requireEntity } from '@sijil/views'
import { issuerPage } from '@sijil/web'
import * as z from 'zod/mini'
import { ageOf, atNow, chosen, contextOf, either, type PageParts } from './parts.ts'

const asOfQuery = z.looseObject({
  'as-of': z.optional(z.iso.date({ error: 'must be a day, YYYY-MM-DD' })),
  qualification: z.optional(z.string().check(z.maxLength(MAX_QUALIFICATION_LENGTH))),
})

/** The day of the question. Nothing is known of a future day, so the page answers for today and says so. */
export function askedOf(query: Readonly<Record<string, string>>, now: Date): AskedOfIssuer {
  const today = now.toISOString().slice(0, 10)
  const { 'as-of': wanted = today, qualification } = parseQuery(asOfQuery, chosen(query))
  return wanted > today ? { asOf: today, qualification, replaced: { day: wanted } } : { asOf: wanted, qualification }
}

export const issuersAnswers = (parts: PageParts) => ({
  'GET /issuers/{issuer}': route<{ issuer: string }, undefined>({
    async answer(asked) {
      const deps = atNow(parts)
      const entity = await requireEntity(asked.params.issuer, deps)
      const values = await issuerView(entity, askedOf(asked.query, deps.now), deps)
      const answer = either(asked, values, () => issuerPage(values, contextOf(asked, `/issuers/${entity.id}`, parts)))
      return { ...answer, headers: { ...answer.headers, ...ageOf(entity.id, parts) } }
    },
  }),

  'GET /issuers/{issuer}/did.json': route<{ issuer: string }, undefined>({
    async answer({ params: { issuer } }) {
      const body = await didView(issuer, atNow(parts))
      return { status: 200, headers: ageOf(issuer, parts), body, type: 'application/did+json' }
    },
  }),
})

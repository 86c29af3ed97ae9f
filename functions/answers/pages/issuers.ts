import { parseQuery, route } from '@sijil/http'
import { type AskedOfIssuer, didView, issuerView, MAX_QUALIFICATION_LENGTH, requireEntity } from '@sijil/views'
import { issuerPage } from '@sijil/web'
import * as z from 'zod/mini'
import { refuseFuture } from './future.ts'
import { ageOf, atNow, chosen, contextOf, either, type PageParts } from './parts.ts'

const asOfQuery = z.looseObject({
  'as-of': z.optional(z.iso.date({ error: 'must be a day, YYYY-MM-DD' })),
  qualification: z.optional(z.string().check(z.maxLength(MAX_QUALIFICATION_LENGTH))),
})

/** The day and the qualification of the question. `isFuture`: the day has not come. */
export function askedOf(query: Readonly<Record<string, string>>, now: Date): AskedOfIssuer & { isFuture: boolean } {
  const today = now.toISOString().slice(0, 10)
  const { 'as-of': asOf = today, qualification } = parseQuery(asOfQuery, chosen(query))
  return { asOf, qualification, isFuture: asOf > today }
}

export const issuersAnswers = (parts: PageParts) => ({
  'GET /issuers/{issuer}': route<{ issuer: string }, undefined>({
    async answer(asked) {
      const deps = atNow(parts)
      const entity = await requireEntity(asked.params.issuer, deps)
      const { isFuture, ...question } = askedOf(asked.query, deps.now)
      const path = `/issuers/${entity.id}`
      const context = contextOf(asked, path, parts)
      if (isFuture)
        return refuseFuture({ wants: asked.wants, now: deps.now, path, qualification: question.qualification }, context)
      const values = await issuerView(entity, question, deps)
      const answer = either(asked, values, () => issuerPage(values, context))
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

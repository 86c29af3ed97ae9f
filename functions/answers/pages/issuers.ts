import { parseQuery, route } from '@sijil/http'
import { didDocument, noSuchIssuer } from '@sijil/registry/trust'
import { issuerPage } from '@sijil/web'
import * as z from 'zod/mini'
import { LONGEST_ID } from './inputs.ts'
import { interruptionsNow } from './interruptions.ts'
import { type AskedOfIssuer, issuerValues } from './issuer-values.ts'
import { ageOf, chosen, contextOf, either, entityOf, type PageParts } from './parts.ts'

const asOfQuery = z.looseObject({
  'as-of': z.optional(z.iso.date({ error: 'must be a day, YYYY-MM-DD' })),
  qualification: z.optional(z.string().check(z.maxLength(LONGEST_ID))),
})

/** Nothing is known of a day to come: the page answers for today, and says so. */
export function askedOf(query: Readonly<Record<string, string>>, now: Date): AskedOfIssuer {
  const today = now.toISOString().slice(0, 10)
  const { 'as-of': wanted = today, qualification } = parseQuery(asOfQuery, chosen(query))
  return wanted > today ? { asOf: today, qualification, replaced: { day: wanted } } : { asOf: wanted, qualification }
}

export const issuersAnswers = (parts: PageParts) => ({
  'GET /issuers/{issuer}': route<{ issuer: string }, undefined>({
    async answer(asked) {
      const now = parts.clock()
      const entity = await entityOf(asked.params.issuer, now, parts)
      if (entity === undefined) throw noSuchIssuer()
      const question = askedOf(asked.query, now)
      const isToday = question.asOf === now.toISOString().slice(0, 10)
      const interruptions = isToday ? await interruptionsNow(entity.id, parts) : undefined
      const values = { ...(await issuerValues(entity, question, now, parts)), ...(interruptions && { interruptions }) }
      const answer = either(asked, values, () => issuerPage(values, contextOf(asked, `/issuers/${entity.id}`, parts)))
      return { ...answer, headers: { ...answer.headers, ...ageOf(entity.id, parts) } }
    },
  }),

  'GET /issuers/{issuer}/did.json': route<{ issuer: string }, undefined>({
    async answer({ params }) {
      const entity = await entityOf(params.issuer, parts.clock(), parts)
      // A body that signs elsewhere publishes its own.
      if (entity?.did === undefined || entity.elsewhere) throw noSuchIssuer()
      const headers = ageOf(entity.id, parts)
      return { status: 200, headers, body: didDocument(entity, entity.did), type: 'application/did+json' }
    },
  }),
})

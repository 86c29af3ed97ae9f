import { type Answer, EdgeError, type Endpoint, route } from '@sijil/http'
import {
  authorize,
  type Moments,
  metadataOf,
  type NotServed,
  recognize,
  type TrqpQuestion,
} from '@sijil/protocols/trqp'
import { timeOf } from './moments.ts'
import { parseQuestion } from './trqp-input.ts'
import type { TrustParts } from './trust-parts.ts'

type Ask = (question: TrqpQuestion, moments: Moments, deps: TrustParts) => Promise<object | NotServed>

/** Trust Registry Query Protocol 2.0, HTTPS binding. A malformed question gets a 400. An authority that is not served gets a 404. */
export const trqpAnswers = (parts: TrustParts) => ({
  'POST /authorization': asking(authorize, parts),
  'POST /recognition': asking(recognize, parts),
  'GET /metadata': route<Record<never, string>, undefined>({
    answer: () => ({ status: 200, body: metadataOf(parts.baseUrl) }),
  }),
  // Optional extensions of TRQP. /issuers and /centres answer the same facts.
  'GET /lookups/{list}': route<{ list: string }, undefined>({ answer: () => notOffered() }),
  'GET /entities': route<Record<never, string>, undefined>({
    answer({ query }) {
      if (query.action !== undefined && query.resource === undefined)
        throw new EdgeError('malformed-request', 'An action needs a resource.', {
          faults: [{ pointer: '/resource', detail: 'is missing' }],
        })
      return notOffered()
    },
  }),
  'GET /entities/{id}': route<{ id: string }, undefined>({ answer: () => notOffered() }),
  'GET /ecosystems/{id}': route<{ id: string }, undefined>({ answer: () => notOffered() }),
})

const asking = (ask: Ask, parts: TrustParts): Endpoint<Record<never, string>, undefined> =>
  route<Record<never, string>, undefined>({
    body: 'json',
    async answer({ input }): Promise<Answer> {
      const question = parseQuestion(input)
      const now = parts.clock()
      const effective = timeOf(question.context?.time, '/context/time', now)
      const body = await ask(question, { effective, recorded: now.toISOString() }, parts)
      if (!('notServed' in body)) return { status: 200, body }
      const detail = `must name an authority that this registry lists, or ${parts.baseUrl}`
      throw new EdgeError('authority-not-served', body.notServed, { faults: [{ pointer: '/authority_id', detail }] })
    },
  })

const notOffered = (): never => {
  throw new EdgeError(
    'not-implemented',
    'This registry does not offer this optional part of TRQP. Use GET /issuers or GET /centres.',
  )
}

import { type Answers, acceptedTypes, EdgeError, keptFor, route } from '@sijil/http'
import { type CommitStore, pastStatusList, publishStatusList, RegistryError, type Signer } from '@sijil/registry'
import * as z from 'zod'
import type { RouteRowOf } from '../routes.ts'

interface ListsParts {
  store: CommitStore
  signer: Signer
  baseUrl: string
  clock: () => Date
}

export const listsAnswers = ({ clock, ...parts }: ListsParts): Answers<RouteRowOf<'lists'>[]> => ({
  'GET /status-lists/{id}': route({
    async answer({ params: { id }, query, headers }) {
      const now = clock()
      const moment = query.timestamp === undefined ? undefined : pastMomentOf(query.timestamp, now)
      const needs = { ...parts, now }
      const { text } = await (moment === undefined
        ? publishStatusList(id, needs)
        : pastStatusList(id, moment, needs).catch(notRetrievable))
      // The registered type only for who asks for it: many clients read nothing that is not called JSON.
      const accepted = acceptedTypes(headers.get('accept'))
      const isWanted = accepted.includes('application/vc') && !accepted.some((name) => name.endsWith('json'))
      const type = isWanted ? 'application/vc' : 'application/json'
      // What is in it never changes; but when its key is compromised it has to be signed with another.
      return { status: 200, body: text, type, ...(moment && { headers: { 'cache-control': keptFor('hour') } }) }
    },
  }),
})

function notRetrievable(error: unknown): never {
  if (error instanceof RegistryError && error.code === 'not-found')
    throw new EdgeError('status-not-retrievable', 'There was no such list at that moment.')
  throw error
}

const moment = z.iso.datetime({ offset: true })
/** Indexes and clocks may lag that long: before it, the list of that moment could still change. */
const UNSETTLED_MS = 15 * 60_000

/** A list of another moment must not be taken for one of that moment (Bitstring Status List v1.0 §3.1). */
function pastMomentOf(text: string, now: Date): string {
  const asked = moment.safeParse(text).success ? new Date(text) : undefined
  if (asked === undefined || asked.getTime() > now.getTime() - UNSETTLED_MS)
    throw new EdgeError(
      'status-not-retrievable',
      'The "timestamp" must be a moment (RFC 3339) at least fifteen minutes ago; leave it out for the list as of now.',
    )
  return asked.toISOString()
}

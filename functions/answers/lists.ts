import { type Answers, acceptedTypes, EdgeError, keptFor, route } from '@sijil/http'
import {
  type CheckedStore,
  type CommitStore,
  INDEX_LAG_MS,
  MINUTE_MS,
  RegistryError,
  rememberedEach,
  type Signer,
} from '@sijil/registry'
import { pastStatusList, publishStatusList } from '@sijil/registry/status'
import * as z from 'zod'
import type { RouteRowOf } from '../routes.ts'

interface ListsParts {
  store: CommitStore
  artefacts: CheckedStore
  signer: Signer
  baseUrl: string
  clock: () => Date
}

/** Each list has some kilobytes. */
const MOST_KEPT = 200

export const listsAnswers = ({ clock, ...parts }: ListsParts): Answers<RouteRowOf<'lists'>[]> => {
  // Anybody may ask for any past minute, as often as they like. So each list is signed at most once a minute.
  const keptMinute = rememberedEach<{ text: string }>(() => clock().getTime(), { ms: MINUTE_MS, most: MOST_KEPT })

  return {
    'GET /status-lists/{id}': route({
      async answer({ params: { id }, query, headers }) {
        const now = clock()
        const deps = { ...parts, now }
        const moment = query.timestamp === undefined ? undefined : pastMinuteOf(query.timestamp, now)
        const { text } = await (moment === undefined
          ? publishStatusList(id, deps)
          : keptMinute(`${id} ${moment.toISOString()}`, () => pastStatusList(id, moment.toISOString(), deps)).catch(
              notRetrievable,
            ))
        // Only a client that asks for the registered type gets it: many clients read only types that are called JSON.
        const accepted = acceptedTypes(headers.get('accept'))
        const isWanted = accepted.includes('application/vc') && !accepted.some((name) => name.endsWith('json'))
        const type = isWanted ? 'application/vc' : 'application/json'
        return { status: 200, body: text, type, ...(moment && { headers: pastHeaders(moment) }) }
      },
    }),
  }
}

/**
 * `Memento-Datetime` (RFC 7089 §2.1.1) names the moment of the list. The content of a past list never changes, but after a compromise of its
 * key it must be signed again with another. So caches keep it for an hour only.
 */
const pastHeaders = (moment: Date) => ({
  'cache-control': keptFor('hour'),
  'memento-datetime': moment.toUTCString(),
})

function notRetrievable(error: unknown): never {
  if (error instanceof RegistryError && error.code === 'not-found')
    throw new EdgeError('status-not-retrievable', 'There was no such list at that moment.')
  throw error
}

const moment = z.iso.datetime({ offset: true })

/**
 * Rounds down to the beginning of the minute, so that all moments of a minute share one list. The answer names the moment of its list,
 * because a client must not mistake it for the list of another moment (Bitstring Status List v1.0 §3.1).
 */
function pastMinuteOf(text: string, now: Date): Date {
  const asked = moment.safeParse(text).success ? new Date(text) : undefined
  if (asked === undefined || asked.getTime() > now.getTime() - INDEX_LAG_MS)
    throw new EdgeError(
      'status-not-retrievable',
      'The "timestamp" must be a moment (RFC 3339) at least fifteen minutes ago. Leave it out to get the list as of now.',
    )
  return new Date(Math.floor(asked.getTime() / MINUTE_MS) * MINUTE_MS)
}

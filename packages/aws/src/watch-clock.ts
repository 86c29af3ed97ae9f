import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { isObjectOrList } from '@sijil/credentials'
import { RegistryError, STORE_TOLERANCE_MS } from '@sijil/registry'

/** The `Date` header of the store has whole seconds. */
const RESOLUTION_MS = 1_000

/**
 * Throws `clock-astray` on a read if the clock of this machine and that of the store differ, or if the store states no readable time. Every decision needs a read in the same
 * request, so such a machine decides nothing, records nothing at a wrong moment, and judges nothing by a wrong date (F20, X005, I53).
 * The next read compares the clocks again.
 */
export function watchClock<Client extends DynamoDBClient>(client: Client, clock: () => number): Client {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const asked = clock()
        const result = await next(args)
        const storeTime = dateOf(result.response)
        const isRead = commandName !== 'PutItemCommand'
        if (isRead && (storeTime === undefined || isSkewed(storeTime, { asked, answered: clock() })))
          throw new RegistryError('clock-astray', 'the time is not known well enough at the moment')
        return result
      },
    { step: 'deserialize', name: 'watchClock', priority: 'high' },
  )
  return client
}

/** If both clocks agree, the time of the store lies between our times of the request and the answer. All in milliseconds. */
const isSkewed = (storeTime: number, { asked, answered }: { asked: number; answered: number }): boolean =>
  storeTime + RESOLUTION_MS < asked - STORE_TOLERANCE_MS || storeTime > answered + STORE_TOLERANCE_MS

/** Each proxy on the way may add a `Date`, and the SDK joins them with commas. The first is that of the store (RFC 9110 §6.6.1). */
function dateOf(response: unknown): number | undefined {
  if (!isObjectOrList(response) || !('headers' in response)) return undefined
  const { date = '' } = response.headers as Readonly<Record<string, string | undefined>>
  const [weekday, day] = date.split(',')
  const moment = Date.parse(`${weekday},${day}`)
  return Number.isNaN(moment) ? undefined : moment
}

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { isObjectOrList } from '@sijil/credentials'
import { RegistryError, STORE_TOLERANCE_MS } from '@sijil/registry'

/** The store says the time to the second. Whatever it was when it answered lies between question and answer, or the clocks differ. */
const RESOLUTION_MS = 1_000

/**
 * Every decision rests on a read of the same request. So a machine whose clock has gone astray is refused its reads: it decides nothing,
 * records nothing at a wrong moment, and calls nothing by what it takes for today (F20, X005, I53). The next read finds out anew.
 */
export function watchClock<Client extends DynamoDBClient>(client: Client, clock: () => number): Client {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const asked = clock()
        const result = await next(args)
        const stated = dateOf(result.response)
        const isRead = commandName !== 'PutItemCommand'
        if (isRead && stated !== undefined && isSkewed(stated, { asked, answered: clock() }))
          throw new RegistryError('clock-astray', 'the time is not known well enough at the moment')
        return result
      },
    { step: 'deserialize', name: 'watchClock', priority: 'high' },
  )
  return client
}

const isSkewed = (stated: number, { asked, answered }: { asked: number; answered: number }): boolean =>
  stated + RESOLUTION_MS < asked - STORE_TOLERANCE_MS || stated > answered + STORE_TOLERANCE_MS

function dateOf(response: unknown): number | undefined {
  if (!isObjectOrList(response) || !('headers' in response)) return undefined
  const { date } = response.headers as Readonly<Record<string, string | undefined>>
  const moment = Date.parse(date ?? '')
  return Number.isNaN(moment) ? undefined : moment
}

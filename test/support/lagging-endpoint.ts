import { createServer, type IncomingMessage } from 'node:http'
import { buffer, json } from 'node:stream/consumers'
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts'
import { passBack, passOn } from './pass-on.ts'

type Key = { pk: { S: string }; sk: { S: string } }
interface Sent {
  Item?: Key
  IndexName?: string
}

/**
 * The milliseconds by which the indexes of every registry of a test run lag. `npm run check:lag` sets them. By default they show each
 * commit at once, as the embedded store does.
 */
export const indexLag = Number(process.env.SIJIL_INDEX_LAG ?? 0)

/**
 * A proxy between the functions and the store. Indexes show a commit only `lag` milliseconds after it was written, by the clock of the
 * registry. Streams are immediate, as in DynamoDB.
 */
export function laggingEndpoint({ lag, clock }: { lag: number; clock: () => number }) {
  let onward = ''
  const shownAt = new Map<string, number>()
  let allShownAt = 0
  const nameOf = ({ pk, sk }: Key) => `${pk.S} ${sk.S}`
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    const { Item, IndexName } = JSON.parse(body.toString() || '{}') as Sent
    // Set before the write: no reader may see the row in between.
    if (Item?.sk !== undefined && !shownAt.has(nameOf(Item))) {
      allShownAt = clock() + lag
      shownAt.set(nameOf(Item), allShownAt)
    }
    const answered = async (answer: IncomingMessage) => {
      if (IndexName === undefined || answer.statusCode !== 200) return passBack(answer, response)
      const { Items = [], ...rest } = (await json(answer)) as { Items?: Key[] }
      const shown = Items.filter((item) => (shownAt.get(nameOf(item)) ?? 0) <= clock())
      const text = JSON.stringify({ ...rest, Items: shown, Count: shown.length })
      // The checksum would be that of the unchanged answer.
      const { 'x-amz-crc32': _, ...others } = answer.headers
      response.writeHead(200, { ...others, 'content-length': Buffer.byteLength(text) })
      response.end(text)
    }
    passOn({ request, response, onward }, { answered, body })
  })
  return {
    async before(endpoint: string): Promise<string> {
      onward = endpoint
      return listenOnLoopback(server)
    },
    /** Milliseconds until the indexes show everything. */
    untilShown: () => Math.max(0, allShownAt - clock()),
    close: () => closeServer(server),
  }
}

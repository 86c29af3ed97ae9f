import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts'
import { passOn } from './pass-on.ts'

export interface TroubledStore {
  /** Starts the proxy for the store at `endpoint`, and returns its own address. */
  before(endpoint: string): Promise<string>
  /** No fault, or every request is refused like by a throttled DynamoDB or by a policy, or writes are refused after so many. */
  trouble: 'none' | 'throttled' | 'denied' | { writesLeft: number }
  /** Gets each request that is passed on, if it is set: the operation, such as `Query`, and what it asks. */
  watch?: ((operation: string, asked: Asked) => void) | undefined
  close(): Promise<void>
}

/** The members of a request to DynamoDB that tests look at. */
interface Asked {
  ConsistentRead?: boolean
  ExpressionAttributeValues?: Readonly<Record<string, { S?: string }>>
}

const throttling = 'com.amazonaws.dynamodb.v20120810#ThrottlingException'

/** A proxy between the functions and the store, which refuses requests according to `trouble`. */
export function troubledStore(): TroubledStore {
  let onward = ''
  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target'])
    if (refuses(target)) {
      request.resume().on('end', () => {
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
        const __type = self.trouble === 'denied' ? 'com.amazon.coral.service#AccessDeniedException' : throttling
        response.end(JSON.stringify({ __type, message: 'refused' }))
      })
      return
    }
    if (self.watch === undefined) return passOn({ request, response, onward })
    const body = await buffer(request)
    self.watch(target.slice(target.indexOf('.') + 1), JSON.parse(body.toString()) as Asked)
    passOn({ request, response, onward }, { body })
  })
  const self: TroubledStore = {
    async before(endpoint) {
      onward = endpoint
      return listenOnLoopback(server)
    },
    trouble: 'none',
    close: () => closeServer(server),
  }
  return self

  function refuses(target: string): boolean {
    if (typeof self.trouble === 'string') return self.trouble !== 'none'
    if (!target.endsWith('PutItem')) return false
    // At 0 every attempt is refused. The client makes three attempts for each write.
    if (self.trouble.writesLeft === 0) return true
    self.trouble.writesLeft -= 1
    return false
  }
}

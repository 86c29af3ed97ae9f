import { createServer, request as send } from 'node:http'
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts'

export interface TroubledStore {
  /** Stands before the store at `endpoint`. */
  before(endpoint: string): Promise<string>
  /** All is well; or every request is refused as DynamoDB refuses when it throttles; or writes are, after so many. */
  trouble: 'none' | 'throttled' | { writesLeft: number }
  close(): Promise<void>
}

/** What stands between the functions and the store, and refuses in its name when it is told to. */
export function troubledStore(): TroubledStore {
  let onward = ''
  const server = createServer((request, response) => {
    if (refuses(String(request.headers['x-amz-target']))) {
      request.resume().on('end', () => {
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
        response.end(
          JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'slow down' }),
        )
      })
      return
    }
    const headers = { ...request.headers, host: new URL(onward).host }
    const passed = send(onward, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    passed.on('error', () => response.destroy())
    request.pipe(passed)
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
    if (typeof self.trouble === 'string') return self.trouble === 'throttled'
    if (!target.endsWith('PutItem')) return false
    // The client asks three times for each.
    if (self.trouble.writesLeft === 0) return true
    self.trouble.writesLeft -= 1
    return false
  }
}

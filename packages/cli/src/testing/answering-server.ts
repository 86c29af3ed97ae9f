import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Reply {
  status: number
  headers?: Record<string, string>
  /** A string is sent unchanged, any other value as JSON. */
  body?: unknown
}

interface Heard {
  route: string
  headers: IncomingMessage['headers']
  body: string
}

export const secret = 's3cret:with/odd+signs'

/** An HTTP server that imitates the API, with a token endpoint and a folder with an identity for it. */
export interface AnsweringServer {
  url: string
  folder: string
  /** The environment variables of the command: the address of this server, and the folder of the identity. */
  environment: { SIJIL_URL: string; SIJIL_DATA: string }
  heard: Heard[]
  /** Sets the replies to a route, in order. The last one is repeated. */
  answer(route: string, ...replies: Reply[]): void
  close(): Promise<void>
}

export async function openAnsweringServer(): Promise<AnsweringServer> {
  const answers = new Map<string, Reply[]>()
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const route = `${request.method} ${request.url}`
    heard.push({ route, headers: request.headers, body })
    const queue = answers.get(route) ?? []
    const reply =
      (queue.length > 1 ? queue.shift() : queue[0]) ??
      (route === 'POST /oidc/token' ? tokenFor(request, body) : unknown)
    send(response, reply)
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const url = `http://localhost:${address.port}`
  const folder = await mkdtemp(join(tmpdir(), 'sijil-cli-'))
  const clients = { 'demo-ph-tesda': secret, 'demo-id-bnsp': 'another' }
  await writeFile(join(folder, 'identity.json'), JSON.stringify({ tokenEndpoint: `${url}/oidc/token`, clients }))
  return {
    url,
    folder,
    environment: { SIJIL_URL: url, SIJIL_DATA: folder },
    heard,
    answer: (route, ...replies) => void answers.set(route, replies),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

const unknown: Reply = problem(404, 'not-found', 'There is no such thing here')

export function problem(status: number, code: string, title: string, more: Record<string, unknown> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: `http://localhost/problems/${code}`, title, status, ...more },
  }
}

/** RFC 6749: a client with the wrong secret gets an error. */
function tokenFor(request: IncomingMessage, body: string): Reply {
  const basic = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString()
  const expected = `demo-ph-tesda:${encodeURIComponent(secret)}`
  if (basic !== expected) return { status: 401, body: { error: 'invalid_client', error_description: 'who are you?' } }
  const scope = new URLSearchParams(body).get('scope')
  return { status: 200, body: { access_token: 'token.of.tesda', token_type: 'Bearer', expires_in: 600, scope } }
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

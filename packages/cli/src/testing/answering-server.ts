import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Given {
  status: number
  headers?: Record<string, string>
  /** A string is sent as it is. */
  body?: unknown
}

interface Heard {
  route: string
  headers: IncomingMessage['headers']
  body: string
}

export const secret = 's3cret:with/odd+signs'

/** An HTTP server that speaks as the API does, with a token endpoint, and a folder with an identity for it. */
export interface AnsweringServer {
  url: string
  folder: string
  /** For the command: where to ask, and who it may be. */
  environment: { SIJIL_URL: string; SIJIL_DATA: string }
  heard: Heard[]
  /** One after another; the last one stays. */
  answer(route: string, ...given: Given[]): void
  close(): Promise<void>
}

export async function openAnsweringServer(): Promise<AnsweringServer> {
  const answers = new Map<string, Given[]>()
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const route = `${request.method} ${request.url}`
    heard.push({ route, headers: request.headers, body })
    const queue = answers.get(route) ?? []
    const given =
      (queue.length > 1 ? queue.shift() : queue[0]) ??
      (route === 'POST /oidc/token' ? tokenFor(request, body) : unknown)
    send(response, given)
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
    answer: (route, ...given) => void answers.set(route, given),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

const unknown: Given = problem(404, 'not-found', 'No such thing here')

export function problem(status: number, code: string, title: string, more: Record<string, unknown> = {}): Given {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: `http://localhost/problems/${code}`, title, status, ...more },
  }
}

/** RFC 6749: whoever does not know the secret gets nothing. */
function tokenFor(request: IncomingMessage, body: string): Given {
  const basic = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString()
  const expected = `demo-ph-tesda:${encodeURIComponent(secret)}`
  if (basic !== expected) return { status: 401, body: { error: 'invalid_client', error_description: 'who are you?' } }
  const scope = new URLSearchParams(body).get('scope')
  return { status: 200, body: { access_token: 'token.of.tesda', token_type: 'Bearer', expires_in: 600, scope } }
}

function send(response: ServerResponse, { status, headers, body }: Given): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

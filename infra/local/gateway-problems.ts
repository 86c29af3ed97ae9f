import type { ServerResponse } from 'node:http'

// biome-ignore format: it reads as a table
/** What the gateway answers by itself, before or instead of a function; the types and titles are those of `packages/http`. */
const problems = {
  'not-found':              { status: 404, title: 'No such thing here' },
  'method-not-allowed':     { status: 405, title: 'This method is not offered here' },
  'payload-too-large':      { status: 413, title: 'The request is too large' },
  'internal':               { status: 500, title: 'Something went wrong here' },
  'dependency-unavailable': { status: 503, title: 'A part of the service is not available now' },
} as const
export type GatewayProblem = keyof typeof problems

/** RFC 9457. */
export function writeProblem(
  response: ServerResponse,
  code: GatewayProblem,
  { baseUrl, headers = {}, withBody = true }: { baseUrl: string; headers?: Record<string, string>; withBody?: boolean },
): void {
  const { status, title } = problems[code]
  const body = Buffer.from(JSON.stringify({ type: `${baseUrl}/problems/${code}`, title, status }))
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(withBody ? body : undefined)
}

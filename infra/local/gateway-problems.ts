import type { IncomingMessage, ServerResponse } from 'node:http'
import { wantedForm } from '@sijil/http/negotiate'
import type { Route } from '../../functions/routes.ts'

// biome-ignore format: it reads as a table
/** Problems that the gateway answers without a function. The types and titles are those of `packages/http`. */
const problems = {
  'not-found':              { status: 404, title: 'No such thing here' },
  'payload-too-large':      { status: 413, title: 'The request is too large' },
  'internal':               { status: 500, title: 'Something went wrong here' },
  'dependency-unavailable': { status: 503, title: 'A part of the service is not available now' },
} as const
export type GatewayProblem = keyof typeof problems

/** Renders a problem for a browser. `language` is the requested tag. */
export type ProblemPage = (
  problem: { type: string; title: string; status: number },
  view: { language: string | undefined },
) => string

const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

type Asked = Pick<IncomingMessage, 'headers' | 'url'>

/** The language of the address, or else the first language of the browser, without its region. */
const languageOf = ({ headers, url = '' }: Asked) =>
  new URLSearchParams(url.split('?')[1]).get('lang') ??
  headers['accept-language']?.split(/[-,;]/)[0]?.trim().toLowerCase()

/** Writes a problem as RFC 9457, or as a page for a person. */
export function writeProblem(
  response: ServerResponse,
  code: GatewayProblem,
  {
    baseUrl,
    headers = {},
    asked = { headers: {} },
    readers = 'programs',
    problemPage,
  }: {
    baseUrl: string
    headers?: Record<string, string>
    asked?: Asked
    readers?: Route['readers']
    problemPage?: ProblemPage | undefined
  },
): void {
  const { status, title } = problems[code]
  const problem = { type: `${baseUrl}/problems/${code}`, title, status }
  const isPage = problemPage !== undefined && wantedForm(asked.headers.accept, readers) === 'html'
  const body = Buffer.from(isPage ? problemPage(problem, { language: languageOf(asked) }) : JSON.stringify(problem))
  response.writeHead(status, {
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/problem+json',
    ...(isPage && {
      'content-security-policy': pagePolicy,
      'referrer-policy': 'no-referrer',
      vary: 'Accept, Accept-Language',
    }),
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(body)
}

import * as z from 'zod'
import { describe, described } from '../../functions/answers/description.ts'
import { routes } from '../../functions/routes.ts'
import { createMatcher } from '../../infra/local/match-route.ts'

interface Operation {
  responses: Record<string, { content?: Record<string, unknown>; headers?: Record<string, unknown> }>
}
/** Response headers that the description must list for each route that sends them. */
const headersToDescribe = ['location', 'retry-after', 'idempotency-replayed', 'sijil-unchanged']

const matchRoute = createMatcher(routes)
const kept = globalThis as { describedForTests?: unknown }
// Plain JSON and the same in every file, so each process makes it once. It took a fiftieth of the time of the journeys.
kept.describedForTests ??= describe({ baseUrl: 'http://localhost', tokenIssuer: 'http://localhost' })
const { paths } = kept.describedForTests as { paths: Record<string, Record<string, Operation>> }

/** Throws if an answer does not match the OpenAPI description of the registry. It checks every request of every journey. */
export function requireDescribed({
  method,
  path,
  response: { status, headers },
  text,
}: {
  method: string
  path: string
  response: Response
  text: string
}): void {
  const { pathname } = new URL(path, 'http://localhost')
  const key = matchRoute(method, pathname)?.routeKey ?? ''
  const route = key === '$default' ? `${method} ${pathname}` : key.replace(/^ANY /, `${method} `)
  if (described[route] === undefined) return
  const operation = paths[route.slice(method.length + 1).replace('+}', '}')]?.[method.toLowerCase()]
  const answer = operation?.responses[status]
  if (answer === undefined) throw new Error(`not described: ${route} answers ${status}`)
  const [type = ''] = headers.get('content-type')?.split(';') ?? []
  if (type !== '' && !described[route]?.also?.includes(status) && answer.content?.[type] === undefined)
    throw new Error(`not described: ${route} answers ${status} as ${type}`)
  const undescribed = headersToDescribe.filter((name) => headers.has(name) && answer.headers?.[name] === undefined)
  if (undescribed.length > 0)
    throw new Error(`not described: ${route} answers ${status} with ${undescribed.join(', ')}`)
  if (status >= 300) return
  const { files, output: usual, waits } = described[route] ?? {}
  const output = status === 202 && waits ? waits : (files?.[type] ?? usual)
  if (output === undefined || !/[+/]json/.test(type)) return
  const { error } = z.safeParse(output, JSON.parse(text))
  if (error)
    throw new Error(
      `not described: ${route} answers ${JSON.stringify(error.issues.map(({ path: at, message }) => ({ at, message })))}`,
    )
}

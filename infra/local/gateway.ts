import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import type { FunctionName } from '../../functions/routes.ts'
import { contextOf, eventOf, writeAnswer } from './gateway-event.ts'
import { type ProblemPage, writeProblem } from './gateway-problems.ts'
import { closeServer, listenOnLoopback } from './loopback.ts'
import { createMatcher, type LocalRoute } from './match-route.ts'
import { readBody } from './read-body.ts'

export type LocalHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>

export interface Gateway {
  /** The address on which it listens. Its public address is `baseUrl`. */
  url: string
  close(): Promise<void>
}

/** Milliseconds. API Gateway ends a call after 29 s. A client has 10 s for its headers and 30 s for the whole request. */
const PATIENCE = { headers: 10_000, request: 30_000, handler: 29_000 }
/** Bytes. The functions themselves accept at most 64 KiB, and 4 MiB for a list. */
const BODY_LIMIT = 5 * 1024 * 1024

/**
 * API Gateway for one machine, with the same routes, events and answers (HTTP API, payload format 2.0), from the same table. It ignores
 * the headers of a request about its host and its path through proxies (Host, Forwarded, X-Forwarded-*).
 */
export async function startGateway({
  port,
  baseUrl,
  routes,
  handlers,
  mounts = {},
  problemPage,
  patience = PATIENCE,
  report = reportToConsole,
  clock = Date.now,
}: {
  port: number
  baseUrl: string
  routes: readonly LocalRoute[]
  handlers: Partial<Record<FunctionName, LocalHandler>>
  /** Other servers below a path, for example `/oidc`. */
  mounts?: Record<`/${string}`, RequestListener>
  /** The page for a browser about a problem of the gateway itself. */
  problemPage?: ProblemPage
  patience?: typeof PATIENCE
  report?: (error: unknown, where: { routeKey: string; requestId: string }) => void
  /** The time in events, in milliseconds since 1970. The time limit of a handler is measured in real time. */
  clock?: () => number
}): Promise<Gateway> {
  for (const route of routes) {
    if (handlers[route.function] === undefined) throw new Error(`no handler for ${route.function}`)
  }
  const match = createMatcher(routes)

  const server = createServer(
    {
      // A connection that rests is closed after 5 s by itself. After a long answer it would be, just as its client uses it again.
      keepAliveTimeout: 65_000,
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      connectionsCheckingInterval: Math.min(1_000, patience.headers),
    },
    (request, response) => {
      if (!isMounted(request, response)) void answer(request, response)
    },
  )
  const url = await listenOnLoopback(server, port)
  return { url, close: () => closeServer(server) }

  function isMounted(request: IncomingMessage & { originalUrl?: string }, response: ServerResponse): boolean {
    const asked = request.url ?? '/'
    for (const [prefix, listener] of Object.entries(mounts)) {
      if (asked !== prefix && !asked.startsWith(`${prefix}/`) && !asked.startsWith(`${prefix}?`)) continue
      request.originalUrl = asked
      const rest = asked.slice(prefix.length)
      request.url = rest.startsWith('/') ? rest : `/${rest}`
      listener(request, response)
      return true
    }
    return false
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET'
    const [rawPath, rawQueryString] = splitUrl(request.url ?? '/')
    const matched = match(method, rawPath)
    const problemOptions = { baseUrl, asked: request, problemPage, ...(matched && { readers: matched.readers }) }
    // A gateway of a few functions may have no pages to answer the rest.
    if (matched === undefined || handlers[matched.function] === undefined)
      return writeProblem(response, 'not-found', problemOptions)

    const { function: name, routeKey, pathParameters, isPublic } = matched
    // Any page may call a public route, because its answers are public and the browser sends no credentials with it.
    const extra: Record<string, string> = isPublic ? { 'access-control-allow-origin': '*' } : {}
    let requestId = ''
    try {
      const body = await readBody(request, BODY_LIMIT)
      if (body === undefined) {
        return writeProblem(response, 'payload-too-large', {
          ...problemOptions,
          headers: { ...extra, connection: 'close' },
        })
      }
      const now = new Date(clock())
      const event = eventOf(request, { routeKey, pathParameters, rawPath, rawQueryString, body, now })
      requestId = event.requestContext.requestId
      const context = contextOf(name, requestId, new Date(Date.now() + patience.handler))
      const result = await inTime(() => handlers[name]?.(event, context), patience.handler)
      if (result === undefined) {
        report(new Error('out of time'), { routeKey, requestId })
        return writeProblem(response, 'dependency-unavailable', { ...problemOptions, headers: extra })
      }
      writeAnswer(response, result, extra)
    } catch (error) {
      // The client closed the connection. That is not our error, and there is nobody to answer.
      if (response.destroyed) return
      report(error, { routeKey, requestId })
      if (response.headersSent) return void response.destroy()
      for (const name of response.getHeaderNames()) response.removeHeader(name)
      writeProblem(response, 'internal', { ...problemOptions, headers: extra })
    }
  }
}

function splitUrl(url: string): [path: string, query: string] {
  const mark = url.indexOf('?')
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)]
}

/** The result of the work, or `undefined` after `ms` milliseconds. */
async function inTime<T>(work: () => Promise<T> | undefined, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Logs the key of the route and never the path, because paths contain tokens (I47). */
function reportToConsole(error: unknown, where: { routeKey: string; requestId: string }): void {
  console.error(JSON.stringify({ level: 'error', ...where, error: error instanceof Error ? error.stack : 'unknown' }))
}

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { Answer } from './route.ts'

export type Event = APIGatewayProxyEventV2
/** Payload 2.0, with header names in lower case. */
export type Rendered = APIGatewayProxyStructuredResultV2 & { statusCode: number; headers: Record<string, string> }

/** The headers of a request, with names in lower case for any gateway. */
export const headersOf = (event: Event): Map<string, string> =>
  new Map(
    Object.entries(event.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value] as const],
    ),
  )

export const isHead = (event: Event): boolean => event.requestContext.http.method === 'HEAD'

/**
 * HEAD is GET without content (RFC 9110 §9.3.2). The gateway has one route for both, for a POST that the same function answers, and for
 * methods that no row names: ANY. Pages without parameters have no route of their own (`infra/aws/gateway-body.ts`).
 */
export function routeKeyOf({ routeKey, rawPath, requestContext: { http } }: Event): string {
  const method = http.method === 'HEAD' ? 'GET' : http.method
  if (routeKey === '$default') return `${method} ${rawPath}`
  return method === 'GET' || method === 'POST' ? routeKey.replace(/^ANY /, `${method} `) : routeKey
}

/** Turns an answer into payload 2.0 of API Gateway. */
export function render({ cookies = [], ...answer }: Answer): Rendered {
  const rendered = renderBody(answer)
  return cookies.length === 0 ? rendered : { ...rendered, cookies: [...cookies] }
}

function renderBody({ status, body, headers = {}, type }: Answer): Rendered {
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  if (body === undefined) return { statusCode: status, headers: own }
  if (type === undefined && (typeof body === 'string' || body instanceof Uint8Array))
    throw new TypeError('a body that is not JSON needs its type')
  const typed = { ...own, 'content-type': type ?? 'application/json' }
  if (typeof body === 'string') return { statusCode: status, headers: typed, body }
  if (!(body instanceof Uint8Array)) return { statusCode: status, headers: typed, body: JSON.stringify(body) }
  return { statusCode: status, headers: typed, body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
}

import type { Rendered } from './render.ts'
import type { RouteRow } from './rows.ts'

// biome-ignore format: it reads as a table
/** Invariant I42. The camera's picture reaches its element as an object, which needs no `media-src`. */
const pagePolicy = [
  "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'",
  "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ')
/** The desk runs nothing at all: no script, no request but the form that a person sends. */
const deskPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
const otherPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/**
 * With what a function remembers, 20 s at most, it is a minute until a change is seen by everybody (I22; test/freshness.test.ts). CloudFront
 * would give what is too old for as long as we answer 5xx, if it were not told to give nothing (RFC 5861).
 */
const MINUTE = 'public, max-age=40, stale-if-error=0'
const kept: Record<RouteRow['caching'], string> = {
  never: 'no-store',
  minute: MINUTE,
  answer: MINUTE,
  // Needs no store, so an old answer is as good while a function is away (F5).
  hour: 'public, max-age=3600, stale-if-error=86400',
  year: 'public, max-age=31536000, immutable',
}

/** For an answer that may be kept longer, or less long, than its row says: `{ 'cache-control': keptFor('year') }`. */
export const keptFor = (caching: RouteRow['caching']): string => kept[caching]
const isKnownCaching = (text: string | undefined): text is string => Object.values(kept).some((known) => known === text)

const CLIENT_REQUEST_ID = /^[\w.-]{1,64}$/

/** The headers of every answer. An answer may set others, and open `permissions-policy`; it cannot loosen the rest. */
export function responseHeaders(
  { statusCode, headers }: Rendered,
  about: {
    row: RouteRow | undefined
    baseUrl: string
    requestId: string
    clientRequestId: string | undefined
    /** It was answered from a memory that is older than usual. */
    isBehind?: boolean
  },
): Record<string, string> {
  const { row, baseUrl, requestId, clientRequestId, isBehind = false } = about
  const type = headers['content-type']?.split(';')[0] ?? ''
  const isPage = type === 'text/html'
  const isDesk = /^\/desk(?:\/|$)/.test(row?.path ?? '')
  const isJson = /^application\/(?:(?:.+\+)?(?:json|jwt)|vc)$/.test(type)
  const isOpen = isJson && row?.scope === 'public'
  const isKept =
    (statusCode === 200 || statusCode === 304) &&
    row?.method === 'GET' &&
    row.scope === 'public' &&
    row.caching !== 'never' &&
    !isBehind
  const own = headers['cache-control']
  const isOwn = ([name]: [string, string]) => row === undefined || !name.startsWith('access-control-')
  // An answer that others may be given from a cache carries no word of the client's.
  const echoed = !isKept && clientRequestId !== undefined && CLIENT_REQUEST_ID.test(clientRequestId)
  return {
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    ...Object.fromEntries(Object.entries(headers).filter(isOwn)),
    'cache-control': isKept ? (isKnownCaching(own) ? own : kept[row.caching]) : 'no-store',
    'content-security-policy': isPage ? (isDesk ? deskPolicy : pagePolicy) : otherPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': isOpen ? 'cross-origin' : 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-request-id': echoed ? clientRequestId : requestId,
    vary: [
      'Accept',
      ...(isPage ? ['Accept-Language'] : []),
      ...(headers.vary === undefined ? [] : [headers.vary]),
    ].join(', '),
    ...(baseUrl.startsWith('https:') && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
    ...((isDesk || row?.path.startsWith('/v/')) && { 'x-robots-tag': 'noindex' }),
    // Anybody's page may read what is public; none is ever sent credentials (D005).
    ...(isOpen && {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Retry-After, X-Request-ID',
    }),
  }
}

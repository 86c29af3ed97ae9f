import type { Rendered } from './render.ts'
import type { RouteRow } from './rows.ts'

// biome-ignore format: it reads as a table
/** Invariant I42. No `media-src` is needed: the script gives the picture of the camera to its element as an object. */
const pagePolicy = [
  "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'",
  "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ')
/** The script of this page reads files of the reader. The browser itself lets it send nothing. */
const portfolioPolicy = pagePolicy
  .replace("connect-src 'self'", "connect-src 'none'")
  .replace("form-action 'self'", "form-action 'none'")
const policyOf = (path: string | undefined): string =>
  path?.endsWith('/portfolio') === true ? portfolioPolicy : pagePolicy
/** The desk runs one script, which sends the forms of a person and shows their answers. It loads nothing from another host. */
const deskPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
const deskPolicyFor = (formTarget: string | undefined): string =>
  formTarget === undefined ? deskPolicy : deskPolicy.replace("form-action 'self'", `form-action 'self' ${formTarget}`)
const otherPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/**
 * A function remembers for at most 20 s. With 40 s here, everybody sees a change within a minute (I22; test/freshness.test.ts). Without
 * `stale-if-error=0`, CloudFront would serve stale answers for as long as the functions answer 5xx (RFC 5861).
 */
const MINUTE = 'public, max-age=40, stale-if-error=0'
const kept: Record<RouteRow['caching'], string> = {
  never: 'no-store',
  minute: MINUTE,
  answer: MINUTE,
  // These answers need no store, so a stale one is as good during an outage of a function (F5).
  hour: 'public, max-age=3600, stale-if-error=86400',
  year: 'public, max-age=31536000, immutable',
}

/** The header for an answer that may be cached longer or shorter than its row says: `{ 'cache-control': keptFor('year') }`. */
export const keptFor = (caching: RouteRow['caching']): string => kept[caching]
const isKnownCaching = (text: string | undefined): text is string => Object.values(kept).some((known) => known === text)

const CLIENT_REQUEST_ID = /^[\w.-]{1,64}$/

/** The headers of every answer. An answer may add others and may open `permissions-policy`, but it cannot weaken the rest. */
export function responseHeaders(
  { statusCode, headers }: Rendered,
  about: {
    row: RouteRow | undefined
    baseUrl: string
    requestId: string
    clientRequestId: string | undefined
    /** The answer comes from a memory that is older than usual, so no cache may keep it. */
    isBehind?: boolean
    /** Another origin to which a page of the desk may send a form. */
    formTarget?: string
  },
): Record<string, string> {
  const { row, baseUrl, requestId, clientRequestId, isBehind = false, formTarget } = about
  const type = headers['content-type']?.split(';')[0] ?? ''
  const isPage = type === 'text/html'
  const isDesk = /^\/desk(?:\/|$)/.test(row?.path ?? '')
  const isJson = /^application\/(?:(?:.+\+)?(?:json|jwt)|vc)$/.test(type)
  const isOpen = isJson && row?.scope === 'public'
  const isAnswered = statusCode === 200 || statusCode === 304
  const isKept = isAnswered && row?.method === 'GET' && row.scope === 'public' && row.caching !== 'never' && !isBehind
  const own = headers['cache-control']
  const isOwn = ([name]: [string, string]) => row === undefined || !name.startsWith('access-control-')
  // A cache may give this answer to other clients, so it must not contain the id of this client.
  const echoed = !isKept && clientRequestId !== undefined && CLIENT_REQUEST_ID.test(clientRequestId)
  return {
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    ...Object.fromEntries(Object.entries(headers).filter(isOwn)),
    'cache-control': isKept ? (isKnownCaching(own) ? own : kept[row.caching]) : 'no-store',
    'content-security-policy': isPage ? (isDesk ? deskPolicyFor(formTarget) : policyOf(row?.path)) : otherPolicy,
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
    ...(row?.licence !== undefined && isAnswered && { link: `<${row.licence}>; rel="license"` }),
    // Pages of any origin may read public JSON. Browsers send no credentials with such requests (D005).
    ...(isOpen && {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Link, Retry-After, X-Request-ID',
    }),
  }
}

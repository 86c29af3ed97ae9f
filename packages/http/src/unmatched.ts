import { RegistryError } from '@sijil/registry'
import { EdgeError } from './edge-error.ts'
import type { Answer } from './route.ts'
import { hasPath, type RouteRow } from './rows.ts'

/**
 * The own address of a page that was asked for with slashes at its end, as people type it and as chat applications make it of a text.
 * The address is absolute, so that no path can lead to another host.
 */
function withoutSlash(path: string, { rows, baseUrl, query }: Asked): string | undefined {
  const bare = path.replace(/\/+$/, '') || '/'
  if (bare === path || !rows.some((row) => row.method === 'GET' && row.readers === 'people' && hasPath(row, bare)))
    return undefined
  // API Gateway decodes the path, and the local gateway does not.
  const { pathname } = new URL(bare.replace(/[?#]/g, encodeURIComponent), baseUrl)
  return `${baseUrl}${pathname}${query === '' ? '' : `?${query}`}`
}

interface Asked {
  rows: readonly RouteRow[]
  baseUrl: string
  /** Without its question mark, as it was sent. */
  query: string
}

/**
 * Answers a method and path without a row. OPTIONS gets the allowed methods, and CORS headers for a public address (Fetch §3.3.5). A page
 * with slashes at its end redirects to its own address. Throws `method-not-allowed` for another method of a known path, and `not-found`
 * for an unknown path.
 */
export function answerUnmatched(method: string, path: string, asked: Asked): Answer {
  const { rows } = asked
  const page = method === 'GET' || method === 'HEAD' ? withoutSlash(path, asked) : undefined
  if (page !== undefined) return { status: 308, headers: { location: page } }
  const here = rows.filter((row) => hasPath(row, path))
  if (here.length === 0) throw new RegistryError('not-found', 'There is nothing at this address.')
  const methods = [...new Set(here.map((row) => row.method))]
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  if (method !== 'OPTIONS')
    throw new EdgeError('method-not-allowed', `This address does not offer the method. Use one of ${allow}.`, {
      headers: { allow },
    })
  if (!here.every((row) => row.scope === 'public')) return { status: 204, headers: { allow } }
  return {
    status: 204,
    headers: {
      allow,
      'access-control-allow-origin': '*',
      'access-control-allow-methods': methods.join(', '),
      // Clients of VCALM send a token and an Idempotency-Key to every route. A public route ignores them.
      'access-control-allow-headers':
        'Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key, X-Request-ID',
      'access-control-max-age': '600',
    },
  }
}

import type { Caching, Route } from '@sijil/functions/routes.ts'

interface CacheBehaviour {
  /** A path pattern of CloudFront: `*` matches any text, including slashes. CloudFront uses the first pattern that matches. */
  pattern: string
  caching: Caching
  /** The only parameters of the cache key. Absent: all. */
  keyed?: readonly string[]
}

/**
 * The cache behaviours of CloudFront, in order. A path that matches no pattern is never cached. A route that is never cached comes first if
 * a wider pattern would match it: `/issuers/*` also matches `/issuers/x/credentials`. Throws if a route that is not a GET is to be cached,
 * or if two routes with one pattern differ.
 */
export function cacheBehaviours(routes: readonly Route[]): CacheBehaviour[] {
  const words = new Map<string, Omit<CacheBehaviour, 'pattern'>>()
  for (const { method, path, caching, keyed } of routes) {
    if (caching !== 'never' && method !== 'GET') throw new TypeError(`${method} ${path} cannot be cached`)
    const pattern = path.replaceAll(/\{[^}]+\}/g, '*')
    const other = words.get(pattern)
    if (other !== undefined && other.caching !== caching)
      throw new TypeError(`${pattern} is cached as ${other.caching} and as ${caching}`)
    if (other !== undefined && String(other.keyed) !== String(keyed))
      throw new TypeError(`${pattern} is cached by different parameters`)
    words.set(pattern, { caching, ...(keyed && { keyed }) })
  }
  const all = [...words].map(([pattern, word]) => ({ pattern, ...word })).sort(moreExactFirst)
  const cached = all.filter(({ caching }) => caching !== 'never')
  const near = all.filter(
    ({ pattern, caching }) => caching === 'never' && cached.some((wider) => mayMeet(wider, pattern)),
  )
  const needed = near.filter(
    ({ pattern }) => !near.some((wider) => wider.pattern !== pattern && covers(wider.pattern, pattern)),
  )
  return [...needed, ...cached]
}

const segments = (pattern: string) => pattern.split('/').filter((part) => part !== '')

const exactness = (pattern: string) =>
  segments(pattern).filter((part) => part !== '*').length * 100 + segments(pattern).length

const moreExactFirst = (a: CacheBehaviour, b: CacheBehaviour) => exactness(b.pattern) - exactness(a.pattern)

/** Cautious: assumes that two patterns with the same first segment both match some path. */
const mayMeet = (wider: CacheBehaviour, pattern: string) =>
  wider.pattern.includes('*') && segments(wider.pattern)[0] === segments(pattern)[0]

/** Whether `wider` matches every path that `pattern` matches. */
const covers = (wider: string, pattern: string) => patternExpression(wider).test(pattern)

export const patternExpression = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[.?+^$()[\]{}|\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`)

import type { Caching, Route } from '@sijil/functions/routes.ts'

interface CacheBehaviour {
  /** A path pattern of CloudFront: `*` matches any text, including slashes. CloudFront uses the first pattern that matches. */
  pattern: string
  caching: Caching
}

/**
 * The cache behaviours of CloudFront, in order. A path that matches no pattern is never cached. A route that is never cached comes first if
 * a wider pattern would match it: `/issuers/*` also matches `/issuers/x/credentials`. Throws if a route that is not a GET is to be cached,
 * or if two routes with one pattern differ.
 */
export function cacheBehaviours(routes: readonly Route[]): CacheBehaviour[] {
  const words = new Map<string, Caching>()
  for (const { method, path, caching } of routes) {
    if (caching !== 'never' && method !== 'GET') throw new TypeError(`${method} ${path} cannot be cached`)
    const pattern = path.replaceAll(/\{[^}]+\}/g, '*')
    const other = words.get(pattern)
    if (other !== undefined && other !== caching)
      throw new TypeError(`${pattern} is cached as ${other} and as ${caching}`)
    words.set(pattern, caching)
  }
  const all = [...words].map(([pattern, caching]) => ({ pattern, caching })).sort(moreExactFirst)
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

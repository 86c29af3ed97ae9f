import type { Caching, Route } from '@sijil/functions/routes.ts'

interface CacheBehaviour {
  /** As CloudFront writes it: `*` is any text, slashes too. The first that fits counts. */
  pattern: string
  caching: Caching
}

/**
 * What CloudFront must be told, in order; whatever no pattern fits is never cached. Routes that are never cached come
 * first where a wider pattern would catch them: `/issuers/*` fits `/issuers/x/credentials` too.
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

/** Cautious: two patterns under one first segment may meet in some path. */
const mayMeet = (wider: CacheBehaviour, pattern: string) =>
  wider.pattern.includes('*') && segments(wider.pattern)[0] === segments(pattern)[0]

/** Does `wider` fit every path that `pattern` fits? */
const covers = (wider: string, pattern: string) => patternExpression(wider).test(pattern)

export const patternExpression = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[.?+^$()[\]{}|\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`)

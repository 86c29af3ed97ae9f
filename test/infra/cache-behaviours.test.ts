import { expect, test } from 'vitest'
import type { Caching, Route } from '../../functions/routes.ts'
import { cacheBehaviours } from '../../infra/aws/cache-behaviours.ts'

const row = (method: Route['method'], path: Route['path'], caching: Caching): Route => ({
  method,
  path,
  caching,
  function: 'pages',
  scope: 'public',
  readers: 'programs',
  summary: '',
})

test('a pattern that is never cached comes before a wider pattern that would match it', () => {
  const behaviours = cacheBehaviours([row('GET', '/a/{x}', 'hour'), row('GET', '/a/{x}/private', 'never')])
  expect(behaviours).toEqual([
    { pattern: '/a/*/private', caching: 'never' },
    { pattern: '/a/*', caching: 'hour' },
  ])
})

test('a route that is never cached needs no pattern if no cached pattern can match it', () => {
  expect(cacheBehaviours([row('GET', '/v/{token}', 'never'), row('GET', '/', 'minute')])).toEqual([
    { pattern: '/', caching: 'minute' },
  ])
})

test('a path that is cached for one method but not for another is refused', () => {
  expect(() => cacheBehaviours([row('GET', '/a', 'hour'), row('POST', '/a', 'never')])).toThrow(
    'cached as hour and as never',
  )
})

test('the parameters of the cache key follow from the row, and two rows of one pattern must agree', () => {
  const keyed = { ...row('GET', '/a/{x}', 'hour'), keyed: ['q'] }
  expect(cacheBehaviours([keyed])).toEqual([{ pattern: '/a/*', caching: 'hour', keyed: ['q'] }])
  expect(() => cacheBehaviours([keyed, row('GET', '/a/{y}', 'hour')])).toThrow('by different parameters')
})

test('only a GET can be cached', () => {
  expect(() => cacheBehaviours([row('POST', '/a', 'hour')])).toThrow('cannot be cached')
})

import { expect, test } from 'vitest'
import type { Caching, Route } from '../../functions/routes.ts'
import { cacheBehaviours } from '../../infra/aws/cache-behaviours.ts'

const row = (method: Route['method'], path: Route['path'], caching: Caching): Route => ({
  method,
  path,
  caching,
  function: 'pages',
  scope: 'public',
  summary: '',
})

test('what is never cached comes before a wider pattern that would catch it', () => {
  const behaviours = cacheBehaviours([row('GET', '/a/{x}', 'hour'), row('GET', '/a/{x}/private', 'never')])
  expect(behaviours).toEqual([
    { pattern: '/a/*/private', caching: 'never' },
    { pattern: '/a/*', caching: 'hour' },
  ])
})

test('what is never cached and near nothing that is needs no pattern: it is the default', () => {
  expect(cacheBehaviours([row('GET', '/v/{token}', 'never'), row('GET', '/', 'minute')])).toEqual([
    { pattern: '/', caching: 'minute' },
  ])
})

test('a path that is cached for one method and not for another is refused', () => {
  expect(() => cacheBehaviours([row('GET', '/a', 'hour'), row('POST', '/a', 'never')])).toThrow(
    'cached as hour and as never',
  )
})

test('only what is read can be cached', () => {
  expect(() => cacheBehaviours([row('POST', '/a', 'hour')])).toThrow('cannot be cached')
})

import { expect, test } from 'vitest'
import { createMatcher, type LocalRoute } from './match-route.ts'

const routes: LocalRoute[] = [
  { method: 'GET', path: '/log/{log}/tile/{path+}', function: 'log', scope: 'public' },
  { method: 'GET', path: '/log/{log}/tile/{name}', function: 'pages', scope: 'public' },
  { method: 'GET', path: '/log/{log}/checkpoint', function: 'log', scope: 'public' },
]
const match = createMatcher(routes)

test('a parameter with a plus takes all segments that are left, and gives way to whatever is spelled closer', () => {
  expect(match('GET', '/log/a/tile/0/x001/067')).toEqual({
    found: 'route',
    route: routes[0],
    pathParameters: { log: 'a', path: '0/x001/067' },
  })
  expect(match('GET', '/log/a/tile/0')).toMatchObject({ route: routes[1], pathParameters: { log: 'a', name: '0' } })
  expect(match('GET', '/log/a/checkpoint')).toMatchObject({ route: routes[2] })
  expect(match('POST', '/log/a/tile/0/1')).toMatchObject({ found: 'path' })
  expect(match('GET', '/log/a/tile')).toEqual({ found: 'nothing' })
  expect(match('GET', '/log/a/tile/0/%ff')).toEqual({ found: 'nothing' })
})

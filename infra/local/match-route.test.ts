import { expect, test } from 'vitest'
import { createMatcher, type LocalRoute } from './match-route.ts'

const routes: LocalRoute[] = [
  { method: 'GET', path: '/log/{log}/tile/{path+}', function: 'log', scope: 'public', readers: 'programs' },
  { method: 'GET', path: '/log/{log}/tile/{name}', function: 'pages', scope: 'public', readers: 'programs' },
  { method: 'GET', path: '/log/{log}/checkpoint', function: 'log', scope: 'public', readers: 'programs' },
  { method: 'POST', path: '/log/{log}/cosignatures', function: 'log', scope: 'public', readers: 'programs' },
  { method: 'GET', path: '/about', function: 'pages', scope: 'public', readers: 'people' },
]
const match = createMatcher(routes)

test('a parameter with a plus takes all segments that are left, and gives way to whatever is spelled closer', () => {
  expect(match('GET', '/log/a/tile/0/x001/067')).toMatchObject({
    routeKey: 'ANY /log/{log}/tile/{path+}',
    pathParameters: { log: 'a', path: '0/x001/067' },
  })
  expect(match('GET', '/log/a/tile/0')).toMatchObject({
    routeKey: 'ANY /log/{log}/tile/{name}',
    pathParameters: { log: 'a', name: '0' },
  })
  expect(match('GET', '/log/a/checkpoint')).toMatchObject({ routeKey: 'ANY /log/{log}/checkpoint' })
  expect(match('GET', '/log/a/tile')).toMatchObject({ routeKey: '$default' })
  expect(match('GET', '/log/a/tile/0/%ff')).toBeUndefined()
})

test('a method that no row has goes, as in AWS, to who reads the path; it and a path that no row has go to the pages', () => {
  for (const method of ['HEAD', 'POST', 'OPTIONS'])
    expect(match(method, '/log/a/tile/0/1'), method).toEqual({
      function: 'log',
      routeKey: 'ANY /log/{log}/tile/{path+}',
      pathParameters: { log: 'a', path: '0/1' },
      isPublic: false,
      readers: 'programs',
    })
  expect(match('HEAD', '/log/a/cosignatures')).toMatchObject({ function: 'pages', routeKey: '$default' })
  for (const method of ['HEAD', 'GET', 'POST'])
    expect(match(method, '/log/a')).toEqual({
      function: 'pages',
      routeKey: '$default',
      pathParameters: {},
      isPublic: false,
      readers: 'programs',
    })
  expect(match('GET', '/about')).toMatchObject({ routeKey: '$default', isPublic: true, readers: 'people' })
  for (const target of ['*', 'v/a', 'http://attacker.example/']) expect(match('GET', target)).toBeUndefined()
})

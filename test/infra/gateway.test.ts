import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { describe, expect, test } from 'vitest'
import { type FunctionName, functionNames, type Route, routes } from '../../functions/routes.ts'
import { ApiFunction } from '../../infra/aws/api-function.ts'
import { Gateway } from '../../infra/aws/gateway.ts'
import { gatewayBody, isByDefault, type PathItem } from '../../infra/aws/gateway-body.ts'
import { createMatcher } from '../../infra/local/match-route.ts'

const row = (method: Route['method'], path: Route['path'], name: FunctionName): Route => ({
  method,
  path,
  function: name,
  scope: 'public',
  readers: 'programs',
  caching: 'never',
  summary: '',
})
const named = Object.fromEntries(functionNames.map((name) => [name, name])) as Record<FunctionName, string>
const bodyOf = (table: readonly Route[]) => gatewayBody(table, { functions: named, originCheck: 'originCheck' })

/** The number of resources of each type in the gateway of this route table. */
function resourcesOf(table: readonly Route[]): Record<string, number> {
  const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Stack')
  const logsKey = new Key(stack, 'Key')
  const make = (id: string) =>
    new ApiFunction(stack, id, {
      code: Code.fromInline('// not bundled'),
      limits: { memoryMiB: 128, timeoutSeconds: 1, concurrency: 1 },
      environment: { ORIGIN_SECRET_IDS: '' },
      statements: [],
      logsKey,
      rolePath: '/sijil/ap-southeast-1/functions/originCheck/',
    })
  const functions = Object.fromEntries(functionNames.map((name) => [name, make(name)])) as Record<
    FunctionName,
    ApiFunction
  >
  new Gateway(stack, 'Gateway', { routes: table, functions, originCheck: make('originCheck'), logsKey })
  const count: Record<string, number> = {}
  for (const { Type } of Object.values<{ Type: string }>(Template.fromStack(stack).toJSON().Resources))
    count[Type] = (count[Type] ?? 0) + 1
  return count
}

test('a further route adds to the document, and adds no resource', () => {
  const more = [...routes, row('GET', '/one/{more}/{path+}', 'pages'), row('POST', '/one/{more}', 'verify')]
  const count = resourcesOf(more)
  expect(count).toEqual(resourcesOf(routes))
  expect(count).toMatchObject({
    'AWS::ApiGatewayV2::Api': 1,
    'AWS::ApiGatewayV2::Stage': 1,
    'AWS::Lambda::Permission': functionNames.length + 1,
  })
  expect(Object.keys(bodyOf(more).paths)).toHaveLength(Object.keys(bodyOf(routes).paths).length + 2)
})

test('each method of a path goes to its function, and all other methods go to the function of its GET', () => {
  const { paths } = bodyOf([row('POST', '/a/{x}', 'verify'), row('GET', '/a/{x}', 'pages'), row('POST', '/b', 'issue')])
  const functionsOf = (path: string) => {
    const { parameters: _, ...methods } = paths[path] ?? {}
    return Object.fromEntries(
      Object.entries(methods).map(([method, operation]) => [
        method,
        operation['x-amazon-apigateway-integration'].$ref.split('/').at(-1),
      ]),
    )
  }
  expect(functionsOf('/a/{x}')).toEqual({ post: 'verify', 'x-amazon-apigateway-any-method': 'pages' })
  expect(functionsOf('/b')).toEqual({ post: 'issue' })
})

describe('the local gateway matches as the document says', () => {
  const match = createMatcher(routes)
  const { paths } = bodyOf(routes)
  /** A path that matches this template, with two segments for a greedy parameter. */
  const example = (path: string) => path.replaceAll(/\{[^}]+\+\}/g, 'one/two').replaceAll(/\{[^}]+\}/g, 'some-thing_1')
  const operations = Object.entries<PathItem>(paths).flatMap(([path, { parameters: _, ...methods }]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method,
      name: operation['x-amazon-apigateway-integration'].$ref.split('/').at(-1),
    })),
  )

  test('for each operation', () => {
    const rows = operations.filter(({ path }) => path !== '/$default')
    const own = routes.filter((row) => !isByDefault(row))
    expect(rows.length).toBe(new Set(own.map((row) => `${row.path} ${row.function}`)).size)
    expect(own.length).toBeLessThan(routes.length)
    for (const { path, method, name } of rows) {
      const isAny = method === 'x-amazon-apigateway-any-method'
      const isPosted = routes.some((row) => row.method === 'POST' && row.path === path && row.function === name)
      const ofAny = ['GET', 'HEAD', 'DELETE', 'OPTIONS', ...(isPosted ? ['POST'] : [])]
      for (const asked of isAny ? ofAny : [method.toUpperCase()]) {
        expect(match(asked, example(path)), `${asked} ${path}`).toMatchObject({
          function: name,
          routeKey: `${isAny ? 'ANY' : asked} ${path}`,
        })
      }
    }
  })

  test('for pages without parameters, which the default operation takes, and for all other paths and methods', () => {
    const rest = operations.find(({ path }) => path === '/$default')
    const pages = routes
      .filter(isByDefault)
      .flatMap(({ method, path }) => [[method, path] as const, ['HEAD', path] as const])
    for (const [method, path] of [
      ...pages,
      ['GET', '/nothing'],
      // The pages redirect these.
      ['GET', '/issuers/'],
      ['HEAD', '/v/abc/'],
      ['GET', '/desk/'],
      ['GET', '/verify'],
      ['HEAD', '/verify'],
      ['OPTIONS', '/nothing/here'],
      ['POST', '/'],
      ['GET', '/$default'],
    ] as const) {
      const matched = match(method, path)
      expect([method, path, matched?.routeKey, matched?.function]).toEqual([method, path, '$default', rest?.name])
    }
  })
})

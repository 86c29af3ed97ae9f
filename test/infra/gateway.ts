import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { type FunctionName, functionNames, routes } from '../../functions/routes.ts'
import { isByDefault, takesAny } from '../../infra/aws/gateway-body.ts'
import { constructName, propertiesOf } from './synthesise.ts'

const integration = 'x-amazon-apigateway-integration'
const integrations = 'x-amazon-apigateway-integrations'
const invocation = 'lambda:path/2015-03-31/functions/'
const region = 'ap-southeast-1'
const partition = { Ref: 'AWS::Partition' }

/** Tests of the document that API Gateway imports, and of the functions that it invokes. */
export function describeGateway(production: { api: Template }): void {
  const only = <P>(type: string): P => {
    const found = propertiesOf<P>(production.api, type)
    if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} of ${type}`)
    return found[0][1]
  }

  describe('the API', () => {
    const { Body: body, FailOnWarnings } = only<{ Body: Body; FailOnWarnings: boolean }>('AWS::ApiGatewayV2::Api')
    const { [integrations]: targets, securitySchemes } = body.components
    const operations = Object.entries(body.paths).flatMap(([path, { parameters, ...methods }]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, parameters, ...operation })),
    )
    const ANY = 'x-amazon-apigateway-any-method'
    const functionOf = ({ [integration]: { $ref } }: Operation) => $ref.replace(`#/components/${integrations}/`, '')
    const permissions = propertiesOf<Permission>(production.api, 'AWS::Lambda::Permission').map(([, one]) => one)
    /** The one alias of a function, as the template refers to it. */
    const aliasOf = (name: FunctionName | 'originCheck') => {
      const found = propertiesOf<Alias>(production.api, 'AWS::Lambda::Alias').filter(([, { FunctionName: of }]) =>
        of.Ref.startsWith(`${constructName(name)}Function`),
      )
      expect(found, name).toHaveLength(1)
      expect(found[0]?.[1].Name).toBe('live')
      return { Ref: found[0]?.[0] }
    }
    const invoked = (alias: object) => ({
      'Fn::Join': ['', ['arn:', partition, `:apigateway:${region}:${invocation}`, alias, '/invocations']],
    })

    test('is one document, with an operation for each row, which for a GET takes other methods too, and a default, which takes pages without parameters', () => {
      expect(body.openapi).toBe('3.0.1')
      const keys = operations.map(({ path, method }) => `${method} ${path}`)
      const expected = routes.flatMap((row) =>
        isByDefault(row)
          ? []
          : row.method === 'GET'
            ? [`${ANY} ${row.path}`]
            : takesAny(row, routes)
              ? []
              : [`post ${row.path}`],
      )
      expect(keys.toSorted()).toEqual([...expected, `${ANY} /$default`].toSorted())
      expect(keys).toContain(`${ANY} /log/{log}/tile/{path+}`)
      // The default quota of API Gateway is 300 routes in an API.
      expect(keys.length).toBeLessThanOrEqual(300)
    })

    test('sends each row to its function, and HEAD and other methods to the function of the GET', () => {
      for (const { method, path, function: name } of routes) {
        if (isByDefault({ path, function: name })) continue
        const asked = operations.filter(
          (one) =>
            one.path === path && one.method === (takesAny({ method, path, function: name }, routes) ? ANY : 'post'),
        )
        expect(asked.map(functionOf)).toEqual([name])
      }
      const rest = operations.filter(({ isDefaultRoute }) => isDefaultRoute === true)
      expect(rest.map((one) => [one.path, one.method, functionOf(one)])).toEqual([['/$default', ANY, 'pages']])
    })

    test('names the parameters of each path and an answer, without which the import would warn and be rolled back', () => {
      expect(FailOnWarnings).toBe(true)
      for (const { path, parameters = [], responses } of operations) {
        expect(parameters.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{[^}]+\}/g) ?? [])
        for (const one of parameters) expect(one).toMatchObject({ in: 'path', required: true })
        expect(Object.keys(responses)).toEqual(['default'])
      }
    })

    test('A015: invokes the live alias of each function with payload 2.0, and may invoke nothing else', () => {
      expect(Object.keys(targets).toSorted()).toEqual([...functionNames].toSorted())
      for (const name of functionNames) {
        expect(targets[name]).toEqual({
          type: 'aws_proxy',
          httpMethod: 'POST',
          payloadFormatVersion: '2.0',
          connectionType: 'INTERNET',
          uri: invoked(aliasOf(name)),
        })
      }
      const byGateway = permissions.filter(({ Principal }) => Principal === 'apigateway.amazonaws.com')
      const named = [...functionNames, 'originCheck'] as const
      expect(byGateway.map(({ FunctionName: of }) => of)).toEqual(named.map(aliasOf))
      for (const { Action, FunctionName: of, SourceArn } of byGateway) {
        expect(Action).toBe('lambda:InvokeFunction')
        const end = JSON.stringify(of) === JSON.stringify(aliasOf('originCheck')) ? '/authorizers/*' : '/*/*'
        expect(SourceArn['Fn::Join'][1].at(-2)).toEqual({ Ref: expect.stringMatching(/^GatewayDocument/) })
        expect(SourceArn['Fn::Join'][1].at(-1)).toBe(end)
      }
    })

    test('refuses requests that did not pass CloudFront, on each operation', () => {
      expect(operations.length).toBeGreaterThan(
        new Set(routes.filter((row) => !isByDefault(row)).map(({ path }) => path)).size,
      )
      for (const { path, method, security } of operations)
        expect([path, method, security]).toEqual([path, method, [{ ThroughCloudFront: [] }]])
      expect(securitySchemes).toEqual({
        ThroughCloudFront: {
          type: 'apiKey',
          name: 'x-origin-secret',
          in: 'header',
          'x-amazon-apigateway-authorizer': {
            type: 'request',
            identitySource: '$request.header.x-origin-secret',
            authorizerUri: invoked(aliasOf('originCheck')),
            authorizerPayloadFormatVersion: '2.0',
            authorizerResultTtlInSeconds: 3_600,
            enableSimpleResponses: true,
          },
        },
      })
      // A route outside the document would not have its authorizer.
      production.api.resourceCountIs('AWS::ApiGatewayV2::Route', 0)
      production.api.resourceCountIs('AWS::ApiGatewayV2::Integration', 0)
      production.api.resourceCountIs('AWS::Lambda::Url', 0)
    })

    test('has a rate limit, detailed metrics, and a stage that deploys by itself', () => {
      expect(only('AWS::ApiGatewayV2::Stage')).toMatchObject({
        StageName: '$default',
        AutoDeploy: true,
        DefaultRouteSettings: {
          DetailedMetricsEnabled: true,
          ThrottlingRateLimit: 1_500,
          ThrottlingBurstLimit: 3_000,
        },
      })
    })

    test('is complete before CloudFront uses it: stage, permissions and the origin check are created first', () => {
      const [distribution] = Object.values(production.api.findResources('AWS::CloudFront::Distribution'))
      const first: string[] = distribution?.DependsOn ?? []
      const needed = ['AWS::ApiGatewayV2::Stage', 'AWS::Lambda::Permission'].flatMap((type) =>
        Object.keys(production.api.findResources(type)).filter((id) => id.startsWith('Gateway')),
      )
      expect(needed).toHaveLength(1 + functionNames.length + 1)
      expect(first).toEqual(expect.arrayContaining([...needed, aliasOf('originCheck').Ref]))
    })

    test('is far below the limits of a template and of an import', () => {
      expect(JSON.stringify(body).length).toBeLessThan(200_000) // the limit of an import is 5 MB
      const written = JSON.stringify(production.api.toJSON(), undefined, 1)
      expect(written.length).toBeLessThan(500_000) // the limit of CloudFormation is 1 MB
    })
  })
}

interface Operation {
  isDefaultRoute?: boolean
  responses: object
  security: unknown
  [integration]: { $ref: string }
}
interface Body {
  openapi: string
  paths: Record<string, { parameters?: { name: string }[] } & Record<string, Operation>>
  components: { securitySchemes: unknown; [integrations]: Record<string, unknown> }
}
interface Alias {
  Name: string
  FunctionName: { Ref: string }
}
interface Permission {
  Action: string
  Principal: string
  FunctionName: { Ref: string }
  SourceArn: { 'Fn::Join': [string, unknown[]] }
}

import type { FunctionName, Route } from '@sijil/functions/routes.ts'

/** Addresses that API Gateway invokes: the `live` alias of each function, and of the authorizer. */
interface GatewayTargets {
  functions: Record<FunctionName, string>
  originCheck: string
}

interface Operation {
  isDefaultRoute?: true
  responses: { default: { description: string } }
  security: [Record<typeof AUTHORIZER, []>]
  'x-amazon-apigateway-integration': { $ref: string }
}
type Method = Lowercase<Route['method']> | 'x-amazon-apigateway-any-method'
export interface PathItem extends Partial<Record<Method, Operation>> {
  parameters?: { name: string; in: 'path'; required: true; schema: { type: 'string' } }[]
}

const AUTHORIZER = 'ThroughCloudFront'
const INTEGRATIONS = 'x-amazon-apigateway-integrations'

/**
 * The route table as the OpenAPI document that API Gateway imports. It is no description for callers: that is `/openapi.json`. A route
 * costs a few lines of it and no resource (docs/decisions/061-the-api-is-one-document.md).
 */
export function gatewayBody(routes: readonly Route[], { functions, originCheck }: GatewayTargets) {
  const paths: Record<string, PathItem> = {}
  for (const { method, path, function: name } of routes) {
    paths[path] = {
      ...paths[path],
      ...parametersOf(path),
      [method.toLowerCase()]: operationOf(name),
      // API Gateway knows no HEAD of a GET: it comes as ANY, and only the function that reads the path can answer it.
      ...(method === 'GET' && { 'x-amazon-apigateway-any-method': operationOf(name) }),
    }
  }
  // The pages say that there is nothing, or which methods are offered.
  paths['/$default'] = { 'x-amazon-apigateway-any-method': { isDefaultRoute: true, ...operationOf('pages') } }
  return {
    openapi: '3.0.1',
    info: { title: 'Sijil', version: '1' },
    paths,
    components: {
      securitySchemes: { [AUTHORIZER]: authorizerAt(originCheck) },
      [INTEGRATIONS]: Object.fromEntries(Object.entries(functions).map(([name, uri]) => [name, integrationAt(uri)])),
    },
  }
}

/** The authorizer stands on every operation: API Gateway takes no default from the top of the document. */
const operationOf = (name: FunctionName): Operation => ({
  // Without responses, or without the parameters of a path, the import warns.
  responses: { default: { description: 'What the function answers' } },
  security: [{ [AUTHORIZER]: [] }],
  'x-amazon-apigateway-integration': { $ref: `#/components/${INTEGRATIONS}/${name}` },
})

/** API Gateway names a greedy parameter with its plus. */
function parametersOf(path: string): Pick<PathItem, 'parameters'> {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name)
  if (names.length === 0) return {}
  return { parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })) }
}

const authorizerAt = (uri: string) => ({
  type: 'apiKey',
  name: 'x-origin-secret',
  in: 'header',
  'x-amazon-apigateway-authorizer': {
    type: 'request',
    identitySource: '$request.header.x-origin-secret',
    authorizerUri: uri,
    authorizerPayloadFormatVersion: '2.0',
    authorizerResultTtlInSeconds: 3_600,
    enableSimpleResponses: true,
  },
})

const integrationAt = (uri: string) => ({
  type: 'aws_proxy',
  httpMethod: 'POST',
  uri,
  payloadFormatVersion: '2.0',
  connectionType: 'INTERNET',
})

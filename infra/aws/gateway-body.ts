import type { FunctionName, Route } from '@sijil/functions/routes.ts'

/** Addresses that API Gateway invokes: the `live` alias of each function and of the authorizer. */
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
 * Makes the OpenAPI document that API Gateway imports, from the route table. The description for callers is another one, `/openapi.json`. A
 * route adds a few lines to the document, but no resource to the stack (docs/decisions/061-the-api-is-one-document.md).
 */
export function gatewayBody(routes: readonly Route[], { functions, originCheck }: GatewayTargets) {
  const paths: Record<string, PathItem> = {}
  for (const route of routes) {
    const { method, path, function: name } = route
    if (isByDefault(route) || (method === 'POST' && takesAny(route, routes))) continue
    paths[path] = {
      ...paths[path],
      ...parametersOf(path),
      // API Gateway does not route HEAD as GET. ANY takes both, and the other methods, to the function that answers the GET of this path. One
      // operation in place of two, because an API takes 300.
      [method === 'GET' ? 'x-amazon-apigateway-any-method' : method.toLowerCase()]: operationOf(name),
    }
  }
  // The function for pages also answers unknown paths with a 404 and other methods with a 405.
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

/** Whether the default operation takes the route: a page without parameters. It has no operation, because an API takes 300. */
export const isByDefault = ({ path, function: name }: Pick<Route, 'path' | 'function'>): boolean =>
  name === 'pages' && !path.includes('{')

/**
 * Whether the operation for any method of this path takes the route: it is a GET, or a POST that the function of the GET answers as well. An
 * API takes 300 operations, and more of them only after it exists.
 */
export const takesAny = (
  { method, path, function: name }: Pick<Route, 'method' | 'path' | 'function'>,
  routes: readonly Pick<Route, 'method' | 'path' | 'function'>[],
): boolean =>
  method === 'GET' || routes.some((other) => other.method === 'GET' && other.path === path && other.function === name)

/** Each operation names the authorizer, because API Gateway ignores a default at the top of the document. */
const operationOf = (name: FunctionName): Operation => ({
  // The import warns if an operation has no responses, or a path has no parameters.
  responses: { default: { description: 'The answer of the function' } },
  security: [{ [AUTHORIZER]: [] }],
  'x-amazon-apigateway-integration': { $ref: `#/components/${INTEGRATIONS}/${name}` },
})

/** The parameters of a path. For API Gateway, the name of a greedy parameter includes its plus. */
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

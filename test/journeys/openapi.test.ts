import { revocationReasons, suspensionReasons } from '@sijil/registry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { $ZodType } from 'zod/v4/core'
import { issueInput, revokeInput, suspendInput } from '../../functions/answers/inputs.ts'
import { verifyInput } from '../../functions/answers/verify-inputs.ts'
import { type Route, routes } from '../../functions/routes.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, TESDA } from './certificate.ts'

interface Schema {
  $ref?: string
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: unknown
  enum?: string[]
}
interface Operation {
  operationId: string
  summary: string
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; required: boolean }[]
  requestBody?: { required: boolean; content: Record<string, { schema?: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
interface Description {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, { openIdConnectUrl: string }> }
}

let registry: OpenRegistry
let description: Description
let text: string
beforeAll(async () => {
  registry = await openRegistry()
  const answer = await registry.ask('/openapi.json')
  text = answer.text
  description = answer.json<Description & Record<string, unknown>>()
})
afterAll(() => registry.close())

const table = routes as readonly Route[]
/** OpenAPI knows no parameter that takes slashes. */
const inOpenApi = (path: string) => path.replace('+}', '}')
const operationOf = ({ method, path }: Pick<Route, 'method' | 'path'>) =>
  description.paths[inOpenApi(path)]?.[method.toLowerCase()]
const resolved = (schema: Schema | undefined): Schema =>
  schema?.$ref === undefined
    ? (schema ?? {})
    : (description.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})

test('it describes this registry, in OpenAPI 3.1, and is the same each time', async () => {
  expect(description.openapi).toMatch(/^3\.1\./)
  expect(description.servers).toEqual([{ url: registry.baseUrl }])
  expect((await registry.ask('/openapi.json')).text).toBe(text)
})

test('it has every route of the table and no other', () => {
  const described = Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(described.toSorted()).toEqual(table.map(({ method, path }) => `${method} ${inOpenApi(path)}`).toSorted())
  const ids = table.map((route) => operationOf(route)?.operationId)
  expect(new Set(ids).size).toBe(table.length)
})

describe.each(table.map((route): [string, Route] => [`${route.method} ${route.path}`, route]))('%s', (_, route) => {
  test('says what it is for, who may, and what its path is made of', () => {
    const operation = operationOf(route)
    expect(operation?.summary).toBe(route.summary)
    const security = { public: [], session: [{ session: [] }] }[route.scope as string]
    expect(operation?.security).toEqual(security ?? [{ accessToken: [route.scope] }])
    const named = [...route.path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name)
    const params = operation?.parameters?.filter((parameter) => parameter.in === 'path') ?? []
    expect(params.map(({ name }) => name)).toEqual(named)
    expect(params.every(({ required }) => required)).toBe(true)
    const refusals = { public: [], session: ['403'] }[route.scope as string] ?? ['401', '403']
    for (const status of [...refusals, '500', '503'])
      expect(operation?.responses[status]?.content).toHaveProperty(['application/problem+json'])
  })
})

// biome-ignore format: it reads as a table
const inputs: [Pick<Route, 'method' | 'path'>, { shape: Readonly<Record<string, $ZodType>> }][] = [
  [{ method: 'POST', path: '/issuers/{issuer}/credentials' },              issueInput],
  [{ method: 'POST', path: '/issuers/{issuer}/credentials/{id}/revoke' },  revokeInput],
  [{ method: 'POST', path: '/issuers/{issuer}/credentials/{id}/suspend' }, suspendInput],
  [{ method: 'POST', path: '/verify' },                                    verifyInput],
]

test.each(inputs)('the body of $path is the schema that the edge asks', (route, { shape }) => {
  const described = resolved(operationOf(route)?.requestBody?.content['application/json']?.schema)
  const members = Object.keys(shape)
  expect(Object.keys(described.properties ?? {})).toEqual(members)
  expect(described.required ?? []).toEqual(members.filter((member) => shape[member]?._zod.optin !== 'optional'))
  expect(described.additionalProperties).toBe(false)
})

test('the reasons of a revocation and of a suspension are those of the registry', () => {
  const reasonsOf = (verb: string) => {
    const route = { method: 'POST', path: `/issuers/{issuer}/credentials/{id}/${verb}` } as const
    return resolved(operationOf(route)?.requestBody?.content['application/json']?.schema).properties?.reason?.enum
  }
  expect(reasonsOf('revoke')).toEqual(revocationReasons)
  expect(reasonsOf('suspend')).toEqual(suspensionReasons)
})

test('and what it requires is what is refused without it', async () => {
  const route = { method: 'POST', path: '/issuers/{issuer}/credentials' } as const
  const { required = [] } = resolved(operationOf(route)?.requestBody?.content['application/json']?.schema)
  expect(required.toSorted()).toEqual(['certificateNumber', 'holder', 'qualification'])
  const token = await registry.token(TESDA, 'credentials:issue')
  for (const member of required) {
    const body = { ...aBricklayer('OPENAPI-1'), [member]: undefined }
    const answer = await registry.ask(`/issuers/${TESDA}/credentials`, {
      body,
      token,
      headers: { 'idempotency-key': 'openapi-1' },
    })
    expect(answer.status).toBe(422)
    expect(answer.json<{ errors: { pointer: string }[] } & Record<string, unknown>>().errors[0]?.pointer).toBe(
      `/${member}`,
    )
  }
})

test('where tokens come from is where they come from', async () => {
  const { openIdConnectUrl } = description.components.securitySchemes.accessToken ?? { openIdConnectUrl: '' }
  const configuration = await registry.ask(new URL(openIdConnectUrl).pathname)
  expect(configuration.status).toBe(200)
  expect(configuration.json()).toMatchObject({ token_endpoint: `${registry.baseUrl}/oidc/token` })
})

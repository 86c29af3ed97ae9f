import { readdir, readFile } from 'node:fs/promises'
import { revocationReasons, suspensionReasons } from '@sijil/credentials'
import { beforeAll, describe, expect, test } from 'vitest'
import type { $ZodType } from 'zod/v4/core'
import { described } from '../../functions/answers/description.ts'
import { type Route, routes } from '../../functions/routes.ts'
import { aBricklayer, TESDA } from '../journeys/certificate.ts'
import { requireDescribed } from '../support/described.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

interface Schema {
  anyOf?: Schema[]
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
  responses: Record<string, { content?: Record<string, { schema: Schema }>; headers?: Record<string, object> }>
}
interface Description {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, { openIdConnectUrl: string }> }
}

let registry: SharedRegistry
let description: Description
let text: string
beforeAll(async () => {
  registry = await sharedRegistry()
  const answer = await registry.ask('/openapi.json')
  text = answer.text
  description = answer.json<Description & Record<string, unknown>>()
})

const table = routes as readonly Route[]
/** OpenAPI has no path parameter that takes slashes. */
const inOpenApi = (path: string) => path.replace('+}', '}')
const operationOf = ({ method, path }: Pick<Route, 'method' | 'path'>) =>
  description.paths[inOpenApi(path)]?.[method.toLowerCase()]
const answeredBy = (route: Pick<Route, 'method' | 'path'>) =>
  operationOf(route)?.responses['200']?.content?.['application/json']?.schema
const resolved = (schema: Schema | undefined): Schema =>
  schema?.$ref === undefined
    ? (schema ?? {})
    : (description.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})

test('the description is of this registry, in OpenAPI 3.1, and the same each time', async () => {
  expect(description.openapi).toMatch(/^3\.1\./)
  expect(description.servers).toEqual([{ url: registry.baseUrl }])
  expect((await registry.ask('/openapi.json')).text).toBe(text)
})

test('the description has every route of the table and no other', () => {
  const described = Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(described.toSorted()).toEqual(table.map(({ method, path }) => `${method} ${inOpenApi(path)}`).toSorted())
  const ids = table.map((route) => operationOf(route)?.operationId)
  expect(new Set(ids).size).toBe(table.length)
})

describe.each(table.map((route): [string, Route] => [`${route.method} ${route.path}`, route]))('%s', (_, route) => {
  test('is described with its purpose, its scope and the parts of its path', () => {
    const operation = operationOf(route)
    expect(operation?.summary).toBe(route.summary)
    const security = { public: [], session: [{ session: [] }], order: [] }[route.scope as string]
    expect(operation?.security).toEqual(security ?? route.scope.split('|').map((scope) => ({ accessToken: [scope] })))
    const named = [...route.path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name)
    const params = operation?.parameters?.filter((parameter) => parameter.in === 'path') ?? []
    expect(params.map(({ name }) => name)).toEqual(named)
    expect(params.every(({ required }) => required)).toBe(true)
    const refusals = { public: [], session: ['403'], order: ['403'] }[route.scope as string] ?? ['401', '403']
    for (const status of [...refusals, '500', '503'])
      expect(operation?.responses[status]?.content).toHaveProperty([
        route.function === 'federation' ? 'application/json' : 'application/problem+json',
      ])
  })
})

/** The inputs of routes. functions/answers/description.test.ts shows that each answer parses with this same schema. */
const inputs = table.flatMap((route) => {
  const { body, input } = described[`${route.method} ${route.path}`] ?? {}
  return body === 'json' && input !== undefined && 'shape' in input
    ? [{ route, path: route.path, input: input as ObjectSchema }]
    : []
})
const isRequired = (member: $ZodType | undefined) =>
  member?._zod.optin !== 'optional' && member?._zod.def.type !== 'default'
type ObjectSchema = $ZodType & { shape: Readonly<Record<string, $ZodType>> }

test.each(inputs)(
  'the body of $path is described with every member of the schema that parses it',
  ({ route, input }) => {
    const { shape } = input
    const given = resolved(operationOf(route)?.requestBody?.content['application/json']?.schema)
    const members = Object.keys(shape)
    expect(Object.keys(given.properties ?? {})).toEqual(members)
    expect(given.required ?? []).toEqual(members.filter((member) => isRequired(shape[member])))
    // Protocols say that unknown members are ignored.
    expect(given.additionalProperties).toEqual(isLoose.has(route.path) ? {} : false)
  },
)
const isLoose = new Set([
  '/credentials/verify',
  '/presentations/verify',
  '/issuers/{issuer}/credentials/issue',
  '/issuers/{issuer}/credentials/status',
  '/authorization',
  '/recognition',
])
test('this covers each route that takes JSON except three: one takes either of two forms, one a bundle of another registry, one a picture', () => {
  const succeeding = table.filter((route) => operationOf(route)?.requestBody?.content['application/json'] !== undefined)
  expect(succeeding.map(({ path }) => path).filter((path) => !inputs.some((row) => row.path === path))).toEqual([
    '/authorities/{authority}/lists',
    '/authorities/{authority}/lists/bundles',
    '/issuers/{issuer}/logo',
  ])
  const lists = operationOf({ method: 'POST', path: '/authorities/{authority}/lists' })
  const either = lists?.requestBody?.content['application/json']?.schema?.anyOf ?? []
  expect(either.map(({ required }) => required)).toEqual([
    ['registry', 'keys', 'basis', 'states'],
    ['registry', 'keys', 'basis', 'kind'],
  ])
})

const question = {
  entity_id: TESDA,
  authority_id: 'https://other.example',
  action: 'issue',
  resource: 'ph-masonry-nc2',
}
// biome-ignore format: it reads as a table
/** Routes that parse their own bodies and refuse as their protocol says: a correct body, and a member of the wrong kind. */
const byThemselves: [path: string, right: Record<string, unknown>, wrong: object][] = [
  ['/credentials/verify',                      { verifiableCredential: {} },             { options: { expectedProofPurpose: 'authentication' } }],
  ['/presentations/verify',                    { verifiablePresentation: {} },           { options: { challenge: 1 } }],
  ['/issuers/{issuer}/credentials/issue',      { credential: {} },                       { options: { statusPurpose: 'message' } }],
  ['/authorization',                           question,                                 { context: { time: 'today' } }],
  ['/recognition',                             question,                                 { context: { site: 1 } }],
]
test.each(byThemselves)('%s refuses with 400 what its description does not allow', async (path, right, wrong) => {
  const { required = [] } = resolved(
    operationOf({ method: 'POST', path: path as Route['path'] })?.requestBody?.content['application/json']?.schema,
  )
  expect(Object.keys(right).toSorted()).toEqual(required.toSorted())
  const token = await registry.token(TESDA, 'credentials:issue')
  const refusedAt = async (body: object) => {
    const { status, text: given } = await registry.ask(path.replace('{issuer}', TESDA), { body, token })
    return { status, pointers: [...new Set([...given.matchAll(/"pointer":"([^"]*)"/g)].map(([, pointer]) => pointer))] }
  }
  for (const member of required)
    expect(await refusedAt({ ...right, [member]: undefined })).toEqual({ status: 400, pointers: [`/${member}`] })
  const [[name, inside] = ['', {}]] = Object.entries(wrong)
  expect(await refusedAt({ ...right, ...wrong })).toEqual({
    status: 400,
    pointers: [`/${name}/${Object.keys(inside)[0]}`],
  })
})

test('a body is required if one of its members is', () => {
  const isRequired = (path: Route['path']) => operationOf({ method: 'POST', path })?.requestBody?.required
  expect(isRequired('/issuers/{issuer}/credentials/{id}/reinstate')).toBe(false)
  expect(isRequired('/issuers/{issuer}/credentials/{id}/revoke')).toBe(true)
})

test("each change of a certificate's status is described", () => {
  const routes = ['{id}/revoke', '{id}/suspend', '{id}/reinstate', 'status'] as const
  for (const route of routes)
    expect(answeredBy({ method: 'POST', path: `/issuers/{issuer}/credentials/${route}` }), route).toBeDefined()
})

test('the reasons of a revocation and of a suspension are those of the registry', () => {
  const reasonsOf = (verb: string) => {
    const route = { method: 'POST', path: `/issuers/{issuer}/credentials/{id}/${verb}` } as const
    return resolved(operationOf(route)?.requestBody?.content['application/json']?.schema).properties?.reason?.enum
  }
  expect(reasonsOf('revoke')).toEqual(revocationReasons)
  expect(reasonsOf('suspend')).toEqual(suspensionReasons)
})

test('a verdict has two answers about the issuer, each with one of five standings, and levels with their basis', () => {
  const { schemas } = description.components
  expect(schemas.Verdict?.required).toEqual(expect.arrayContaining(['issuer', 'levels']))
  const { onIssueDate, today } = schemas.Verdict?.properties?.issuer?.properties ?? {}
  for (const answer of [onIssueDate, today])
    expect(resolved(answer).properties?.standing?.enum?.toSorted()).toEqual([
      'authorised',
      'not-for-this',
      'suspended',
      'unknown',
      'withdrawn',
    ])
  expect(schemas.Level?.required).toEqual(['framework', 'basis', 'confirmed'])
})

describe('one description of a verdict serves every route that answers with one', () => {
  const others = (
    [
      ['POST', '/check'],
      ['GET', '/v/{token}'],
      ['POST', '/v/{token}'],
    ] as const
  ).map(([method, path]) => ({ method, path }))
  test.each(others)('$method $path', (route) => {
    expect(answeredBy(route)).toEqual({ $ref: '#/components/schemas/Verdict' })
  })

  test('POST /verify, and there also each credential of a presentation', () => {
    const [one, several] = ['Verdict', 'PresentationVerdict'].map((name) => ({ $ref: `#/components/schemas/${name}` }))
    expect(answeredBy({ method: 'POST', path: '/verify' })).toEqual({ anyOf: [one, several] })
    const { properties, required } = description.components.schemas.PresentationVerdict ?? {}
    expect(properties?.credentials).toMatchObject({ type: 'array', items: one })
    expect(required).toContain('credentials')
  })

  test('the answers agree as well: by link, with the person, and for a file', async () => {
    const link = registry.demonstration.certificates.find((certificate) => certificate.case === 'in-force')?.link ?? ''
    const { pathname } = new URL(link)
    const document = await registry.document('in-force')
    const fields = new FormData()
    fields.set('document', new Blob([JSON.stringify(document)]), 'certificate.json')
    const form = new Response(fields)
    const type = form.headers.get('content-type') ?? ''
    const answers = await Promise.all([
      registry.ask('/verify', { body: { verifiableCredential: document } }),
      registry.ask('/check', { body: await form.text(), headers: { 'content-type': type } }),
      registry.ask(pathname),
      registry.ask(pathname, { method: 'POST' }),
    ])
    for (const { status, text: given } of answers) expect(status, given).toBe(200)
    const stated = answers.map((answer) =>
      answer.json<{ verdict: string; checks: { name: string; outcome: string }[] }>(),
    )
    const outcomes = stated.map(({ verdict, checks }) => [
      verdict,
      ...checks.map(({ name, outcome }) => `${name} ${outcome}`),
    ])
    expect(outcomes).toEqual(outcomes.map(() => outcomes[0]))
    expect(outcomes[0]).toHaveLength(10)
  })

  test('this test would notice an answer by link that is no verdict', () => {
    const response = new Response(null, { status: 200, headers: { 'content-type': 'application/json' } })
    const seen = (method: string, path: string) => () =>
      requireDescribed({ method, path, response, text: '{"verdict":"perhaps"}' })
    for (const { method, path } of others) expect(seen(method, path.replace('{token}', 'x'))).toThrow('not described')
  })

  test('the downloaded file is described with its media types', () => {
    const handedOut = operationOf({ method: 'POST', path: '/v/{token}' })?.responses['200']?.content
    expect(Object.keys(handedOut ?? {})).toEqual(['application/json', 'text/html', 'application/vc+ld+json'])
  })
})

test('every route that takes a body describes it', () => {
  const silent = table.filter((route) => route.method === 'POST' && operationOf(route)?.requestBody === undefined)
  expect(silent.map(({ path }) => path)).toEqual([])
})

/** The parameters that the source of the answers reads from the address. */
async function namesRead(): Promise<Set<string>> {
  const folder = new URL('../../functions/answers/', import.meta.url)
  const files = (await readdir(folder, { recursive: true })).filter((file) => /(?<!\.test)\.ts$/.test(file))
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')))
  const found = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map(([, words = '']) => words)
  return new Set(
    texts.flatMap((source) => [
      ...found(source, /\bquery\.(\w+)/g),
      ...found(source, /\w+\(query, '(\w+)'\)/g),
      ...found(source, /\ball\('(\w+)'\)/g),
      ...found(source, /\{ ([\w:, ]+) \} = (?:asked\.)?query$/gm).flatMap((names) => found(names, /(\w+)(?:: \w+)?/g)),
      ...found(source, /uery = z\s*\.\w+\(\{([\s\S]*?)\}\)\n/g).flatMap((shape) =>
        found(shape, /(?:^|\{|,)\s*'?([\w-]+)'?: (?:z(?:\.|$)|code|identifier|text)/gm),
      ),
    ]),
  )
}

test('every parameter that an answer reads is described, and no other', async () => {
  const described = new Set(
    table
      .flatMap((route) => operationOf(route)?.parameters ?? [])
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => name),
  )
  // Code that the answers call reads these: pages of lists, and the return from an identity provider.
  const readByOthers = ['limit', 'page', 'letters', 'code', 'state', 'iss', 'error']
  const read = new Set([...(await namesRead()), ...readByOthers])
  expect([...described].sort()).toEqual([...read].sort())
})

test('the Idempotency-Key is described, and so is each problem that issuing and asking can cause', () => {
  const issue = operationOf({ method: 'POST', path: '/issuers/{issuer}/credentials' })
  const key = issue?.parameters?.find(({ name }) => name === 'idempotency-key')
  expect(key).toMatchObject({ in: 'header', required: true })
  for (const status of ['201', '400', '403', '409', '422']) expect(issue?.responses).toHaveProperty(status)
  expect(operationOf({ method: 'GET', path: '/entities' })?.responses).toHaveProperty('501')
  expect(operationOf({ method: 'POST', path: '/check' })?.responses).toHaveProperty('303')
})

test('an undescribed answer in a journey is reported as a fault', () => {
  const seen =
    (path: string, status: number, text = '{}', more: Record<string, string> = {}) =>
    () => {
      const response = new Response(text, { status, headers: { 'content-type': 'application/json', ...more } })
      requireDescribed({ method: 'GET', path, response, text })
    }
  expect(seen('/healthz', 200, '{"status":"up"}')).not.toThrow()
  expect(seen('/healthz', 200, '{"status":"down"}')).toThrow('GET /healthz answers')
  expect(seen('/healthz', 418)).toThrow('GET /healthz answers 418')
  expect(seen('/issuers/a/did.json', 200)).toThrow('GET /issuers/{issuer}/did.json answers 200 as application/json')
  expect(seen('/healthz', 200, '{"status":"up"}', { 'retry-after': '1' })).toThrow('answers 200 with retry-after')
})

test('each form of an answer is described, and each header that a client acts on', async () => {
  const answer = (method: Route['method'], path: Route['path'], status = '200') =>
    operationOf({ method, path })?.responses[status]
  const formsOf = (path: Route['path']) => Object.keys(answer('GET', path)?.content ?? {})
  expect(formsOf('/issuers/{issuer}/did.json')).toEqual(['application/did+json'])
  expect(formsOf('/status-lists/{id}')).toEqual(['application/json', 'application/vc'])
  expect(formsOf('/qualifications/{id}')).toEqual(['application/json', 'text/html'])
  expect(formsOf('/federation/fetch')).toEqual(['application/entity-statement+jwt'])
  expect(answer('GET', '/issuers', '400')?.content).toHaveProperty(['text/html'])
  const issue = '/issuers/{issuer}/credentials'
  expect(Object.keys(answer('POST', issue, '201')?.headers ?? {})).toEqual(['location', 'idempotency-replayed'])
  expect(answer('POST', issue, '409')?.headers).toHaveProperty(['retry-after'])
  expect(answer('POST', `${issue}/{id}/revoke`)?.headers).toHaveProperty(['sijil-unchanged'])
  expect(answer('GET', '/desk/sign-in/start', '303')?.headers).toHaveProperty(['location'])
})

test('a request without a member that the description requires is refused', async () => {
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

test('the described token endpoint is the real one', async () => {
  const { openIdConnectUrl } = description.components.securitySchemes.accessToken ?? { openIdConnectUrl: '' }
  const configuration = await registry.ask(new URL(openIdConnectUrl).pathname)
  expect(configuration.status).toBe(200)
  expect(configuration.json()).toMatchObject({ token_endpoint: `${registry.baseUrl}/oidc/token` })
})

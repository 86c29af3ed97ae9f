import { expect, test } from 'vitest'
import * as z from 'zod'
import { describeApi } from './openapi.ts'
import { day, identifier, instant, text } from './pieces.ts'
import { route } from './route.ts'
import { baseUrl, provider, rows } from './test-exchange.ts'
import { upload } from './upload.ts'

const input = z
  .strictObject({ issuer: identifier, holder: text(200), day, at: instant.optional() })
  .meta({ id: 'IssueInput' })
const form = z.strictObject({ code: z.string().optional(), file: z.optional(upload) })
const describeIt = () =>
  describeApi({
    rows,
    described: {
      'POST /issuers/{issuer}/credentials': { body: 'json', input, output: z.object({ id: z.string() }), status: 201 },
      'POST /check': route({ body: 'multipart', input: form, answer: () => ({ status: 200 }) }),
      'GET /issuers/{issuer}/credentials': { body: 'none', query: z.object({ limit: z.string().optional() }) },
    },
    title: 'Sijil',
    version: '1.0.0',
    baseUrl,
    tokenIssuer: provider,
  })

test('the description is OpenAPI 3.1, and the same every time', () => {
  const document = describeIt()
  expect(document.openapi).toMatch(/^3\.1\./)
  expect(JSON.stringify(describeIt())).toBe(JSON.stringify(document))
})

test('each row is described, as public or with its scope', () => {
  const { paths = {} } = describeIt()
  const security = rows.map(({ method, path }) => paths[path]?.[method === 'GET' ? 'get' : 'post']?.security)
  expect(security).toEqual([
    [],
    [],
    [],
    [],
    [],
    [{ accessToken: ['credentials:issue'] }],
    [{ accessToken: ['credentials:read'] }],
  ])
})

test('each operation has its own id', () => {
  const ids = Object.values(describeIt().paths ?? {}).flatMap(({ get, post }) =>
    [get, post].flatMap((operation) => operation?.operationId ?? []),
  )
  expect(new Set(ids).size).toBe(rows.length)
})

test('schemas of requests allow no unknown members, and their parts have names', () => {
  const { components, paths } = describeIt()
  expect(components?.schemas).toMatchObject({
    IssueInput: {
      additionalProperties: false,
      required: ['issuer', 'holder', 'day'],
      properties: { day: { $ref: '#/components/schemas/Day' } },
    },
    Day: { type: 'string', format: 'date' },
    Instant: { type: 'string', format: 'date-time' },
    Identifier: { type: 'string' },
    Problem: { required: ['type', 'title', 'status'] },
  })
  const anything = { schema: expect.anything() }
  expect(paths?.['/check']?.post?.requestBody).toEqual({
    required: false,
    content: { 'multipart/form-data': anything, 'application/x-www-form-urlencoded': anything },
  })
  expect(JSON.stringify(paths?.['/check'])).toContain('"file":{"type":"string","format":"binary"')
})

test('the description contains the refusals', () => {
  const { paths = {} } = describeIt()
  const issue = paths['/issuers/{issuer}/credentials']?.post?.responses ?? {}
  expect(Object.keys(issue)).toEqual([
    '201',
    '400',
    '401',
    '403',
    '404',
    '409',
    '413',
    '415',
    '422',
    '429',
    '500',
    '503',
  ])
  expect(issue['401']).toMatchObject({
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  // The firewall answers a 429 too, and cannot set the media type of a problem.
  const problem = { schema: { $ref: '#/components/schemas/Problem' } }
  expect(issue['429']).toMatchObject({
    content: { 'application/problem+json': problem, 'application/json': problem },
    headers: { 'retry-after': expect.anything() },
  })
  expect(Object.keys(issue['503']?.content ?? {})).toEqual(['application/problem+json'])
})

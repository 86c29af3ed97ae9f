import { type Answers, createHandler, formTokenFor, route, sealOrder } from '@sijil/http'
import { deskSessions } from '@sijil/http/sessions'
import { RegistryError } from '@sijil/registry'
import { expect, test } from 'vitest'
import { deskProblems } from './answers/desk/problems.ts'
import { problemPages } from './answers/pages/problem-page.ts'
import { type FunctionName, type Route, routes } from './routes.ts'

const baseUrl = 'https://registry.example'
const now = new Date('2026-11-24T12:00:00Z')
const sessions = deskSessions(async () => 's'.repeat(43))
const policy = { demonstration: false }
const forPeople: readonly Route[] = routes.filter(({ readers }) => readers === 'people')
/** Every function that answers people, with its own page of a problem. */
const problemPage: Partial<Record<FunctionName, ReturnType<typeof deskProblems> | ReturnType<typeof problemPages>>> = {
  pages: problemPages({ baseUrl, policy }),
  desk: deskProblems({ baseUrl, policy }),
  office: deskProblems({ baseUrl, policy }),
  reports: problemPages({ baseUrl, policy }),
  paper: problemPages({ baseUrl, policy }),
  issue: deskProblems({ baseUrl, policy }),
  batches: deskProblems({ baseUrl, policy }),
  recognise: deskProblems({ baseUrl, policy }),
}

/** Asks a route whose answer is refused for 90 seconds. */
async function refused(row: Route, headers: Record<string, string>, query = '') {
  const answer = () => {
    throw new RegistryError('member-limit-reached', 'Ask another officer.', { retryAfter: 90 })
  }
  const key = `${row.method} ${row.path}`
  const page = problemPage[row.function]
  if (page === undefined) throw new Error(`${row.function} has no pages of problems`)
  const handler = createHandler({
    rows: [row],
    answers: { [key]: route({ body: row.method === 'POST' ? 'form' : 'none', answer }) } as Answers<readonly [Route]>,
    baseUrl,
    tokens: undefined as never, // no row for people has a token
    sessions,
    orders: { open: async (_, sealed) => sealed },
    log: () => {},
    languages: ['en', 'th'],
    now: () => now,
    problemPage: page,
  })
  const cookie = (await sessions.begin({ subject: 'officer', signedInAt: now }, now)).split(';')[0] as string
  const session = await sessions.find([cookie], now)
  const caller = { subject: 'officer', formToken: '', signedInAt: now, scopes: [] }
  const order = await sealOrder(
    { owner: 'x', path: row.path.replaceAll(/\{[^}]+\}/g, 'x'), caller, fields: {}, now },
    { seal: async (_, text) => text },
  )
  const form =
    row.scope === 'order'
      ? `order=${encodeURIComponent(order)}`
      : `form-token=${formTokenFor(session?.formToken ?? '', row.path.replaceAll(/\{[^}]+\}/g, 'x'))}`
  const {
    statusCode,
    headers: sent,
    body = '',
  } = await handler(eventOf(row, { headers, query, cookie, form }), {
    getRemainingTimeInMillis: () => 10_000,
  } as never)
  return {
    status: statusCode,
    type: sent['content-type'],
    retryAfter: sent['retry-after'],
    keep: sent['cache-control'],
    body,
  }
}

function eventOf(
  { method, path }: Route,
  { headers, query, cookie, form }: { headers: Record<string, string>; query: string; cookie: string; form: string },
) {
  const rawPath = path.replaceAll(/\{[^}]+\}/g, 'x')
  const pathParameters = Object.fromEntries([...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => [name, 'x']))
  const sentHere = {
    'content-type': 'application/x-www-form-urlencoded',
    origin: baseUrl,
    'sec-fetch-site': 'same-origin',
  }
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath,
    rawQueryString: query,
    headers: { ...headers, ...(method === 'POST' && sentHere) },
    cookies: [cookie],
    pathParameters,
    isBase64Encoded: false,
    ...(method === 'POST' && { body: form }),
    requestContext: {
      accountId: '1',
      apiId: 'api',
      domainName: 'registry.example',
      domainPrefix: 'registry',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '',
      timeEpoch: now.getTime(),
    },
  }
}

const thai = 'th-TH,th;q=0.9,en;q=0.8'
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

test('I52: each route for people is answered by a function that has pages of problems', () => {
  expect(forPeople.length).toBeGreaterThan(25)
  for (const { path, function: name } of forPeople)
    expect([path, problemPage[name]]).toEqual([path, expect.any(Function)])
})

test.each(forPeople)(
  'I52: a 429 at $method $path is a page in the language of the reader, with the time to wait',
  async (row) => {
    const accepts = [browser, '*/*']
    for (const accept of accepts) {
      for (const [language, headers, query] of [
        ['en', { accept }, ''],
        ['th', { accept, 'accept-language': thai }, ''],
        ['th', { accept, 'accept-language': 'en' }, 'lang=th'],
        ['en', { accept, 'accept-language': thai }, 'lang=en'],
      ] as const) {
        const answer = await refused(row, headers, query)
        expect(answer).toMatchObject({
          status: 429,
          type: 'text/html; charset=utf-8',
          retryAfter: '90',
          keep: 'no-store',
        })
        expect(answer.body).toContain(`<html lang="${language}">`)
        expect(answer.body).toMatch(/90 seconds|90 วินาที|continue yourself: 2\.|ได้ในอีก 2 นาที/)
      }
    }
  },
)

test.each(forPeople)('I52: a 429 at $method $path is JSON for a program that names JSON', async (row) => {
  for (const accept of ['application/json', 'application/problem+json']) {
    const answer = await refused(row, { accept, 'accept-language': thai })
    expect(answer).toMatchObject({ status: 429, type: 'application/problem+json', retryAfter: '90', keep: 'no-store' })
    expect(JSON.parse(answer.body)).toMatchObject({ type: `${baseUrl}/problems/member-limit-reached`, status: 429 })
  }
})

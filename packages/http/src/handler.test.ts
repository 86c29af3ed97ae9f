import { RegistryError } from '@sijil/registry'
import { describe, expect, test } from 'vitest'
import { createHandler } from './handler.ts'
import { wantedForm } from './negotiate.ts'
import { type Answer, route } from './route.ts'
import type { Answers } from './rows.ts'
import {
  anApi,
  anEvent,
  aToken,
  baseUrl,
  everyAnswer,
  json,
  lambdaContext,
  noon,
  rows,
  type Sent,
} from './test-exchange.ts'

const issue = 'POST /issuers/{issuer}/credentials'
const answering = (answer: Answer) => anApi({ 'GET /issuers': route({ answer: () => answer }) })
const page = { status: 200, body: '<p>hello', type: 'text/html; charset=utf-8' }

describe('an answer', () => {
  test('that is an object becomes JSON', async () => {
    const { headers, text } = await answering({ status: 201, body: { a: 'é' } }).send('GET /issuers')
    expect([headers['content-type'], text]).toEqual(['application/json', '{"a":"é"}'])
  })

  test('that is a text is sent unchanged, with its own type', async () => {
    const { headers, text } = await answering({ status: 200, body: '{ "a":1.0 }', type: 'application/vc' }).send(
      'GET /issuers',
    )
    expect([headers['content-type'], text]).toEqual(['application/vc', '{ "a":1.0 }'])
  })

  test('of bytes arrives byte for byte', async () => {
    const handler = createHandler({
      rows: [rows[3]],
      baseUrl,
      tokens: undefined,
      log: () => {},
      languages: ['en'],
      now: () => noon,
      answers: {
        'GET /issuers': route({ answer: () => ({ status: 200, body: new Uint8Array([0, 255]), type: 'image/png' }) }),
      },
    })
    expect(await handler(anEvent('GET /issuers'), lambdaContext)).toMatchObject({ body: 'AP8=', isBase64Encoded: true })
  })

  test('may have no body', async () => {
    const { status, headers, text } = await answering({ status: 204 }).send('GET /issuers')
    expect([status, headers['content-type'], text]).toEqual([204, undefined, ''])
  })

  test('that cannot be written as JSON becomes a 500', async () => {
    const circle: { self?: object } = {}
    circle.self = circle
    expect((await answering({ status: 200, body: circle }).send('GET /issuers')).status).toBe(500)
  })
})

describe('every answer', () => {
  const everywhere = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'strict-transport-security': expect.stringContaining('max-age=63072000'),
    'content-security-policy': expect.stringMatching(/^default-src 'none'; /),
    'x-request-id': expect.stringMatching(/^request-/),
  }
  test.each([
    ['of a page', 'GET /issuers', {}, 200],
    ['to a scoped route', issue, {}, 401],
    ['of a problem', 'POST /verify', { body: 'x' }, 415],
    ['to an unknown path', '$default', { path: '/nothing' }, 404],
  ])('%s has the headers of I42', async (_, routeKey, sent, status) => {
    const received = await answering(page).send(routeKey, sent)
    expect(received).toMatchObject({ status, headers: everywhere })
  })

  test('cannot weaken these headers, but may allow the camera', async () => {
    const loose = {
      'Content-Security-Policy': 'default-src *',
      'Referrer-Policy': 'unsafe-url',
      'Cache-Control': 'public',
    }
    const { headers } = await anApi({
      'GET /v/{token}': route({
        answer: () => ({ ...page, headers: { ...loose, 'Permissions-Policy': 'camera=(self)' } }),
      }),
    }).send('GET /v/{token}', { params: { token: 'x' } })
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'permissions-policy': 'camera=(self)',
    })
    expect(headers['content-security-policy']).not.toContain('*')
  })

  test('over plain http has no Strict-Transport-Security', async () => {
    const { headers } = await anApi({}, { baseUrl: 'http://localhost:4700' }).send('GET /issuers')
    expect(headers).not.toHaveProperty('strict-transport-security')
  })

  test('that is a page may run only our own scripts (I42)', async () => {
    const policy = (await answering(page).send('GET /issuers')).headers['content-security-policy']
    for (const rule of [
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ])
      expect(policy).toContain(rule)
    expect(policy).not.toContain('unsafe')
  })

  test('at the link of a certificate tells search engines not to index it (I46)', async () => {
    const noindex = async (key: string, params = {}) => (await anApi().send(key, { params })).headers['x-robots-tag']
    expect(await noindex('GET /v/{token}', { token: 'x' })).toBe('noindex')
    expect(await noindex('GET /issuers')).toBeUndefined()
  })

  test('repeats the request id of the client, unless it is malformed or a cache may keep the answer', async () => {
    const echoed = async (key: string, id: string) =>
      (await anApi().send(key, { headers: { 'x-request-id': id } })).headers['x-request-id']
    expect(await echoed('POST /verify', 'client-1')).toBe('client-1')
    expect(await echoed('POST /verify', 'a\r\nb: c')).toMatch(/^request-/)
    expect(await echoed('GET /issuers', 'client-1')).toMatch(/^request-/)
  })
})

describe('cache-control', () => {
  const kept = async (key: string, answer: Answer, params = {}) =>
    (await anApi({ [key]: route({ answer: () => answer }) }).send(key, { params })).headers['cache-control']
  const good: Answer = { status: 200, body: {} }

  test('follows the route table', async () => {
    expect(await kept('GET /issuers', good)).toBe('public, max-age=40, stale-if-error=0')
    expect(await kept('GET /assets/{file}', good, { file: 'a.js' })).toBe('public, max-age=31536000, immutable')
    expect(await kept('GET /v/{token}', good, { token: 'x' })).toBe('no-store')
  })

  test('is no-store for every answer that is not a success', async () => {
    for (const status of [302, 404, 500, 503]) expect(await kept('GET /issuers', { status, body: {} })).toBe('no-store')
  })

  test('comes with a Vary that separates the languages of a page, and the page from its JSON', async () => {
    expect((await answering(page).send('GET /issuers')).headers.vary).toBe('Accept, Accept-Language')
    expect((await answering(good).send('GET /issuers')).headers.vary).toBe('Accept')
  })
})

describe('D005: other origins', () => {
  const origin = { origin: 'https://evil.example' }
  test('may read public JSON and its problems, without credentials', async () => {
    for (const sent of [{}, { query: 'a=1&a=2' }]) {
      const { headers } = await anApi().send('GET /issuers', { ...sent, headers: origin })
      expect(headers).toMatchObject({
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      })
      expect(headers).not.toHaveProperty('access-control-allow-credentials')
    }
  })

  test('may not read pages or answers of a scoped route', async () => {
    const headers = { ...origin, authorization: `Bearer ${await aToken()}` }
    const loose = route({ answer: () => ({ status: 200, headers: { 'Access-Control-Allow-Origin': '*' }, body: {} }) })
    const scoped = await anApi({ [issue]: loose }).send(issue, { headers, params: { issuer: 'a' } })
    expect(scoped.status).toBe(200)
    for (const received of [scoped, await anApi().send(issue), await answering(page).send('GET /issuers')])
      expect(received.headers).not.toHaveProperty('access-control-allow-origin')
  })

  test('get permission by a preflight request for a public route, and only for one', async () => {
    const preflight = (path: string) => anApi().send('OPTIONS /{proxy+}', { path, headers: origin })
    expect(await preflight('/verify')).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': expect.stringContaining('Authorization, Content-Type, Idempotency-Key'),
      },
    })
    const scoped = await preflight('/issuers/a/credentials')
    expect([scoped.status, scoped.headers.allow]).toEqual([204, 'POST, GET, HEAD, OPTIONS'])
    expect(scoped.headers).not.toHaveProperty('access-control-allow-methods')
    expect(scoped.headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('dispatch', () => {
  test('gives params, query and headers; an answer knows its params by name', async () => {
    const answers: Pick<Answers<typeof rows>, 'GET /v/{token}'> = {
      'GET /v/{token}': route({
        answer: ({ params, query, headers }) => ({
          status: 200,
          body: [params.token.toUpperCase(), query.a, headers.get('x-a')],
        }),
      }),
    }
    const sent = { params: { token: 'abc', other: 'x' }, query: 'a=1%202&b=', headers: { 'X-A': 'y' } }
    expect((await anApi(answers).send('GET /v/{token}', sent)).body).toEqual(['ABC', '1 2', 'y'])
  })

  test.each<Record<string, string>>([
    {},
    { token: '' },
    { token: 'a b' },
    { token: 'a\u0000' },
    { token: '../x' },
    { token: '..' },
    { token: 'x'.repeat(513) },
  ])('answers not found for a parameter that no address of ours can have: %o', async (params) =>
    expect((await anApi().send('GET /v/{token}', { params })).status).toBe(404),
  )

  test('refuses a query with a repeated parameter', async () => {
    expect(await anApi().send('GET /issuers', { query: 'lang=en&lang=ms' })).toMatchObject({
      status: 400,
      body: {
        type: `${baseUrl}/problems/validation-failed`,
        errors: [{ pointer: '/lang', detail: 'must be given once' }],
      },
    })
    const { body, text } = await anApi().send('GET /issuers', { query: 'a=1&Siti+Aminah=1&Siti+Aminah=2' })
    expect(body).toMatchObject({ errors: [{ pointer: '', detail: 'must be given once' }] })
    expect(text).not.toContain('Siti')
  })

  test('refuses an unknown parameter if a route names those it knows, and repeats its name only if it could be one of ours', async () => {
    const api = anApi({ 'GET /issuers': route({ knows: ['s'], answer: () => ({ status: 204 }) }) })
    expect((await api.send('GET /issuers', { query: 's=x' })).status).toBe(204)
    const { status, body, text } = await api.send('GET /issuers', { query: 's=x&sort=1&Siti+Aminah=1' })
    const detail = 'unknown member: leave it out'
    expect([status, body]).toMatchObject([
      400,
      {
        errors: [
          { pointer: '/sort', detail },
          { pointer: '', detail },
        ],
      },
    ])
    expect(text).not.toContain('Siti')
  })

  test('answers 404 for an unknown path, and 405 for a known path with another method', async () => {
    expect((await anApi().send('GET /{proxy+}', { path: '/constructor' })).status).toBe(404)
    const { status, headers } = await anApi().send('DELETE /{proxy+}', { path: '/verify' })
    expect([status, headers.allow]).toEqual([405, 'POST, OPTIONS'])
  })

  test('answers HEAD with the status and the headers of GET, and without content', async () => {
    const head = (routeKey: string, sent: Sent = {}) => anApi().send(routeKey, { ...sent, method: 'HEAD' })
    const { 'x-request-id': _, ...given } = (await anApi().send('GET /issuers')).headers
    for (const path of ['GET /issuers', 'ANY /issuers'])
      expect(await head(path)).toMatchObject({ status: 200, headers: given, text: '', carried: 0 })
    // A page without parameters has no route of its own.
    expect(await head('$default', { path: '/issuers' })).toMatchObject({ status: 200, headers: given, text: '' })
    expect((await anApi().send('$default', { method: 'GET', path: '/issuers' })).status).toBe(200)
    // The gateway has one route for GET and HEAD.
    expect((await anApi().send('ANY /issuers', { method: 'GET' })).status).toBe(200)
    expect((await anApi().send('ANY /issuers', { method: 'PUT', path: '/issuers' })).status).toBe(405)
    expect(await head('ANY /issuers', { query: 'a=1&a=2' })).toMatchObject({ status: 400, text: '' })
    expect(await head('ANY /issuers/{issuer}/credentials')).toMatchObject({ status: 401, text: '' })
    const refused = await head('$default', { path: '/verify' })
    expect(refused).toMatchObject({ status: 405, headers: { allow: 'POST, OPTIONS' }, text: '' })
  })

  test('names the methods of an address among the routes of all functions, whichever function answers', async () => {
    const path = '/issuers/a/credentials'
    const handler = createHandler({
      rows: [rows[3]],
      everyRow: rows,
      answers: { 'GET /issuers': everyAnswer['GET /issuers'] },
      baseUrl,
      tokens: undefined,
      log: () => {},
      languages: ['en'],
      now: () => noon,
    })
    expect(await handler(anEvent('$default', { path, method: 'PUT' }), lambdaContext)).toMatchObject({
      statusCode: 405,
      headers: { allow: 'POST, GET, HEAD, OPTIONS' },
    })
  })

  test('R018: does not start with a scoped route without tokens, or with a route without an answer', () => {
    const languages: [string] = ['en']
    const parts = { baseUrl, log: () => {}, languages, now: () => noon, tokens: undefined }
    // @ts-expect-error a scoped row needs tokens
    expect(() => createHandler({ ...parts, rows, answers: everyAnswer })).toThrow(TypeError)
    // @ts-expect-error an answer is missing
    expect(() => createHandler({ ...parts, rows: [rows[0]], answers: {} })).toThrow(TypeError)
  })
})

describe('language and form', () => {
  const given = anApi({
    'GET /issuers': route({ answer: ({ language, wants }) => ({ status: 200, body: [language, wants] }) }),
  })
  const ask = async (accept: string, acceptLanguage: string, query = '') =>
    (await given.send('GET /issuers', { headers: { accept, 'accept-language': acceptLanguage }, query })).body

  test.each([
    ['ms', '', 'ms'],
    ['id-ID,id;q=0.9,en;q=0.8', '', 'id'],
    ['fr, th;q=0.5, ms;q=0.7', '', 'ms'],
    ['fr;q=1, th;q=0', '', 'en'],
    ['ms', 'lang=th', 'th'],
    ['ms', 'lang=../../etc', 'ms'],
    ['', '', 'en'],
  ])('Accept-Language "%s" with "?%s" gives the language %s', async (acceptLanguage, query, language) => {
    expect(await ask('application/json', acceptLanguage, query)).toEqual([language, 'json'])
  })

  test.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['application/json', 'json'],
    ['application/did+json', 'json'],
    ['application/json, text/plain, */*', 'json'],
    ['application/*', 'json'],
    ['text/html;q=0.5, application/json', 'json'],
    ['text/html, application/json', 'json'],
    ['text/html, application/json;q=0.9', 'html'],
  ])('Accept: %s gives %s at every address', async (accept, wants) => {
    expect(await ask(accept, 'en')).toEqual(['en', wants])
    expect(wantedForm(accept, 'programs')).toBe(wants)
  })

  test.each(['*/*', undefined, '', 'text/html;q=x', 'image/png'])(
    'Accept: %s leaves the form open: people get HTML, programs get JSON',
    (accept) => {
      expect(wantedForm(accept, 'people')).toBe('html')
      expect(wantedForm(accept, 'programs')).toBe('json')
    },
  )
})

describe('a problem', () => {
  const failing = (error: unknown, parts = {}) =>
    anApi({ 'GET /issuers': route({ answer: () => Promise.reject(error) }) }, parts)

  test('of the registry follows the table of problems, with the time to wait', async () => {
    const { status, headers, body } = await failing(new RegistryError('in-progress', 'Still signing.')).send(
      'GET /issuers',
    )
    expect([status, headers['retry-after'], headers['content-type']]).toEqual([409, '2', 'application/problem+json'])
    expect(body).toEqual({
      type: `${baseUrl}/problems/in-progress`,
      title: 'This is still being worked on',
      status: 409,
      detail: 'Still signing.',
    })
  })

  test.each([new Error('secret of Siti'), new RegistryError('internal', 'secret of Siti'), 'Siti', undefined, null])(
    'L003, I48: of another kind only contains the id to name when asking for help: %s',
    async (error) => {
      const { status, body } = await failing(error).send('GET /issuers')
      expect(status).toBe(500)
      expect(body).toEqual({
        type: `${baseUrl}/problems/internal`,
        title: 'Something went wrong here',
        status: 500,
        instance: expect.stringMatching(/^request-/),
      })
    },
  )

  test('is a page for people, in their language, on public routes', async () => {
    const problemPage = ({ title }: { title: string }, { language }: { language: string }) =>
      `<h1>${language}: ${title}`
    const api = failing(new RegistryError('not-found', ''), { problemPage })
    const headers = { accept: 'text/html', 'accept-language': 'ms' }
    expect(await api.send('GET /issuers', { headers })).toMatchObject({
      status: 404,
      text: '<h1>ms: There is no such thing here',
    })
    expect((await api.send(issue, { headers })).headers['content-type']).toBe('application/problem+json')
  })

  test('is no page of the desk on a public route for programs', async () => {
    const signedOut = { find: async () => undefined, findEnded: async () => undefined, keep: async () => undefined }
    const parts = { problemPage: () => '<h1>desk' }
    const typeOf = async (more: object) => {
      const failed = anApi(
        { 'GET /assets/{file}': route({ answer: () => Promise.reject(new RegistryError('not-found', '')) }) },
        { ...parts, ...more },
      )
      return (await failed.send('GET /assets/{file}', { headers: { accept: 'text/html' } })).headers['content-type']
    }
    expect(await typeOf({})).toBe('text/html; charset=utf-8')
    expect(await typeOf({ sessions: signedOut })).toBe('application/problem+json')
  })

  test('is answered a second before Lambda stops the function, if an answer takes too long (I52)', async () => {
    const slow = anApi({ 'GET /issuers': route({ answer: () => new Promise<never>(() => {}) }) })
    const hurried = { ...lambdaContext, getRemainingTimeInMillis: () => 1_010 }
    const { status, headers } = await slow.send('GET /issuers', {}, hurried)
    expect([status, headers['retry-after']]).toEqual([503, '5'])
  })
})

test('the body of a scoped route is read after its token is checked', async () => {
  const headers = { ...json, authorization: `Bearer ${await aToken()}` }
  expect((await anApi().send(issue, { headers, body: '{', params: { issuer: 'a' } })).status).toBe(415)
})

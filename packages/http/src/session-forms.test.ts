import { describe, expect, test } from 'vitest'
import type { Sessions, SignedIn } from './caller.ts'
import { createHandler } from './handler.ts'
import type { LogEntry } from './log.ts'
import { route } from './route.ts'
import type { RouteRow } from './rows.ts'
import { FORM_TOKEN, formTokenFor } from './session-forms.ts'
import { anEvent, baseUrl, lambdaContext, noon, type Sent } from './test-exchange.ts'

// biome-ignore format: it reads as a table
const rows = [
  { method: 'GET',  path: '/desk',      scope: 'session', readers: 'people', caching: 'never', summary: 'Read' },
  { method: 'POST', path: '/desk/do',   scope: 'session', readers: 'people', caching: 'never', summary: 'Do' },
  { method: 'POST', path: '/desk/file', scope: 'session', readers: 'people', caching: 'never', summary: 'A form with a file' },
  { method: 'POST', path: '/desk/end',  scope: 'session', readers: 'people', caching: 'never', summary: 'A form whose page does not show it again' },
] as const satisfies readonly RouteRow[]

const officer: SignedIn = { subject: 'officer-1', scopes: [], signedInAt: noon, formToken: 'the-token-of-this-session' }
const sessions: Sessions = {
  find: async (cookies) => (cookies.includes('session=good') ? officer : undefined),
  findEnded: async (cookies) => (cookies.includes('session=ended') ? officer : undefined),
  keep: async ({ subject, path, fields }) =>
    Object.values(fields).join('').length > 4_000 ? undefined : `kept=${JSON.stringify({ subject, path, fields })}`,
}

function aDesk() {
  const log: LogEntry[] = []
  const done: unknown[] = []
  const handler = createHandler({
    rows,
    baseUrl,
    tokens: undefined,
    sessions,
    log: (entry) => log.push(entry),
    languages: ['en'],
    now: () => noon,
    problemPage: ({ title }, { unkept }) => `<p>${title}${unkept.why?.slice(0, 3) ?? ''}`,
    answers: {
      'GET /desk': route({
        answer: ({ caller }: { caller: SignedIn }) => ({
          status: 200,
          body: { who: caller.subject },
          cookies: ['a=1; Path=/', 'b=2; Path=/'],
        }),
      }),
      'POST /desk/file': route({ body: 'multipart', keepsForm: true, answer: () => ({ status: 303 }) }),
      'POST /desk/end': route({ body: 'form', answer: () => ({ status: 303 }) }),
      'POST /desk/do': route({
        body: 'form',
        keepsForm: true,
        answer({ input }) {
          done.push(input)
          return { status: 303, headers: { location: '/desk' } }
        },
      }),
    },
  })
  const send = (routeKey: string, sent: Sent = {}, cookies: string[] = ['session=good']) =>
    handler({ ...anEvent(routeKey, sent), cookies }, lambdaContext)
  return { send, log, done }
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const OWN = formTokenFor(officer.formToken, '/desk/do')
const bodyWith = (token?: string) => String(new URLSearchParams({ why: 'x', ...(token && { [FORM_TOKEN]: token }) }))
const post = (headers: Record<string, string>, token: string | undefined = OWN) => ({
  path: '/desk/do',
  headers: { ...form, ...headers },
  body: bodyWith(token),
})

test('a request without a session gets a page that says to sign in, and changes nothing', async () => {
  const { send, done, log } = aDesk()
  for (const cookies of [[], ['session=forged'], ['session=']])
    expect(await send('GET /desk', { headers: { accept: 'text/html' } }, cookies)).toMatchObject({
      statusCode: 403,
      body: '<p>A person must sign in first',
      headers: { 'cache-control': 'no-store' },
    })
  expect((await send('POST /desk/do', post({ origin: baseUrl }), [])).statusCode).toBe(403)
  expect(done).toEqual([])
  expect(log.every(({ code }) => code === 'sign-in-required')).toBe(true)
})

test('B002, I38: a token holds for every address of one body or authority, and for no other', () => {
  const of = (path: string) => formTokenFor('secret', path)
  expect(of('/desk/issuers/a/issue?lang=th')).toBe(of('/desk/issuers/a'))
  const others = [
    '/desk/issuers/a',
    '/desk/issuers/b',
    '/desk/issuers/a-b',
    '/desk/authorities/a',
    '/desk/sign-out',
    '/desk',
  ]
  expect(new Set(others.map(of)).size).toBe(others.length)
  expect(formTokenFor('another', '/desk/issuers/a')).not.toBe(of('/desk/issuers/a'))
})

test('an access token does not replace a session', async () => {
  const { send } = aDesk()
  expect((await send('GET /desk', { headers: { authorization: 'Bearer x' } }, [])).statusCode).toBe(403)
})

test('an answer may set several cookies, each by its own header', async () => {
  const answer = await aDesk().send('GET /desk')
  expect(answer).toMatchObject({ statusCode: 200, cookies: ['a=1; Path=/', 'b=2; Path=/'] })
})

describe('a form', () => {
  test.each([
    ['by its origin', { origin: baseUrl }],
    ['by its origin and Sec-Fetch-Site', { origin: baseUrl, 'sec-fetch-site': 'same-origin' }],
    ['by Sec-Fetch-Site, if no referrer is sent', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
  ])('from its own page is accepted %s, and the answer does not see its token', async (_, headers) => {
    const { send, done } = aDesk()
    expect((await send('POST /desk/do', post(headers))).statusCode).toBe(303)
    expect(done).toEqual([{ why: 'x' }])
  })

  test.each([
    ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of another site, without Sec-Fetch-Site', { origin: 'https://evil.example' }],
    ['of another host of this site', { origin: `${baseUrl}.evil.example`, 'sec-fetch-site': 'same-site' }],
    ['of another site that forges the origin', { origin: baseUrl, 'sec-fetch-site': 'cross-site' }],
    ['from a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['with no usable origin', { origin: 'null' }],
    ['of no browser', {}],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
  ])('%s is refused, even with the token', async (_, headers) => {
    const { send, done } = aDesk()
    expect((await send('POST /desk/do', post(headers))).statusCode).toBe(403)
    expect(done).toEqual([])
  })

  test.each([
    ['no token', ''],
    ['the token of another session', 'the-token-of-that-session'],
    ['the secret of the session', officer.formToken],
    ['the token of another address', formTokenFor(officer.formToken, '/desk/end')],
    ['a part of the token', OWN.slice(0, 10)],
    ['the token with a further letter', `${OWN}x`],
  ])('with %s is refused, even from its own page', async (_, token) => {
    const { send, done, log } = aDesk()
    const sent = { ...post({ origin: baseUrl }), body: bodyWith(token) }
    expect((await send('POST /desk/do', sent)).statusCode).toBe(403)
    expect([done, log[0]?.code]).toEqual([[], 'foreign-form'])
  })

  test('from before the last sign-in is refused, and what was typed is kept, unless another site or no form of ours sent it', async () => {
    const older = async (headers: Record<string, string>, path = '/desk/do', token = 'the-token-of-that-session') => {
      const { send, done } = aDesk()
      const answer = await send(`POST ${path}`, { ...post(headers), path, body: bodyWith(token) })
      return [answer.statusCode, done, answer.cookies ?? []]
    }
    const kept = `kept=${JSON.stringify({ subject: 'officer-1', path: '/desk/do', fields: { why: 'x' } })}`
    expect(await older({ origin: baseUrl, 'sec-fetch-site': 'same-origin' })).toEqual([403, [], [kept]])
    for (const refused of [
      await older({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
      await older({ origin: 'null', 'sec-fetch-site': 'cross-site' }),
      await older({ origin: baseUrl }, '/desk/do', ''),
      await older({ origin: baseUrl }, '/desk/end'),
    ])
      expect(refused).toEqual([403, [], []])
  })

  test('as JSON is refused before it is read', async () => {
    const { send, done } = aDesk()
    const sent = { ...post({ origin: baseUrl, 'content-type': 'application/json' }), body: '{}' }
    expect((await send('POST /desk/do', sent)).statusCode).toBe(415)
    expect(done).toEqual([])
  })
})

test('a function with routes of scope session, but without sessions, does not start', () => {
  const answers = { 'GET /desk': route({ answer: () => ({ status: 204 }) }) }
  const parts = { baseUrl, tokens: undefined, log: () => {}, languages: ['en'] as [string], now: () => noon }
  expect(() => createHandler({ ...parts, rows: [rows[0]], answers })).toThrow('no way to know its callers')
})

describe('a form that comes after its session has ended', () => {
  const sameOrigin = { 'sec-fetch-site': 'same-origin', origin: baseUrl }
  const ended = ['session=ended']

  test('is refused and does nothing, and what was typed is kept without the token', async () => {
    const { send, done } = aDesk()
    const answer = await send('POST /desk/do', post(sameOrigin), ended)
    expect(answer).toMatchObject({
      statusCode: 403,
      cookies: [`kept=${JSON.stringify({ subject: 'officer-1', path: '/desk/do', fields: { why: 'x' } })}`],
    })
    expect(done).toEqual([])
  })

  test('is shown to be copied if it is too long for a cookie, and only to the browser that sent it', async () => {
    const long = (token: string) => String(new URLSearchParams({ why: 'abc'.repeat(2_000), [FORM_TOKEN]: token }))
    const asPage = { ...sameOrigin, accept: 'text/html' }
    const answered = async (token: string, cookies: string[]) => {
      const answer = await aDesk().send('POST /desk/do', { ...post(asPage), body: long(token) }, cookies)
      return [answer.statusCode, answer.cookies ?? [], answer.body]
    }
    expect(await answered(OWN, ended)).toEqual([403, [], '<p>A person must sign in firstabc'])
    expect(await answered('another-token', ended)).toEqual([403, [], '<p>A person must sign in first'])
    expect(await answered(OWN, [])).toEqual([403, [], '<p>A person must sign in first'])
  })

  test('is kept without its file', async () => {
    const field = (name: string, value: string, more = '') =>
      `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
    const body = `${field(FORM_TOKEN, formTokenFor(officer.formToken, '/desk/file'))}${field('why', 'x')}${field('file', 'text', '; filename="a.txt"')}--b--\r\n`
    const headers = { ...sameOrigin, 'content-type': 'multipart/form-data; boundary=b' }
    const answer = await aDesk().send('POST /desk/file', { path: '/desk/file', headers, body }, ended)
    expect(answer.cookies).toEqual([
      `kept=${JSON.stringify({ subject: 'officer-1', path: '/desk/file', fields: { why: 'x' } })}`,
    ])
  })

  test.each([
    ['from another site', post({ ...sameOrigin, 'sec-fetch-site': 'cross-site' }), ended],
    ['without the token of that session', post(sameOrigin, 'another-token'), ended],
    ['of nobody', post(sameOrigin), []],
    ['in another media type', { ...post(sameOrigin), headers: { ...sameOrigin, 'content-type': 'text/plain' } }, ended],
  ])('is refused in the same way, and is not kept: %s', async (_, sent, cookies) => {
    const { send, log } = aDesk()
    const answer = await send('POST /desk/do', sent, cookies)
    expect(answer.statusCode).toBe(403)
    expect(answer.cookies ?? []).toEqual([])
    expect(log[0]?.code).toBe('sign-in-required')
  })

  test('is not kept, and nobody is told so, if its page would not show it again', async () => {
    const answer = await aDesk().send('POST /desk/end', { ...post(sameOrigin), path: '/desk/end' }, ended)
    expect(answer.statusCode).toBe(403)
    expect(answer.cookies ?? []).toEqual([])
  })
})

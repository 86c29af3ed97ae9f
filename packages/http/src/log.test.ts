import { RegistryError } from '@sijil/registry'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createLog, traceOf } from './log.ts'
import type { LogCode } from './log-code.ts'
import { metricOf, watchedCodes } from './metrics.ts'
import { problems } from './problems.ts'
import { route } from './route.ts'
import { anApi, aToken, json, noon, type Sent } from './test-exchange.ts'

const NAME = 'Siti Canary'
const LINK = 'canary-link-token'

test('a request writes one line, with its route and not its path', async () => {
  const { send, lines } = anApi()
  await send('GET /v/{token}', { path: `/v/${LINK}`, params: { token: LINK } })
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      at: noon.toISOString(),
      level: 'info',
      routeKey: 'GET /v/{token}',
      requestId: expect.stringMatching(/^request-/),
      status: 200,
      milliseconds: 0,
    },
  ])
})

test('I47: a link with a slash at its end is redirected, and appears in no line', async () => {
  const { send, lines } = anApi()
  // API Gateway decodes the path.
  const { status, headers } = await send('$default', { method: 'GET', path: `/v/${LINK} ก/`, query: 'lang=th' })
  expect([status, headers.location]).toEqual([308, `https://registry.example/v/${LINK}%20%E0%B8%81?lang=th`])
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('"routeKey":"unmatched"')
  expect(lines[0]).not.toContain(LINK)
})

test('an answer that raises an alarm adds its code to its line, and not to the line of the next answer', async () => {
  const logged = { code: 'action-waits', owner: 'demo-ph-tesda' } as const
  const answers = [
    { status: 202, logged, body: {} },
    { status: 200, body: {} },
  ]
  const { send, lines } = anApi({ 'GET /issuers': route({ answer: () => answers.shift() ?? { status: 500 } }) })
  const answer = await send('GET /issuers')
  await send('GET /issuers')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ status: 202, ...logged }, { status: 200 }])
  expect(lines[1]).not.toContain('owner')
  expect(JSON.stringify(answer)).not.toContain('action-waits')
})

test('the line of a refusal has its code, that of an outage its causes, and that of a bug its stack frames', async () => {
  const failing = async (error: Error) => {
    const { send, lines } = anApi({ 'GET /issuers': route({ answer: () => Promise.reject(error) }) })
    await send('GET /issuers')
    return JSON.parse(lines[0] ?? '')
  }
  expect(await failing(new RegistryError('conflict', ''))).toMatchObject({ level: 'info', code: 'conflict' })
  const throttled = Object.assign(new Error('no'), { name: 'ThrottlingException' })
  expect(await failing(new RegistryError('dependency-unavailable', '', { cause: throttled }))).toMatchObject({
    level: 'warn',
    error: { names: ['RegistryError', 'ThrottlingException'] },
  })
  const bug = await failing(new TypeError('x'))
  expect(bug).toMatchObject({ level: 'error', code: 'internal', error: { names: ['TypeError'] } })
  expect(bug.error.frames[0]).toMatch(/log\.test\.ts:\d+:\d+$/)
})

describe('a line is counted', () => {
  const counted = (code: LogCode) => ({
    _aws: {
      Timestamp: noon.getTime(),
      CloudWatchMetrics: [
        { Namespace: 'Sijil', Dimensions: [[]], Metrics: [{ Name: `problem-${code}`, Unit: 'Count' }] },
      ],
    },
    [`problem-${code}`]: 1,
  })
  const lineOf = async (answer: () => Promise<{ status: number }>) => {
    const { send, lines } = anApi({ 'GET /issuers': route({ answer }) })
    await send('GET /issuers')
    return JSON.parse(lines[0] ?? '')
  }
  /** The other members of the line of a request. */
  const request = { at: noon.toISOString(), routeKey: 'GET /issuers', requestId: expect.any(String), milliseconds: 0 }
  const error = { names: ['RegistryError'], frames: expect.any(Array) }

  test.each([
    ['internal', 'error', 500],
    ['dependency-unavailable', 'warn', 503],
    ['signing-key-unavailable', 'warn', 503],
    ['clock-astray', 'warn', 503],
    ['issuing-paused', 'warn', 503],
  ] as const)('by the metric of its code, once and without a dimension: %s', async (code, level, status) => {
    const line = await lineOf(() => Promise.reject(new RegistryError(code, 'words that no line has')))
    expect(line).toEqual({ ...request, level, status, code, error, ...counted(code) })
  })

  test('also if the request succeeded: action-waits', async () => {
    const logged = { code: 'action-waits', owner: 'demo-ph-tesda' } as const
    const line = await lineOf(async () => ({ status: 202, logged, body: {} }))
    expect(line).toEqual({ ...request, level: 'info', status: 202, ...logged, ...counted('action-waits') })
  })

  test('also without a request: bundle-nearly-full', () => {
    const lines: string[] = []
    const entry = { level: 'warn', function: 'sequence', code: 'bundle-nearly-full', bytes: 3_200_000 } as const
    createLog({ sink: (line) => lines.push(line), now: () => noon })(entry)
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { at: noon.toISOString(), ...entry, ...counted('bundle-nearly-full') },
    ])
  })

  test('by no metric if it has no code, or a code without an alarm', async () => {
    const others = Object.keys(problems).filter((code) => !watchedCodes.some((watched) => watched === code))
    expect(others).toContain('conflict')
    for (const code of others) {
      const lines: string[] = []
      const log = createLog({ sink: (line) => lines.push(line), now: () => noon })
      log({ level: 'info', routeKey: 'GET /', requestId: '1', status: 400, milliseconds: 0, code: code as LogCode })
      expect(lines[0], code).toContain(code)
      expect(lines[0], code).not.toContain('_aws')
    }
    expect(await lineOf(() => Promise.reject(new RegistryError('conflict', '')))).not.toHaveProperty('_aws')
    expect(await lineOf(async () => ({ status: 200, body: {} }))).not.toHaveProperty('_aws')
  })

  test('I47: only by the name of its code, without a dimension, an issuer or a path', () => {
    for (const code of watchedCodes) expect(metricOf(code)).toBe(`problem-${code}`)
    const lines: string[] = []
    const log = createLog({ sink: (line) => lines.push(line), now: () => noon })
    const asked = { routeKey: 'POST /issuers/{issuer}/credentials', requestId: '1', status: 202, milliseconds: 0 }
    log({ level: 'info', ...asked, code: 'action-waits', owner: 'canary-issuer' })
    const { owner, ...rest } = JSON.parse(lines[0] ?? '')
    expect(owner).toBe('canary-issuer')
    expect(JSON.stringify(rest._aws)).not.toMatch(/canary|issuers|\//)
  })
})

describe('L001, I47: no name and no token of a request is logged', async () => {
  const bearer = await aToken({ sub: 'canary-subject' })
  const quoting = (value: unknown) => Promise.reject(new Error(`cannot read ${JSON.stringify(value)}`))
  const { send, lines } = anApi({
    'POST /verify': route({ input: z.strictObject({ name: z.string() }), answer: ({ input }) => quoting(input) }),
    'GET /v/{token}': route({ answer: ({ params, query }) => quoting({ params, query }) }),
    'GET /issuers/{issuer}/credentials': route({ answer: () => quoting(1) }),
  })
  const everywhere: Sent = {
    path: `/v/${LINK}`,
    params: { token: LINK, issuer: 'canary-issuer' },
    query: `name=${encodeURIComponent(NAME)}`,
    headers: { ...json, 'x-request-id': LINK, referer: `https://x.example/${LINK}`, authorization: `Bearer ${bearer}` },
  }
  test.each([
    ['a good body', 'POST /verify', { body: `{"name":"${NAME}"}` }, 500],
    ['a wrong body', 'POST /verify', { body: `{"${NAME}":"${NAME}"}` }, 422],
    ['a broken body', 'POST /verify', { body: `{"name":"${NAME}` }, 400],
    ['a link', 'GET /v/{token}', {}, 500],
    ['no such route', 'GET /{proxy+}', { path: `/${LINK}/${NAME}` }, 404],
    ['a route key that is a path', `GET /v/${LINK}`, { path: `/x/y/${LINK}` }, 404],
    ['a token without the scope', 'GET /issuers/{issuer}/credentials', {}, 403],
  ])('%s', async (_, routeKey, sent, status) => {
    const received = await send(routeKey, { ...everywhere, ...sent })
    expect(received.status).toBe(status)
    expect(received.text.toLowerCase()).not.toContain('canary')
    const line = lines.at(-1) ?? ''
    expect(JSON.parse(line)).toMatchObject({ status })
    expect(line.toLowerCase()).not.toContain('canary')
    expect(line).not.toContain(bearer.slice(0, 20))
  })
})

describe('the logged trace of an error', () => {
  test('has no line of a message, even if the message looks like a stack', () => {
    const { frames } = traceOf(new Error(`x\n    at ${LINK} (/${LINK}:1:1)\n    at /${LINK}:1:1`))
    expect(frames.length).toBeGreaterThan(0)
    expect(JSON.stringify(frames)).not.toContain(LINK)
  })

  test('has no frames if the message was replaced, because they may belong to the old message', () => {
    for (const message of ['other words', '']) {
      const error = new Error(`x\n    at /${LINK}:1:1`)
      expect(error.stack).toContain(LINK)
      error.message = message
      expect(JSON.stringify(traceOf(error))).not.toContain(LINK)
    }
  })

  test('has frames also if there is no message', () => {
    expect(traceOf(new Error()).frames[0]).toMatch(/log\.test\.ts/)
    expect(traceOf(new Error('two\nlines')).frames[0]).toMatch(/log\.test\.ts/)
  })

  test('has only names of error classes as names', () => {
    expect(traceOf(Object.assign(new Error('x'), { name: NAME })).names).toEqual(['Error'])
    expect(traceOf(NAME)).toEqual({ names: ['NotAnError'], frames: [] })
  })

  test('ends, even if causes form a circle', () => {
    const error = new Error('x')
    error.cause = error
    expect(traceOf(error).names.length).toBeLessThan(10)
  })
})

import { expect, test } from 'vitest'
import { createHandler } from './handler.ts'
import { route } from './route.ts'
import { hasPath, paramsOf, type RouteRow } from './rows.ts'
import { anEvent, baseUrl, lambdaContext, noon } from './test-exchange.ts'

const row = {
  method: 'GET',
  path: '/log/{log}/tile/{path+}',
  scope: 'public',
  readers: 'programs',
  caching: 'year',
  summary: 'A tile',
} as const satisfies RouteRow

test('a parameter with a plus takes all remaining segments, with their slashes', () => {
  expect(paramsOf(row, { log: 'a', path: '0/x001/067.p/8' })).toEqual({ log: 'a', path: '0/x001/067.p/8' })
  expect(hasPath(row, '/log/a/tile/0')).toBe(true)
  expect(hasPath(row, '/log/a/tile/0/x001/067')).toBe(true)
  for (const path of ['/log/a/tile', '/log/a/tile/', '/log/a/other/0/1', '/log/a/b/tile/0'])
    expect(hasPath(row, path)).toBe(false)
})

test.each(['', '/', '0/', '/0', '0//1', '../0', '0/..', './0', '0/\u0000', '0/a b', 'x'.repeat(513)])(
  'D008: it accepts no path that could leave its place: %j',
  (path) => expect(paramsOf(row, { log: 'a', path })).toBeUndefined(),
)

test('a parameter without a plus takes no slash', () => {
  expect(paramsOf(row, { log: 'a/b', path: '0' })).toBeUndefined()
})

test('a body of plain text reaches the answer as it was sent, and any other type is refused', async () => {
  const note = { ...row, method: 'POST', path: '/notes', caching: 'never' } as const
  const handler = createHandler({
    rows: [note],
    answers: {
      'POST /notes': route({ body: 'text', answer: ({ text, input }) => ({ status: 200, body: { text, input } }) }),
    },
    baseUrl,
    tokens: undefined,
    log: () => {},
    languages: ['en'],
    now: () => noon,
  })
  const send = async (body: string | Uint8Array, type?: string) =>
    handler(
      anEvent('POST /notes', { path: '/notes', body, headers: type === undefined ? {} : { 'content-type': type } }),
      lambdaContext,
    )
  const sent = 'a\\n\\n— b AAAA\\n'
  expect(JSON.parse((await send(sent, 'text/plain; charset=utf-8')).body ?? '')).toEqual({ text: sent, input: sent })
  for (const type of [undefined, 'application/json', 'text/html']) expect((await send(sent, type)).statusCode).toBe(415)
  expect((await send(Uint8Array.of(0xff), 'text/plain')).statusCode).toBe(400)
})

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AnsweringServer, openAnsweringServer } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

const ROUTE = 'GET /.well-known/sijil-registry'

/** The website of the body, and the registry. */
let server: AnsweringServer
let file: string
beforeAll(async () => {
  server = await openAnsweringServer()
  file = join(server.folder, 'board.txt')
})
afterAll(() => server.close())

const sijil = (words: readonly string[], at = file, website = server.url) =>
  runSijil(['domain', at, '--body', 'my-board', '--website', website, ...words], { environment: server.environment })

test('a one-time text is written, then read at the website of the body, and the answer has its hash and the day', async () => {
  expect(await sijil(['--new'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('/.well-known/sijil-registry'),
  })
  const text = await readFile(file, 'utf8')
  const { host } = new URL(server.url)
  expect(text.split('\n').slice(0, 4)).toEqual(['sijil domain control v1', server.url, 'my-board', host])
  server.answer(ROUTE, { status: 200, body: text })
  const run = await sijil(['--json'])
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(run.stdout)).toEqual({
    domain: host,
    sha256: createHash('sha256').update(text).digest('base64url'),
    readOn: new Date().toISOString().slice(0, 10),
  })
  expect(server.heard.at(-1)?.headers.authorization).toBeUndefined()
})

test('every text is different, and none overwrites another', async () => {
  const other = join(server.folder, 'other.txt')
  await sijil(['--new'], other)
  expect(await readFile(other, 'utf8')).not.toBe(await readFile(file, 'utf8'))
  expect(await sijil(['--new'], other)).toMatchObject({ code: 64 })
})

test.each([
  ['nothing', { status: 404 }, 65],
  ['another text', { status: 200, body: 'sijil domain control v1\n' }, 65],
  ['a redirect', { status: 302, headers: { location: '/other' } }, 70],
  ['more than a text', { status: 200, body: 'x'.repeat(2_000) }, 70],
  ['a failure', { status: 503 }, 69],
])('%s at the address does not show control', async (_, reply, code) => {
  server.answer(ROUTE, reply)
  expect(await sijil(['--json'])).toMatchObject({ code, stdout: '' })
})

test('no request is sent for a text of another body or website, or for a website without TLS', async () => {
  const heard = server.heard.length
  const asked = ['domain', file, '--body', 'their-board', '--website', server.url]
  expect(await runSijil(asked, { environment: server.environment })).toMatchObject({ code: 64 })
  expect(await sijil([], file, 'https://board.example')).toMatchObject({ code: 64 })
  expect(await sijil(['--new'], `${file}-2`, 'http://board.example')).toMatchObject({ code: 64 })
  expect(server.heard).toHaveLength(heard)
})

import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { until } from '../support/until.ts'
import { DSD, day, officerOf, problemOf, TESDA } from './certificate.ts'
import { atTheDesk } from './desk-officers.ts'

let registry: OpenRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

const HEAD = 'qualification,name,number,awardedOn'
const rows = (count: number, series: string) =>
  [
    HEAD,
    ...Array.from(
      { length: count },
      (_, n) => `ph-masonry-nc2,ANA EXAMPLE,${series}-${String(n).padStart(3, '0')},${day(5)}`,
    ),
  ].join('\n')

const clerk = (body = TESDA) => {
  const token = registry.token(body, 'credentials:issue credentials:read')
  const path = `/issuers/${body}/batches`
  const send = async (content: string, key: string, type = 'text/csv') =>
    registry.ask(path, { body: content, token: await token, headers: { 'content-type': type, 'idempotency-key': key } })
  const post = async (id: string, verb: string, body: object = {}) =>
    registry.ask(`${path}/${id}/${verb}`, { body, token: await token })
  const get = async (rest = '') => registry.ask(`${path}${rest}`, { token: await token })
  return { send, post, get }
}
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
async function sendWorkbook(bytes: Uint8Array, key: string) {
  const response = await fetch(`${registry.baseUrl}/issuers/${TESDA}/batches`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await registry.token(TESDA, 'credentials:issue')}`,
      'content-type': XLSX,
      'idempotency-key': key,
    },
    body: new Uint8Array(bytes),
  })
  const text = await response.text()
  return { status: response.status, json: <T>() => JSON.parse(text) as T }
}
const idOf = (answer: Pick<Answer, 'json'>) => answer.json<{ id: string }>().id
async function finished(id: string, { get } = clerk()) {
  let batch: Record<string, unknown> = {}
  await until(async () => {
    batch = (await get(`/${id}`)).json()
    const { submitted, issued, rejected, pending } = batch as Record<string, number>
    expect(submitted).toBe(Number(issued) + Number(rejected) + Number(pending))
    return batch.state === 'finished'
  })
  return batch
}

test('R-104: a file is sent, its rows are shown with their fates, and the whole is issued row by row', async () => {
  const { send, post, get } = clerk()
  const file = `${rows(12, 'SEASON')}\nph-masonry-nc2,BEN 7,SEASON-900,${day(5)}\nph-masonry-nc2,EVA EXAMPLE,SEASON-901,03/04/${new Date().getFullYear() + 1}`
  const sent = await send(file, 'season-1')
  expect([sent.status, sent.json()]).toMatchObject([201, { state: 'open', submitted: 14, issued: 0, pending: 14 }])
  const id = idOf(sent)
  expect(sent.headers.get('location')).toBe(`/issuers/${TESDA}/batches/${id}`)
  expect(idOf(await send(file, 'season-1'))).toBe(id)
  const preview = await get(`/${id}/preview`)
  expect(preview.json()).toMatchObject({
    rows: 14,
    ready: 12,
    asksOrder: true,
    faults: [
      { line: 14, kind: 'name' },
      { line: 15, kind: 'day-order' },
    ],
  })
  expect(preview.text).not.toMatch(/ANA|BEN|EVA|SEASON/)
  const answered = await post(id, 'answers', {
    order: 'day-month',
    cells: [{ line: 14, field: 'name', text: 'BEN EXAMPLE' }],
  })
  expect(answered.json()).toMatchObject({ ready: 13, faults: [{ line: 15, kind: 'days' }] })
  const closed = (await post(id, 'close')).json<{ hash: string; second: boolean; leftOut: number }>()
  expect(closed).toMatchObject({ state: 'closed', second: false, leftOut: 1 })
  expect((await post(id, 'start', { hash: closed.hash })).json()).toMatchObject({ state: 'running' })
  expect(await finished(id)).toMatchObject({ submitted: 14, issued: 13, rejected: 1, pending: 0 })
  const results = (await get(`/${id}/results`)).json<{ rows: { line: number; state: string; certificate: string }[] }>()
  expect(results.rows.map(({ line, state }) => [line, state])).toEqual(
    Array.from({ length: 13 }, (_, at) => [at + 2, 'issued']),
  )
  const again = await officerOf(registry, TESDA).get(`/credentials/${results.rows[0]?.certificate.slice(9)}`)
  expect(again.json()).toMatchObject({ state: 'in-force' })
})

test('N009: the same rows in another batch are already issued, with their certificates', async () => {
  const { send, get } = clerk()
  const id = idOf(await send(rows(2, 'SEASON'), 'season-2'))
  const { faults } = (await get(`/${id}/preview`)).json<{ faults: object[] }>()
  expect(faults).toMatchObject([
    { kind: 'already-issued', certificate: expect.stringMatching(/^urn:uuid:/) },
    { kind: 'already-issued' },
  ])
  const other = await send(rows(3, 'SEASON'), 'season-2')
  expect(problemOf(other)).toMatchObject({ type: `${registry.baseUrl}/problems/idempotency-key-reuse` })
})

test('I59, B008: from 50 certificates on, another officer approves, and the body whose program sent the file cannot', async () => {
  const { send, post } = clerk()
  const id = idOf(await send(rows(50, 'MANY'), 'many-1'))
  const { hash, second } = (await post(id, 'close')).json<{ hash: string; second: boolean }>()
  expect(second).toBe(true)
  expect(problemOf(await post(id, 'start', { hash }))).toMatchObject({
    type: `${registry.baseUrl}/problems/four-eyes-required`,
  })
  expect((await post(id, 'cancel')).json()).toMatchObject({ state: 'cancelled', issued: 0, rejected: 50, pending: 0 })
})

test('R-104, N007, N008: a large file goes to a target for one key, length and time, and counts as it was when it was read', async () => {
  const { send, post, get } = clerk()
  const file = rows(501, 'LARGE')
  expect(problemOf(await send(file, 'large-1'))).toMatchObject({ status: 422 })
  const token = await registry.token(TESDA, 'credentials:issue')
  const asked = await registry.ask(`/issuers/${TESDA}/batches/uploads`, {
    ...{ body: {}, token, headers: { 'idempotency-key': 'large-1' } },
  })
  const { id, url, fields } = asked.json<{ id: string; url: string; fields: Record<string, string> }>()
  const upload = async (content: string, change: Record<string, string> = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...fields, ...change })) form.set(name, value)
    form.set('file', new Blob([content]))
    return (await fetch(url, { method: 'POST', body: form })).status
  }
  expect(problemOf(await post(id, 'start')).status).toBe(409)
  expect(await upload(file, { key: `${fields.key}x` })).toBe(403)
  expect(await upload(file, { more: 'x' })).toBe(403)
  // N007: nothing of the form may be other than it was signed, and nothing but this form reaches the bucket.
  for (const [name, value] of [
    ['content-type', 'text/html'],
    ['x-amz-acl', 'public-read'],
    ['x-amz-website-redirect-location', 'https://other.example'],
    ['x-amz-meta-name', 'ANA'],
    ['success_action_redirect', 'https://other.example'],
  ] as const)
    expect([name, await upload(file, { [name]: value })]).toEqual([name, 403])
  const object = `${url.replace(/\/$/, '')}/${fields.key}`
  for (const [method, address] of [
    ['PUT', object],
    ['GET', object],
    ['DELETE', object],
    ['POST', `${object}?uploads`],
    ['GET', `${url}?list-type=2`],
  ] as const) {
    const { status } = await fetch(address, { method, ...(method === 'PUT' && { body: file }) })
    expect([method, address, status]).toEqual([method, address, expect.toSatisfy((code: number) => code >= 400)])
  }
  expect(await upload('x'.repeat(32 * 1024 * 1024 + 1))).toBe(400)
  expect(await upload('')).toBe(400)
  expect(await upload(file)).toBe(204)
  expect((await get(`/${id}`)).status).toBe(404)
  expect(problemOf(await clerk(DSD).post(id, 'start')).status).toBe(409)
  expect((await post(id, 'start')).json()).toMatchObject({ id, state: 'open', submitted: 501 })
  expect(await upload(rows(1, 'OTHER'))).toBe(204)
  expect((await post(id, 'start')).json()).toMatchObject({ id, submitted: 501 })
  expect((await get(`/${id}/preview`)).json()).toMatchObject({ rows: 501, ready: 501 })
  expect((await post(id, 'close')).json()).toMatchObject({ second: true })
  registry.pass(901_000)
  expect(await upload(file)).toBe(403)
}, 60_000)

test('what cannot be read is refused with what to do, and no cell is repeated', async () => {
  const { send } = clerk()
  const refused = await send('name\n"SECRET" x\n', 'bad-1')
  expect(problemOf(refused)).toMatchObject({ status: 422, type: `${registry.baseUrl}/problems/validation-failed` })
  expect(refused.text).not.toContain('SECRET')
  expect(problemOf(await send('{}', 'bad-2', 'application/json')).status).toBe(415)
  expect(problemOf(await send(rows(501, 'TOO'), 'bad-3')).status).toBe(422)
  const huge = await send('x'.repeat(4 * 1024 * 1024 + 1), 'bad-4')
  expect(problemOf(huge)).toMatchObject({
    status: 413,
    detail:
      'The request is too large. It may have at most 4,194,304 bytes. Split a spreadsheet, or send it as a large file.',
  })
})

test('B001, I36: a batch of one body is unknown at the address of another, in the same words', async () => {
  const id = idOf(await clerk().send(rows(1, 'OWN'), 'own-1'))
  const other = clerk(DSD)
  const unknown = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
  for (const path of ['', '/preview', '/results']) {
    const [foreign, none] = [await other.get(`/${id}${path}`), await other.get(`/${unknown}${path}`)]
    expect([foreign.status, problemOf(foreign).detail]).toEqual([404, problemOf(none).detail])
  }
  expect((await other.get()).json()).toEqual({ batches: [] })
})

test('R-104: rows of JSON are sent and answered one a line', async () => {
  const { send, post, get } = clerk()
  const row = (number: string) =>
    JSON.stringify({ qualification: 'ph-masonry-nc2', name: 'ANA', number, awardedOn: day(5) })
  const id = idOf(
    await send([row('JSON-1'), '{"name":"SECRET', row('JSON-2')].join('\n'), 'json-1', 'application/x-ndjson'),
  )
  expect((await get(`/${id}/preview`)).json()).toMatchObject({ rows: 3, ready: 2, faults: [{ line: 2 }, {}, {}, {}] })
  const { hash } = (await post(id, 'close')).json<{ hash: string }>()
  await post(id, 'start', { hash })
  await finished(id)
  const results = await get(`/${id}/results?format=ndjson`)
  expect(results.headers.get('content-type')).toBe('application/x-ndjson')
  expect(
    results.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { line: 1, state: 'issued', certificate: expect.stringMatching(/^urn:uuid:/) },
    { line: 3, state: 'issued' },
  ])
  expect((await get(`/${id}/results?format=xml`)).status).toBe(400)
})

test('a column in Zawgyi is offered in Unicode by the API and at the desk, shows no name, and is not issued unless that is accepted', async () => {
  const { send, post, get } = clerk()
  // Made up, each in the older coding of Burmese letters.
  const names = ['မေအးေအး', 'ကိုေအာင္ေအာင္', 'မျမင့္ျမင့္']
  const lines = names.map((name, at) => `ph-masonry-nc2,ANA EXAMPLE,${name},ZG-${at},${day(5)}`)
  const id = idOf(await send(['qualification,name,nativeName,number,awardedOn', ...lines].join('\n'), 'zawgyi-1'))
  const preview = await get(`/${id}/preview`)
  expect(preview.json()).toMatchObject({
    ready: 0,
    kinds: [{ kind: 'zawgyi', rows: 3 }],
    faults: [2, 3, 4].map((line) => ({ line, kind: 'zawgyi', field: 'nativeName', hasOffer: true })),
  })
  expect(preview.text).not.toMatch(/\p{Script=Myanmar}/u)
  const page = await atTheDesk(registry).open(`/desk/issuers/${TESDA}/batches/${id}`, TESDA)
  expect([page.status, /data-kind="?zawgyi/.test(page.text), /\p{Script=Myanmar}/u.test(page.text)]).toEqual([
    200,
    true,
    false,
  ])
  expect(problemOf(await post(id, 'close')).status).toBe(409)
  expect((await post(id, 'answers', { accepted: ['zawgyi'] })).json()).toMatchObject({ ready: 3, faults: [] })
  const { hash } = (await post(id, 'close')).json<{ hash: string }>()
  expect((await post(id, 'start', { hash })).status).toBe(200)
  expect(await finished(id)).toMatchObject({ issued: 3, rejected: 0 })
})

describe('a workbook', () => {
  test('with merged cells, as LibreOffice wrote it: the value of the first cell is offered for the rows below', async () => {
    const { post, get } = clerk()
    const sent = await sendWorkbook(await readFile('test/fixtures/tables/libreoffice.xlsx'), 'merged-1')
    const id = idOf(sent)
    const columns = { name: 0, number: 1, assessor: 3 }
    const same = { qualification: 'ph-masonry-nc2', awardedOn: day(5) }
    expect((await post(id, 'answers', { columns, same })).json()).toMatchObject({
      ready: 2,
      faults: [{ line: 5, kind: 'merged', field: 'assessor', hasOffer: true }],
    })
    expect((await get(`/${id}/preview`)).text).not.toMatch(/centre-1|EXAMPLE/)
    expect((await post(id, 'answers', { columns, same, accepted: ['merged'] })).json()).toMatchObject({
      ready: 3,
      faults: [],
    })
  })

  test('is sent as it is, and read by its bytes', async () => {
    const { writeXlsx } = await import('@sijil/tables')
    const columns = HEAD.split(',').map((name) => ({ name, width: 20 }))
    const bytes = writeXlsx({ columns, rows: [['ph-masonry-nc2', 'ANA EXAMPLE', 'BOOK-1', day(5)]], openRows: 2 })
    const response = await sendWorkbook(bytes, 'book-1')
    expect([response.status, response.json()]).toMatchObject([201, { submitted: 1 }])
  })
})

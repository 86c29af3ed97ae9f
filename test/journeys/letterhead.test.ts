import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insidesOf, textsOf } from '../../packages/paper/src/sample-reading.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aPicture } from '../support/pictures.ts'
import { type Issued, officerOf, pathOf, uuidOf } from './certificate.ts'
import { atTheDesk, type Fields, plain } from './desk-officers.ts'
import { aThaiBricklayer, DSD, officersOf } from './trust.ts'

/** Papers with the logo and the signatory of the day of issue, for the body, at its desk and for the holder, over HTTP. */

const [ONE, TWO, CLERK, GONE, READER, STRANGER] = [
  'demo-ph-pqfncc-officer-1',
  'demo-ph-pqfncc-officer-2',
  'dsd-clerk',
  'dsd-gone',
  'dsd-reader',
  'tpqi-officer',
]
const HOME = `/desk/issuers/${DSD}`
/** Colours of logos, as their bytes in a file. */
const [red, green] = [
  [200, 30, 30],
  [40, 200, 90],
]
const rowOf = (colour: number[]) => String.fromCharCode(...colour).repeat(32)

let registry: OpenRegistry
let desk: ReturnType<typeof atTheDesk>
beforeAll(async () => {
  registry = await openRegistry()
  desk = atTheDesk(registry)
  const officers = await officersOf(registry)
  // From its second officer on, the body names its members itself.
  const members = [
    ...[CLERK, GONE].map((subject) => [subject ?? '', ['issue', 'read']] as const),
    [READER ?? '', ['read']] as const,
    ...[ONE, TWO].map((subject) => [subject ?? '', ['propose', 'approve']] as const),
  ]
  for (const [subject, roles] of members)
    await officers.decide(`${officers.base}/members`, { owner: DSD, subject, roles })
})
afterAll(() => registry.close())

/** One officer of the body proposes, the other approves. */
async function decided(path: string, body: object): Promise<void> {
  const as = async (subject: string | undefined, at: string, input: object) =>
    registry.ask(`/issuers/${DSD}/${at}`, {
      token: await registry.token(subject ?? '', 'registry:propose registry:approve'),
      body: input,
    })
  const proposed = await as(ONE, path, body)
  expect([proposed.status, proposed.text]).toEqual([202, expect.any(String)])
  const { id, hash } = proposed.json<{ id: string; hash: string }>()
  const approved = await as(TWO, `qualifications/proposals/${id}/approve`, { hash })
  expect([approved.status, approved.text]).toEqual([200, expect.any(String)])
}
/** Sets both, a second before what follows, because a certificate names its second. */
async function letterhead(name: string, colour: number[]): Promise<void> {
  await decided('signatory', { signatory: { name, title: 'Director General' } })
  await decided('logo', { png: Buffer.from(aPicture({ colour })).toString('base64') })
  registry.pass(1_000)
}
const issue = (number: string) => officerOf(registry, DSD).issue(aThaiBricklayer(number))

/** What a browser or a program gets: a PDF, or a problem. */
async function file(path: string, request: { body?: string | URLSearchParams; headers?: Record<string, string> } = {}) {
  const answer = await fetch(`${registry.baseUrl}${path}`, { method: 'POST', redirect: 'manual', ...request })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const { status } = answer
  if (status !== 200) return { status, text: Buffer.from(bytes).toString('utf8') }
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect([answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual(['no-store', null])
  return { status, text: (await textsOf(bytes)).join(' ').replace(/\s+/g, ' '), insides: insidesOf(bytes) }
}
const ofHolder = (issued: Issued) => file(`${pathOf(issued)}/paper`)
const ofBody = async (issued: Issued, input: object = {}) =>
  file(`/issuers/${DSD}/credentials/${uuidOf(issued)}/paper`, {
    body: JSON.stringify(input),
    headers: {
      authorization: `Bearer ${await registry.token(DSD, 'credentials:issue')}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
  })

const recordOf = (issued: Issued, home = HOME) => `${home}/certificates/${uuidOf(issued)}`
const press = async (issued: Issued, fields: Fields, subject = CLERK ?? '', home = HOME) =>
  desk.ask('POST', `${recordOf(issued, home)}/print`, { ...(await desk.as(subject)), fields })
const orderIn = ({ text }: { text: string }): Fields =>
  Object.fromEntries(
    ['certificate', 'copy', 'order'].map((name) => [
      name,
      new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '',
    ]),
  )
const download = (issued: Issued, fields: Fields, { origin = registry.baseUrl, home = HOME } = {}) =>
  file(`${recordOf(issued, home)}/print/paper`, {
    body: new URLSearchParams(fields),
    headers: {
      origin,
      'sec-fetch-site': origin === registry.baseUrl ? 'same-origin' : 'cross-site',
      accept: 'text/html',
    },
  })

describe('the paper', () => {
  test('R-024: has the logo and the signatory of the day of issue, for body and holder, whatever is recorded later', async () => {
    const before = await issue('HEAD-0')
    await letterhead('Somsri Prasert', red ?? [])
    const first = await issue('HEAD-1')
    await letterhead('Another Person', green ?? [])
    const second = await issue('HEAD-2')
    for (const paper of [await ofHolder(first), await ofBody(first)]) {
      expect(paper.text).toContain('Somsri Prasert Director General')
      expect(paper.insides).toContain(rowOf(red ?? []))
      expect(paper.insides).not.toContain(rowOf(green ?? []))
    }
    for (const paper of [await ofHolder(second), await ofBody(second)]) {
      expect(paper.text).toContain('Another Person Director General')
      expect(paper.insides).toContain(rowOf(green ?? []))
    }
    const bare = await ofHolder(before)
    expect([bare.status, /Director General/.test(bare.text)]).toEqual([200, false])
    expect(bare.insides).not.toMatch(/\/Subtype\s*\/Image/)
  })

  test('is refused while the logo cannot be read, and not made without it', async () => {
    await letterhead('Somsri Prasert', [10, 20, 30])
    const issued = await issue('HEAD-3')
    const folder = join(registry.folder, 'artefacts')
    const logos = (await readdir(folder)).filter((name) => decodeURIComponent(name).startsWith('logos/'))
    for (const name of logos) await rename(join(folder, name), join(registry.folder, name))
    expect([(await ofHolder(issued)).status, (await ofBody(issued)).status]).toEqual([503, 503])
    for (const name of logos) await rename(join(registry.folder, name), join(folder, name))
    expect((await ofHolder(issued)).status).toBe(200)
  })

  test('of a second print through the API needs a reason, and says that it is a duplicate', async () => {
    const issued = await issue('HEAD-4')
    expect((await ofBody(issued)).text).not.toContain('DUPLICATE')
    expect((await ofBody(issued)).status).toBe(409)
    expect((await ofBody(issued, { copy: 2 })).status).toBe(422)
    const again = await ofBody(issued, { copy: 2, reason: 'damaged' })
    expect([again.status, again.text.includes('DUPLICATE')]).toEqual([200, true])
    expect((await ofHolder(issued)).text).not.toContain('DUPLICATE')
    const history = plain((await desk.open(recordOf(issued), CLERK)).text)
    expect(history).toMatch(/Printed .*Printed again, as a duplicate: the paper was damaged/)
  })
})

describe('the print button of the desk', () => {
  test('P010, B005, B012: records the print and then gives the file, again for the same print, and a duplicate with a reason', async () => {
    const issued = await issue('PRINT-1')
    const pressed = await press(issued, { copy: '1' })
    expect([pressed.status, plain(pressed.text)]).toEqual([200, expect.stringContaining('The print is recorded')])
    expect(plain((await desk.open(recordOf(issued), CLERK)).text)).toMatch(/Printed .*dsd-clerk/)
    const order = orderIn(pressed)
    expect([pressed.headers.get('cache-control'), pressed.headers.get('etag')]).toEqual(['no-store', null])
    for (const paper of [await download(issued, order), await download(issued, order)]) {
      expect(paper.text).toContain('SOMCHAI EXAMPLE')
      expect([paper.status, paper.text.includes('DUPLICATE')]).toEqual([200, false])
    }
    expect([pressed.text.includes('SOMCHAI'), (await press(issued, { copy: '1' })).status]).toEqual([false, 409])
    const again = await press(issued, { copy: '2', reason: 'lost' })
    expect(plain(again.text)).toContain('It is a duplicate, and the paper says so.')
    expect((await download(issued, orderIn(again))).text).toContain('DUPLICATE: this certificate was printed before')
  })

  test('I38, B002: only what was ordered is made: another print, certificate, body or site, or a later hour, is refused', async () => {
    const [issued, other] = [await issue('PRINT-2'), await issue('PRINT-3')]
    const order = orderIn(await press(issued, { copy: '1' }))
    const refused = [
      await download(issued, { ...order, copy: '2' }),
      await download(issued, { ...order, order: 'no order' }),
      await download(issued, order, { origin: 'https://evil.example' }),
      await download(issued, order, { home: '/desk/issuers/demo-ph-tesda' }),
      await download(other, order),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    registry.pass(901_000)
    const late = await download(issued, order)
    expect([late.status, late.text.includes('SOMCHAI')]).toEqual([403, false])
  })

  test('I36: a reader, a stranger and another body print nothing, and a member who was removed gets no file', async () => {
    const issued = await issue('PRINT-4')
    for (const subject of [READER, STRANGER])
      expect([subject, (await press(issued, { copy: '1' }, subject)).status]).toEqual([subject, 404])
    expect((await press(issued, { copy: '1' }, CLERK, '/desk/issuers/demo-ph-tesda')).status).toBe(404)
    const order = orderIn(await press(issued, { copy: '1' }, GONE))
    await desk.decided('remove-member', { member: GONE ?? '' }, { home: HOME, one: ONE ?? '', two: TWO ?? '' })
    expect((await download(issued, order)).status).toBe(404)
    expect((await press(issued, { copy: '2', reason: 'lost' }, GONE)).status).toBe(404)
  })

  test('P010: a certificate that was suspended after the print was recorded has no paper', async () => {
    const issued = await issue('PRINT-5')
    const order = orderIn(await press(issued, { copy: '1' }))
    await officerOf(registry, DSD).change(issued, 'suspend', { reason: 'under-investigation' })
    const answer = await download(issued, order)
    expect([answer.status, answer.text.includes('SOMCHAI')]).toEqual([409, false])
  })
})

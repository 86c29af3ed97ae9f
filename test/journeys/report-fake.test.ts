import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deskOf } from '../support/desk.ts'
import { everyRow } from '../support/every-row.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage, TESDA } from './certificate.ts'

/** Somebody reports a certificate that they take for false. An officer of the authority reads the report and closes it. */

const [AUTHORITY, OFFICER] = ['demo-ph-pqfncc', 'demo-ph-pqfncc-officer-1']
const [OTHER, OTHER_OFFICER] = ['demo-th-onec', 'demo-th-onec-officer-1']
const FORM = { ...asPage, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
const message = { contact: 'ana@example.org', words: 'Offered at the bus station <script>alert(1)</script>' }

let registry: OpenRegistry
let desk: ReturnType<typeof deskOf>
let token: string
beforeAll(async () => {
  registry = await openRegistry()
  desk = deskOf(registry)
  const link = registry.demonstration.certificates.find(({ case: name }) => name === 'in-force')?.link ?? ''
  token = link.slice(link.lastIndexOf('/') + 1)
})
afterAll(() => registry?.close())

const send = (fields: Record<string, string>, headers: Record<string, string> = FORM) =>
  registry.ask('/report-fake', { method: 'POST', body: String(new URLSearchParams(fields)), headers })
const complete = () => ({ step: 'send', code: token, reason: 'sold', ...message })
/** The requests of an officer. Each carries their session. */
const asOfficer = async (subject: string) => {
  const cookie = await desk.cookie(subject)
  const formToken = await desk.formToken(cookie)
  return {
    get: (path: string) => desk.ask('GET', path, { headers: { cookie } }),
    post: (path: string, fields: Record<string, string>) =>
      desk.ask('POST', path, { headers: { cookie }, fields, formToken }),
  }
}
const linksIn = (document: string) =>
  [...document.matchAll(/href="(\/desk\/authorities\/[^"]+\/reports\/[^"]+)"/g)].map(([, path = '']) => path)

describe('a reader', () => {
  test('goes from the verdict to the form with the code in the body of a form, and in no address', async () => {
    const verdict = (await registry.ask(`/v/${token}`, { headers: asPage })).text
    expect(verdict).toContain(`action="/report-fake"><button type="submit" name="code" value="${token}"`)
    expect(verdict.match(/href="[^"]*report-fake[^"]*"/g)).toEqual(['href="/report-fake"'])
    const form = await send({ code: token })
    expect(form.status).toBe(200)
    expect(form.text).toContain(`<input type="hidden" name="code" value="${token}">`)
    expect(form.text).not.toContain('role="alert"')
    expect(form.headers.get('cache-control')).toBe('no-store')
  })

  test('sends a report and gets a number at an address that holds nothing else', async () => {
    const answer = await send(complete())
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/^\/report-fake\/sent\/[0-9A-HJKMNP-TV-Z]{16}$/)
    const sent = (await registry.ask(answer.headers.get('location') ?? '', { headers: asPage })).text
    const number = answer.headers.get('location')?.slice(-16).match(/.{4}/g)?.join(' ')
    expect(sent).toContain(`>${number}<`)
    expect((await registry.ask('/report-fake/sent/JUAN-DELA-CRUZ', { headers: asPage })).status).toBe(404)
  })

  test('gets the same number for the same certificate, and an unknown number looks like a known one', async () => {
    const [one, other] = [await send(complete()), await send({ ...complete(), reason: 'altered' })]
    expect(one.headers.get('location')).toMatch(/sent/)
    expect(one.headers.get('location')).toBe(other.headers.get('location'))
    expect((await registry.ask(`/report-fake/sent/${'0'.repeat(16)}`, { headers: asPage })).status).toBe(200)
  })

  test('gets the form back with every mistake, and with what they typed', async () => {
    const answer = await send({ step: 'send', code: 'abc', words: 'x'.repeat(501), contact: 'a\nb' })
    expect(answer.status).toBe(422)
    for (const field of ['code', 'reason', 'words', 'contact']) expect(answer.text).toContain(`<a href="#${field}">`)
    expect(answer.text).toContain('value="abc"')
    const hostile = '"><script>alert(1)</script>'
    expect((await send({ step: 'send', code: hostile, words: hostile, contact: hostile })).text).not.toContain(
      '<script>alert',
    )
  })

  test('must name the body if the certificate does not, and the body must exist', async () => {
    const site = { step: 'send', code: 'https://sijil-check.example/v/1234?name=Maria', reason: 'false-site' }
    expect((await send(site)).text).toContain('<a href="#body">')
    expect((await send({ ...site, body: 'no-such-body' })).status).toBe(422)
    expect((await send({ ...site, body: TESDA })).status).toBe(303)
  })

  test('who is a program gets the same as JSON, with a pointer for each mistake', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await send(complete(), headers)).json()).toMatchObject({ body: TESDA, sentTo: [AUTHORITY] })
    const { status, text } = await send({ code: token }, headers)
    expect([status, text]).toEqual([422, expect.stringContaining('/reason')])
    expect((await registry.ask('/report-fake')).json()).toMatchObject({ reasons: expect.arrayContaining(['sold']) })
  })

  test('cannot be made to report by a page of another site', async () => {
    const headers: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site', origin: 'null' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ]
    for (const each of headers) expect((await send(complete(), { ...FORM, ...each })).status).toBe(403)
  })

  test('cannot send a file above the limit of a check', async () => {
    const form = new FormData()
    form.set('step', 'send')
    form.set('document', new Blob(['x'.repeat(65_537)]), 'photo.jpg')
    const answer = await fetch(`${registry.baseUrl}/report-fake`, { method: 'POST', body: form, headers: asPage })
    expect(answer.status).toBe(413)
  })
})

describe('an officer of the authority', () => {
  const LIST = `/desk/authorities/${AUTHORITY}/reports`

  test('finds the reports, opens what a reporter wrote, which is recorded, and closes one', async () => {
    const officer = await asOfficer(OFFICER)
    const list = (await officer.get(LIST)).text
    expect(list).not.toContain(message.contact)
    const path = await pathOf(list, 'It was sold')
    const before = (await officer.get(path)).text
    expect(before).not.toContain(message.contact)
    expect(before).not.toContain('Opened by')
    const opened = await officer.post(`${path}/open`, { telling: '0' })
    expect(opened.text).toContain(message.contact)
    expect(opened.text).toContain('&lt;script&gt;alert(1)')
    const after = (await officer.get(path)).text
    expect(after).not.toContain(message.contact)
    expect(after).toContain(`Opened by <code>${OFFICER}</code>`)

    expect((await officer.post(`${path}/close`, { outcome: 'everything' })).status).toBe(422)
    expect((await officer.post(`${path}/close`, { outcome: 'genuine' })).status).toBe(303)
    expect((await officer.get(path)).text).toContain('It is genuine, and nothing was wrong')
    expect((await officer.post(`${path}/close`, { outcome: 'false' })).status).toBe(409)
    expect((await registry.ask(`/v/${token}`)).json()).toMatchObject({ verdict: 'valid' })
  })

  test('I36: of another authority finds nothing, and gets the answer for what does not exist', async () => {
    const [officer, other] = [await asOfficer(OFFICER), await asOfficer(OTHER_OFFICER)]
    const path = linksIn((await officer.get(LIST)).text)[0] ?? ''
    expect(path).not.toBe('')
    const missing = await other.get(path.replace(AUTHORITY, OTHER).slice(0, -16) + '0'.repeat(16))
    expect(missing.status).toBe(404)
    const own = path.replace(AUTHORITY, OTHER)
    for (const answer of [
      await other.get(own),
      await other.get(path),
      await other.post(`${own}/open`, { telling: '0' }),
      await other.post(`${own}/close`, { outcome: 'false' }),
    ]) {
      expect(answer.status).toBe(404)
      expect(answer.text.replaceAll(/[0-9a-f-]{36}/g, '')).toBe(missing.text.replaceAll(/[0-9a-f-]{36}/g, ''))
    }
    expect(linksIn((await other.get(`/desk/authorities/${OTHER}/reports`)).text)).toEqual([])
    expect(linksIn((await other.get(`/desk/authorities/${OTHER}/reports?body=${TESDA}`)).text)).toEqual([])
  })

  test('still finds a report about one body after a flood of reports about another', async () => {
    const officer = await asOfficer(OFFICER)
    for (let n = 0; n < 8; n++)
      await send({ step: 'send', code: `https://flood-${n}.example/v/1`, reason: 'false-site', body: TESDA })
    const list = (await officer.get(LIST)).text
    expect(linksIn(list).length).toBeLessThan(8)
    expect(list).toContain(`?body=${TESDA}`)
    expect(linksIn((await officer.get(`${LIST}?body=${TESDA}`)).text).length).toBeGreaterThan(8)
  })

  const pathOf = async (list: string, words: string) => {
    const row = list.split('<li>').find((each) => each.includes(words)) ?? ''
    return linksIn(row)[0] ?? ''
  }
})

test('I47: neither the store nor the log holds what was reported, or what the reporter wrote in clear', async () => {
  const client = new DynamoDBClient({})
  const rows = await everyRow(client)
  client.destroy()
  expect(rows).toContain('flood-0.example')
  for (const secret of [message.contact, 'bus station', 'Maria', token]) expect(rows).not.toContain(secret)
})

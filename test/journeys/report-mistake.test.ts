import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openBrowser, scrollsSideways, unmarkedEnglish, visit } from '../support/browser.ts'
import { everyRow } from '../support/every-row.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage } from './certificate.ts'
import { atTheDesk, type Fields, plain } from './desk-officers.ts'
import { DSD, officersOf } from './trust.ts'

/** Somebody sees a mistake in a public record and reports it. An officer of the owner reads the report and closes it. */

const [ONE, TWO] = ['dsd-officer-1', 'dsd-officer-2']
const HOME = `/desk/issuers/${DSD}`
const OWN = `${DSD}.welding`
const FORM = `/report-mistake/qualifications/${OWN}`
const posted = { ...asPage, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
const message = {
  words: 'The second unit was renamed <script>alert(1)</script>',
  source: 'https://standards.example/welding?unit=2',
  contact: 'ana@example.org',
}
const source = 'https://dsd.example/welding'
const statement: Fields = {
  localId: 'welding',
  title: 'Harbour Welding',
  description: 'Found able to weld.',
  kind: 'skills-certificate',
  field: 'Metal work',
  source,
  'edition.id': '2026',
  'edition.from': '2026-01-01',
  'edition.units': 'W1;Weld a joint',
  'edition.source': source,
}

let registry: OpenRegistry
let browser: Browser
let desk: ReturnType<typeof atTheDesk>
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  desk = atTheDesk(registry)
  const { decide, base } = await officersOf(registry)
  for (const subject of [ONE, TWO])
    await decide(`${base}/members`, { owner: DSD, subject, roles: ['propose', 'approve'] })
  await desk.decided('state-qualification', statement, { home: HOME, one: ONE, two: TWO })
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const send = (fields: Fields, path = FORM, headers: Record<string, string> = posted) =>
  registry.ask(path, { method: 'POST', body: String(new URLSearchParams(fields)), headers })
const linksIn = (html: string) =>
  [...html.matchAll(/href="(\/desk\/[^"]+\/reports\/[^"]+)"/g)].map(([, path = '']) => path)

describe('a reader', () => {
  test('R-109: finds the form on the page of a qualification and of a framework, with the edition that they read', async () => {
    const page = await registry.later(() => registry.ask(`/qualifications/${OWN}`, { headers: asPage }))
    expect(page.text).toContain(`href="${FORM}?edition=2026" rel="nofollow"`)
    const form = await registry.ask(`${FORM}?edition=2026`, { headers: asPage })
    expect([form.status, plain(form.text)]).toEqual([200, expect.stringContaining('The report goes to')])
    expect(form.text).toContain('<option value="2026" selected>')
    const framework = await registry.ask('/frameworks/NQF-TH', { headers: asPage })
    expect(framework.text).toContain('href="/report-mistake/frameworks/NQF-TH"')
  })

  test('sends a report, and gets a number at an address that looks nothing up', async () => {
    const sent = await send({ reason: 'units', edition: '2026', ...message })
    expect(sent.status).toBe(303)
    const address = sent.headers.get('location') ?? ''
    expect(address).toMatch(/\?sent=[0-9A-HJKMNP-TV-Z]{16}$/)
    expect(plain((await registry.ask(address, { headers: asPage })).text)).toContain('Your report was sent')
    const invented = await registry.ask(`${FORM}?sent=${'0'.repeat(16)}`, { headers: asPage })
    expect(plain(invented.text)).toContain('Your report was sent')
    const noNumber = await registry.ask(`${FORM}?sent=JUAN`, { headers: asPage })
    expect(plain(noNumber.text)).toContain('What is wrong?')
  })

  test('gets the form back with every mistake of it, in both languages', async () => {
    const bad = { edition: '2026', words: 'x'.repeat(501), source: 'javascript:alert(1)', contact: 'a\nb' }
    const answer = await send(bad)
    expect(answer.status).toBe(422)
    for (const field of ['reason', 'words', 'source', 'contact']) expect(answer.text).toContain(`<a href="#${field}">`)
    expect(answer.text).not.toContain('href="javascript:')
    const thai = await send(bad, `${FORM}?lang=th`)
    expect(plain(thai.text)).toContain('เขียนที่อยู่เว็บหนึ่งที่อยู่')
    const unknown = await send({ reason: 'units', edition: '1999' })
    expect([unknown.status, unknown.text]).toEqual([422, expect.stringContaining('<a href="#edition">')])
  })

  test.each([
    ['an override of the direction of text', { words: 'abc\u202edef' }],
    ['an invisible letter', { contact: 'a\u200bna@example.org' }],
    ['an address with a password', { source: 'https://standards.example@evil.example/' }],
    ['an address that runs a script', { source: 'data:text/html,<b>' }],
    ['two addresses', { source: 'https://a.example https://b.example' }],
    ['an address that grows beyond the limit', { source: `https://a.example/${'ก'.repeat(100)}` }],
    ['a field that the form has not', { owner: 'demo-ph-tesda' }],
    ['a reason outside of the list', { reason: 'everything' }],
  ])('cannot send %s', async (_, fields) => {
    expect((await send({ reason: 'units', ...fields })).status).toBe(422)
  })

  test('cannot report what is no record, and learns nothing from an id', async () => {
    for (const path of [
      'qualifications/nothing',
      `qualifications/${DSD}.nothing`,
      'issuers/demo-th-dsd',
      'frameworks/AQRF',
      'constructor/x',
    ]) {
      const [read, sent] = [
        await registry.ask(`/report-mistake/${path}`, { headers: asPage }),
        await send({ reason: 'title' }, `/report-mistake/${path}`),
      ]
      expect([path, read.status, sent.status]).toEqual([path, 404, 404])
    }
  })

  test('reads plainly that nobody answers for a record, whom to write to, and that nothing is kept', async () => {
    const page = await registry.ask('/report-mistake/frameworks/LNQF', { headers: asPage })
    expect(plain(page.text)).toContain('Nobody in this registry is responsible for this record')
    expect(plain(page.text)).toContain('we take no report and keep nothing')
    expect(page.text).not.toContain('<textarea')
    expect((await send({ reason: 'level' }, '/report-mistake/frameworks/LNQF')).status).toBe(409)
  })

  test('who is a program gets the same as JSON', async () => {
    const stated = await registry.ask(FORM)
    expect(stated.json()).toMatchObject({ owner: DSD, record: { id: OWN, editions: ['2026'] } })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await send({ reason: 'codes' }, FORM, headers)).json()).toMatchObject({ owner: DSD })
    expect((await send({}, FORM, headers)).json()).toMatchObject({ status: 422, errors: [{ pointer: '/reason' }] })
    const nobody = await send({ reason: 'level' }, '/report-mistake/frameworks/LNQF', headers)
    expect(nobody.json()).toMatchObject({ status: 409, reason: 'nobody-answers' })
  })

  test('cannot be made to report by a page of another site', async () => {
    const headers: Fields[] = [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]
    for (const each of headers) expect((await send({ reason: 'units' }, FORM, { ...posted, ...each })).status).toBe(403)
  })
})

describe('an officer of the owner', () => {
  test('finds the report at the desk of the body, opens what was written, which is recorded, and closes it', async () => {
    expect((await desk.open(HOME, ONE)).text).toContain(`href="${HOME}/reports"`)
    const list = (await registry.later(() => desk.open(`${HOME}/reports`, ONE))).text
    expect(plain(list)).toContain('Report of a mistake in a record: The units')
    const path = linksIn(list.split('<li>').find((row) => row.includes('The units')) ?? '')[0] ?? ''
    expect(path).toMatch(new RegExp(`^${HOME}/reports/${DSD}/`))
    const before = (await desk.open(path, ONE)).text
    expect(before).not.toContain(message.contact)
    expect(plain(before)).toContain('edition 2026')
    const opened = await desk.ask('POST', `${path}/open`, { ...(await desk.as(ONE)), fields: { telling: '0' } })
    for (const text of ['&lt;script&gt;alert(1)', message.contact, `<code>${message.source}</code>`])
      expect(opened.text).toContain(text)
    expect(opened.text).not.toContain(`href="${message.source}"`)
    expect((await desk.open(path, ONE)).text).toContain(`Opened by <code>${ONE}</code>`)
    const closed = async (outcome: string, subject = ONE) =>
      (await desk.ask('POST', `${path}/close`, { ...(await desk.as(subject)), fields: { outcome } })).status
    expect([await closed('genuine'), await closed('mistake'), await closed('no-mistake')]).toEqual([422, 303, 409])
    expect(plain((await desk.open(path, TWO)).text)).toContain('It is a mistake, and the owner corrects it')
  })

  test('sees that the record was changed after the report', async () => {
    const {
      localId: _,
      'edition.id': _id,
      'edition.from': _from,
      'edition.units': _units,
      'edition.source': _source,
      ...rest
    } = statement
    await desk.decided(
      'restate-qualification',
      { qualification: OWN, ...rest, title: 'Harbour Welding 1' },
      { home: HOME, one: ONE, two: TWO },
    )
    const list = (await desk.open(`${HOME}/reports`, ONE)).text
    expect(plain((await desk.open(linksIn(list)[0] ?? '', ONE)).text)).toContain(
      'The record was changed after this report.',
    )
  })

  test('I36: of another office finds nothing, with every address of the report', async () => {
    const path = linksIn((await desk.open(`${HOME}/reports`, ONE)).text)[0] ?? ''
    const authority = path.replace(HOME, '/desk/authorities/demo-th-onec')
    for (const [address, subject] of [
      [path, 'demo-th-onec-officer-1'],
      [authority, 'demo-th-onec-officer-1'],
      [`${HOME}/reports`, 'demo-ph-pqfncc-officer-1'],
      [path, 'somebody'],
    ] as const) {
      expect([address, (await desk.open(address, subject)).status]).toEqual([address, 404])
      const opened = await desk.ask('POST', `${address}/open`, {
        ...(await desk.as(subject)),
        fields: { telling: '0' },
      })
      expect(opened.status).toBe(404)
    }
  })
})

test('a record of the baseline is reported to the root of its state, at the desk of authorities', async () => {
  expect((await send({ reason: 'dates' }, '/report-mistake/qualifications/th-physician')).status).toBe(303)
  const list = await registry.later(() => desk.open('/desk/authorities/demo-th-onec/reports', 'demo-th-onec-officer-1'))
  expect(plain(list.text)).toContain('Report of a mistake in a record: A date or a period')
})

test('I47: neither the store nor an address holds what the reporter wrote in clear', async () => {
  const client = new DynamoDBClient({})
  const rows = await everyRow(client)
  client.destroy()
  expect(rows).toContain(OWN)
  for (const secret of [message.contact, 'standards.example', 'renamed']) expect(rows).not.toContain(secret)
})

describe.each([true, false])('in a browser, with scripts: %s', (scripts) => {
  test.each(['en', 'th'])('a report is sent and read in %s at both widths, and axe finds nothing', async (language) => {
    const cookie = await desk.cookie(ONE)
    const { page, close, faults } = await visit(browser, `${registry.baseUrl}/qualifications/${OWN}?lang=${language}`, {
      scripts,
      cookie,
    })
    const fits = async () => {
      // axe is a script itself.
      if (!scripts) return
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 844 })
        expect(await scrollsSideways(page)).toBe(false)
      }
      expect(await axeFindings(page)).toEqual([])
      if (language === 'th') expect(await unmarkedEnglish(page)).toEqual([])
    }
    await page.locator('a[href^="/report-mistake/"]').click()
    await page.locator('#source').waitFor()
    await fits()
    await page.locator('#source').fill('nowhere')
    await page.locator('input[name=reason]').last().check()
    await page.locator('form button.btn').last().click()
    await page.locator('#source-error').waitFor()
    await page.locator('#source').fill('https://right.example/')
    await page.locator('form button.btn').last().click()
    await page.waitForURL('**sent=*')
    await fits()
    await page.goto(`${registry.baseUrl}${HOME}/reports?lang=${language}`)
    await fits()
    await page.locator('.rows a').first().click()
    await page.waitForURL('**/reports/**')
    await fits()
    // A form that comes back with a mistake is a 422, which the browser logs.
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([])
    await close()
  })
})

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, unclear, visit } from '../support/browser.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { type Issued, officerOf, uuidOf, verify } from './certificate.ts'
import { atTheDesk, ONE, plain, TWO } from './desk-officers.ts'
import { aThaiBricklayer, DSD, ONEC, officersOf, QUALIFICATION } from './trust.ts'

/** Members of a body, and officers of its authority, change certificates in a browser, over HTTP. */

const [CLERK, APPROVER, READER] = ['dsd-clerk', 'dsd-approver', 'dsd-reader']
const HOME = `/desk/issuers/${DSD}`
const LIST = `${HOME}/certificates`
const OVERSEEN = `/desk/authorities/${ONEC}/certificates`

let registry: OpenRegistry
let browser: Browser
let desk: ReturnType<typeof atTheDesk>
let officers: Awaited<ReturnType<typeof officersOf>>
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  desk = atTheDesk(registry)
  officers = await officersOf(registry)
  const name = (subject: string, roles: string[]) =>
    officers.decide(`${officers.base}/members`, { owner: DSD, subject, roles })
  await name(CLERK, ['status', 'read'])
  await name(APPROVER, ['approve', 'read'])
  await name(READER, ['read'])
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const issue = (certificateNumber: string) => officerOf(registry, DSD).issue(aThaiBricklayer(certificateNumber))
const send = async (path: string, fields: Record<string, string>, subject = CLERK) =>
  desk.ask('POST', path, { ...(await desk.as(subject)), fields })
const verdictOf = async ({ link }: Issued) => (await verify(registry, { link })).verdict
/** What the forms of the page of a certificate do. */
const formsIn = (html: string) =>
  [...html.matchAll(/<form class="flow"[^>]* action="[^"]*\/(\w+)"/g)].map(([, verb]) => verb)
const stateIn = (html: string) => plain(html).match(/in force|suspended|revoked/)?.[0]

describe('a member of a body', () => {
  test('finds a certificate by its number, and no page names the person', async () => {
    const issued = await issue('DESK-1')
    registry.showAll()
    const list = await desk.open(LIST, CLERK)
    expect(list.text).toContain('DESK-1')
    const found = await send(LIST, { number: 'desk-1' })
    expect(found.text).toContain(`href="${LIST}/${uuidOf(issued)}"`)
    const one = await desk.open(`${LIST}/${uuidOf(issued)}`, CLERK)
    expect(plain(one.text)).toMatch(/Certificate DESK-1 .* Bricklayer/)
    for (const { text } of [list, found, one]) expect(text).not.toContain('SOMCHAI')
    expect(plain((await send(LIST, { number: 'DESK-NONE' })).text)).toContain('No certificate of this body')
  })

  test('reads the list page by page, the newest first, each certificate once', async () => {
    for (const number of ['PAGE-1', 'PAGE-2', 'PAGE-3']) await issue(number)
    registry.showAll()
    const first = await desk.open(`${LIST}?limit=2`, CLERK)
    const next = /href="([^"]+)" rel="next"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await desk.open(`${next}&limit=2`, CLERK)
    const numbersOn = ({ text }: { text: string }) =>
      [...text.matchAll(/<code>(PAGE-\d)<\/code>/g)].map(([, found]) => found)
    expect([numbersOn(first), numbersOn(second)[0]]).toEqual([['PAGE-3', 'PAGE-2'], 'PAGE-1'])
    expect((await desk.open(`${LIST}?page=none`, CLERK)).status).toBe(400)
  })

  test('suspends, lifts the suspension and revokes for good, each with what follows from it', async () => {
    const issued = await issue('DESK-2')
    const path = `${LIST}/${uuidOf(issued)}`
    const suspended = await send(`${path}/suspend`, { reason: 'under-investigation', note: 'call back' })
    expect([suspended.status, suspended.headers.get('location')]).toEqual([303, `${path}?done=suspend`])
    const page = await desk.open(`${path}?done=suspend`, CLERK)
    expect(plain(page.text)).toMatch(/The certificate is suspended\..*under investigation.*call back/)
    expect(page.text).not.toContain(`action="${path}/suspend"`)
    expect(await verdictOf(issued)).toBe('invalid')
    await send(`${path}/reinstate`, { note: '' })
    expect(await verdictOf(issued)).toBe('valid')
    const unsure = await send(`${path}/revoke`, { reason: 'misconduct', note: '' })
    expect([unsure.status, await verdictOf(issued)]).toEqual([422, 'valid'])
    await send(`${path}/revoke`, { reason: 'misconduct', note: '', sure: 'yes' })
    const last = await desk.open(path, CLERK)
    expect(stateIn(last.text)).toBe('revoked')
    for (const verb of ['suspend', 'reinstate', 'revoke', 'correct', 'renew'])
      expect(formsIn(last.text)).not.toContain(verb)
    expect(await verdictOf(issued)).toBe('invalid')
  })

  test('who may only read sees no form that changes anything, and is refused', async () => {
    const issued = await issue('DESK-3')
    const path = `${LIST}/${uuidOf(issued)}`
    expect(formsIn((await desk.open(path, READER)).text)).toEqual(['show'])
    expect((await send(`${path}/suspend`, { reason: 'holder-request' }, READER)).status).toBe(404)
    expect(await verdictOf(issued)).toBe('valid')
  })

  test('I36: everybody else gets the answer for what does not exist', async () => {
    const issued = await issue('DESK-4')
    const asked = [LIST, `${LIST}/${uuidOf(issued)}`, `${HOME}/waiting`]
    for (const path of asked) {
      expect([path, (await desk.open(path, 'somebody')).status]).toEqual([path, 404])
      // An officer of the authority is no member of the body.
      expect([path, (await desk.open(path, ONE)).status]).toEqual([path, 404])
    }
    expect((await send(LIST, { number: 'DESK-4' }, ONE)).status).toBe(404)
    const elsewhere = `/desk/issuers/demo-ph-tesda/certificates/${uuidOf(issued)}`
    expect((await send(`${elsewhere}/revoke`, { reason: 'misconduct', sure: 'yes' })).status).toBe(404)
    expect((await desk.open(`${LIST}/${'0'.repeat(36)}`, CLERK)).status).toBe(404)
  })

  test('I72: beyond the limit of an hour it waits, and another member approves it', async () => {
    await officers.decide(`/issuers/${DSD}/brake`, { authority: ONEC, limit: 0, basis: 'decision 9' })
    const issued = await issue('DESK-5')
    const path = `${LIST}/${uuidOf(issued)}`
    const asked = await send(`${path}/revoke`, { reason: 'obtained-by-fraud', note: '', sure: 'yes' })
    expect(asked.headers.get('location')).toBe(`${path}?done=waits`)
    expect(await verdictOf(issued)).toBe('valid')
    registry.showAll()
    const own = await desk.open(`${HOME}/waiting`, CLERK)
    expect(plain(own.text)).toMatch(/Revoke a certificate: obtained by fraud.*You asked for this/)
    const waiting = await desk.open(`${HOME}/waiting`, APPROVER)
    const action = /action="([^"]+\/approve)"/.exec(waiting.text)?.[1] ?? ''
    expect((await send(action, {}, CLERK)).status).toBe(404)
    expect(await verdictOf(issued)).toBe('valid')
    expect((await send(action, {}, APPROVER)).status).toBe(303)
    expect(await verdictOf(issued)).toBe('invalid')
    const history = plain((await desk.open(path, CLERK)).text)
    expect(history).toMatch(new RegExp(`Revoked: obtained by fraud.*${CLERK}.*approved by ${APPROVER}`))
  })

  test('B002: a form of another site changes nothing', async () => {
    const issued = await issue('DESK-6')
    const { headers } = await desk.as(CLERK)
    const fields = { reason: 'misconduct', sure: 'yes' }
    const path = `${LIST}/${uuidOf(issued)}/revoke`
    expect((await desk.ask('POST', path, { headers, fields })).status).toBe(403)
    expect(await verdictOf(issued)).toBe('valid')
  })
})

describe('an officer of the authority', () => {
  let issued: Issued
  beforeAll(async () => {
    await officers.decide(`${officers.base}/accreditations/${DSD}.main/amend`, {
      scope: { qualifications: [QUALIFICATION], places: ['TH'] },
      mayChangeStatus: true,
      basis: 'decision 5',
      effectiveFrom: '2020-01-01',
    })
    issued = await registry.later(() => issue('DESK-7'))
  })

  test('names a certificate, suspends it alone, and two of them lift that', async () => {
    const path = `${OVERSEEN}/${DSD}/${uuidOf(issued)}`
    const named = await desk.open(`${OVERSEEN}?issuer=${DSD}&certificate=${uuidOf(issued)}`, ONE)
    expect([named.status, named.headers.get('location')]).toEqual([303, path])
    const page = await desk.open(path, ONE)
    expect(page.text).not.toMatch(/SOMCHAI|DESK-7/)
    await send(`${path}/suspend`, { reason: 'surveillance-overdue' }, ONE)
    expect(await verdictOf(issued)).toBe('invalid')
    // The body cannot lift what its authority decided, and its page offers no form for it.
    expect((await desk.open(`${LIST}/${uuidOf(issued)}`, CLERK)).text).not.toContain('/reinstate"')
    const propose = /href="([^"]*actions\/reinstate-certificate[^"]*)"/.exec((await desk.open(path, ONE)).text)?.[1]
    const form = await desk.open((propose ?? '').replaceAll('&amp;', '&'), ONE)
    expect(form.text).toContain(`value="${uuidOf(issued)}"`)
    const home = `/desk/authorities/${ONEC}`
    const fields = { issuer: DSD, certificate: uuidOf(issued) }
    const sent = await desk.send('reinstate-certificate', fields, 'send', { home, one: ONE })
    const proposal = String(sent.headers.get('location'))
    const hash = /data-hash>([^<]+)</.exec((await desk.open(proposal, TWO)).text)?.[1] ?? ''
    await send(`${proposal}/approve`, { hash }, TWO)
    expect(await verdictOf(issued)).toBe('invalid')
    expect((await desk.open(proposal, TWO)).text).toContain(`action="${proposal}/carry-out"`)
    expect((await send(`${proposal}/carry-out`, {}, TWO)).status).toBe(303)
    expect(await verdictOf(issued)).toBe('valid')
  })

  test('a certificate that it may not change is answered as one that does not exist', async () => {
    for (const [issuer, certificate] of [
      [DSD, 'no-uuid'],
      [DSD, '00000000-0000-4000-8000-000000000000'],
      ['demo-ph-tesda', uuidOf(issued)],
    ]) {
      const answer = await desk.open(`${OVERSEEN}?issuer=${issuer}&certificate=${certificate}`, ONE)
      expect([answer.status, plain(answer.text)]).toEqual([
        404,
        expect.stringContaining('cannot change such a certificate'),
      ])
    }
  })
})

test('every page is clear on a phone and on a wide screen, in English and Thai, and works without a script', async () => {
  const issued = await issue('DESK-8')
  const one = `${LIST}/${uuidOf(issued)}`
  const overseen = `${OVERSEEN}/${DSD}/${uuidOf(issued)}`
  for (const [subject, addresses] of [
    [CLERK, [LIST, one, `${HOME}/waiting`, HOME]],
    [ONE, [OVERSEEN, overseen, `/desk/authorities/${ONEC}/waiting`]],
  ] as const) {
    const cookie = await desk.cookie(subject)
    for (const width of [390, 1280]) {
      const { page, close } = await visit(browser, `${registry.baseUrl}/desk`, { width, cookie })
      for (const address of addresses) {
        registry.showAll()
        await page.goto(`${registry.baseUrl}${address}?lang=${width === 390 ? 'th' : 'en'}`)
        expect([address, await unclear(page)]).toEqual([address, []])
      }
      await close()
    }
  }
  const { page, close } = await visit(browser, `${registry.baseUrl}${one}`, {
    scripts: false,
    cookie: await desk.cookie(CLERK),
  })
  await page.getByText('Suspend', { exact: true }).first().click()
  await page.getByLabel('under investigation').check()
  await page.getByRole('button', { name: 'Suspend' }).press('Enter')
  expect(await page.locator('[role=status]').innerText()).toContain('a second person must approve')
  await close()
})

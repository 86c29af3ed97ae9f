import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, unclear, visit } from '../support/browser.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage, type Issued, officerOf, pathOf, problemOf, uuidOf, verify } from './certificate.ts'
import { atTheDesk, ONE, plain, TWO } from './desk-officers.ts'
import { aThaiBricklayer, DSD, ONEC, officersOf, QUALIFICATION } from './trust.ts'

/** I63: two people of a body erase a certificate for good. Its record stays without a person, and a kept file can still be verified. */

const [CLERK, APPROVER, READER, ISSUER] = ['dsd-clerk', 'dsd-approver', 'dsd-reader', 'dsd-issuer']
const HOME = `/desk/issuers/${DSD}`
const LIST = `${HOME}/certificates`
const HOLDER = 'SOMCHAI'

let registry: OpenRegistry
let browser: Browser
let desk: ReturnType<typeof atTheDesk>
let second: string
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  desk = atTheDesk(registry)
  const officers = await officersOf(registry)
  await officers.decide(`${officers.base}/accreditations/${DSD}.main/amend`, {
    scope: { qualifications: [QUALIFICATION], places: ['TH'] },
    mayChangeStatus: true,
    basis: 'decision 5',
    effectiveFrom: '2020-01-01',
  })
  second = registry.demonstration.officers[3]?.client ?? ''
  const name = (subject: string, roles: string[]) =>
    officers.decide(`${officers.base}/members`, { owner: DSD, subject, roles })
  await name(CLERK, ['status', 'read'])
  await name(APPROVER, ['approve', 'read'])
  await name(READER, ['read'])
  await name(ISSUER, ['issue', 'read'])
  await name(second, ['approve'])
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const body = () => officerOf(registry, DSD)
const issue = (certificateNumber: string) => body().issue(aThaiBricklayer(certificateNumber))
const send = async (path: string, fields: Record<string, string>, subject = CLERK) =>
  desk.ask('POST', path, { ...(await desk.as(subject)), fields })
const pageOf = (issued: Issued) => `${LIST}/${uuidOf(issued)}`
const sure = { reason: 'holder-request', sure: 'yes' }

/** The address at which the second person approves what waits for this certificate. */
async function approval(issued: Issued, subject = APPROVER, home = HOME): Promise<string> {
  registry.showAll()
  const { text } = await desk.open(`${home}/waiting`, subject)
  const row = text.split('<li>').find((each) => each.includes(uuidOf(issued)) && each.includes('/approve"')) ?? ''
  return /action="([^"]+\/approve)"/.exec(row)?.[1] ?? ''
}
async function erase(issued: Issued): Promise<void> {
  expect((await send(`${pageOf(issued)}/erase`, sure)).headers.get('location')).toBe(`${pageOf(issued)}?done=asked`)
  expect((await send(await approval(issued), {}, APPROVER)).status).toBe(303)
}
const byLink = (issued: Issued, headers = {}) => registry.ask(pathOf(issued), { headers })

describe('two people of a body erase a certificate at the desk', () => {
  test('E206: one asks, nothing changes, another approves; then the link answers 410 to people and programs, and names nobody', async () => {
    const issued = await issue('ERASE-1')
    const path = pageOf(issued)
    const form = plain((await desk.open(path, CLERK)).text)
    expect(form).toMatch(/Nobody can open the name.*cannot be taken back/)
    expect(form).toContain('35 more days')
    expect((await send(`${path}/erase`, { reason: 'holder-request' })).status).toBe(422)
    expect((await send(`${path}/erase`, sure)).headers.get('location')).toBe(`${path}?done=asked`)
    expect(plain((await desk.open(`${path}?done=asked`, CLERK)).text)).toContain('A second person must approve it.')
    expect((await byLink(issued)).status).toBe(200)
    const approve = await approval(issued)
    // Neither the same person, nor somebody without the role, nor the authority.
    for (const other of [CLERK, READER, ONE]) expect((await send(approve, {}, other)).status).toBe(404)
    expect((await byLink(issued)).status).toBe(200)
    expect((await send(approve, {}, APPROVER)).status).toBe(303)

    const asProgram = await byLink(issued)
    expect(problemOf(asProgram)).toMatchObject({ status: 410, type: expect.stringMatching(/\/problems\/gone$/) })
    for (const language of ['en', 'th']) {
      const shown = await byLink(issued, { ...asPage, 'accept-language': language })
      expect([shown.status, shown.headers.get('cache-control')]).toEqual([410, expect.stringContaining('no-store')])
      expect(plain(shown.text)).toMatch(
        language === 'en' ? /was erased on .* at the request of .*Skill/ : /ถูกลบเมื่อ .* ตามคำขอของ/,
      )
      expect(shown.text).not.toContain(HOLDER)
    }
    for (const path of [pathOf(issued), `${pathOf(issued)}/paper`]) {
      const posted = await desk.ask('POST', path, {})
      expect([path, posted.status, posted.text.includes(HOLDER)]).toEqual([path, 410, false])
    }
    expect((await registry.ask('/verify', { body: { link: issued.link, options: { show: ['person'] } } })).status).toBe(
      410,
    )
  })

  test('D-08, E202: neither a repeated request nor the next page at the desk brings the person back, and a kept file is verified as before', async () => {
    const issued = await issue('ERASE-2')
    const before = await verify(registry, { verifiableCredential: issued.verifiableCredential })
    await erase(issued)
    const after = await verify(registry, { verifiableCredential: issued.verifiableCredential })
    expect([after.verdict, after.checks.map(({ outcome }) => outcome)]).toEqual([
      'valid',
      before.checks.map(({ outcome }) => outcome),
    ])
    expect(await registry.erase()).toMatchObject({ certificates: expect.any(Number) })
    expect((await byLink(issued)).status).toBe(410)
    const again = await body().request(aThaiBricklayer('ERASE-2'), 'key-ERASE-2')
    expect(problemOf(again)).toMatchObject({ status: 409, detail: expect.stringMatching(/erased on \d{4}-\d\d-\d\d/) })
    const byVcalm = await body().post(
      '/credentials/issue',
      { credential: { ...issued.verifiableCredential, proof: undefined } },
      { 'idempotency-key': 'key-ERASE-2' },
    )
    expect(byVcalm.text).not.toContain('"verifiableCredential":{')
    registry.showAll()
    const [list, one] = [await desk.open(LIST, CLERK), await desk.open(pageOf(issued), CLERK)]
    expect(plain(one.text)).toMatch(/Erased on .* Nothing of the person can be opened here any more/)
    for (const { text } of [list, one]) expect(text).not.toContain('ERASE-2')
    expect(one.text).not.toContain(`action="${pageOf(issued)}/erase"`)
    // The number still finds the record, so that it is given to nobody else by mistake.
    expect((await send(LIST, { number: 'ERASE-2' })).text).toContain(uuidOf(issued))
    const { text } = await body().get(`/credentials/${uuidOf(issued)}`)
    expect(JSON.parse(text)).toMatchObject({ erasedAt: expect.any(String), state: 'in-force' })
    expect(text).not.toContain('ERASE-2')
    // Sent again from the history of the browser: one effect.
    expect((await send(`${pageOf(issued)}/erase`, sure)).headers.get('location')).toContain('done=erase')
  })

  test('I36, E206: who may only read, another body, the authority and a program cannot ask for it', async () => {
    const issued = await issue('ERASE-3')
    expect((await send(`${pageOf(issued)}/erase`, sure, READER)).status).toBe(404)
    expect((await send(`${pageOf(issued)}/erase`, sure, ONE)).status).toBe(404)
    const elsewhere = `/desk/issuers/demo-ph-tesda/certificates/${uuidOf(issued)}/erase`
    expect((await send(elsewhere, sure)).status).toBe(404)
    const byProgram = await body().change(issued, 'erase', { reason: 'holder-request' })
    expect(problemOf(byProgram)).toMatchObject({ status: 403, type: expect.stringMatching(/four-eyes-required$/) })
    expect(problemOf(await body().change(issued, 'erase', { reason: 'no reason' })).status).toBe(422)
    const ofOther = await officerOf(registry, 'demo-ph-tesda').change(issued, 'hold', { reason: 'legal-claim' })
    expect(problemOf(ofOther).status).toBe(404)
    const withoutToken = await desk.ask('POST', `${pageOf(issued)}/erase`, {
      headers: (await desk.as(CLERK)).headers,
      fields: sure,
    })
    expect(withoutToken.status).toBe(403)
    expect((await byLink(issued)).status).toBe(200)
  })

  test('the second person may also approve through the API, with a fresh sign-in', async () => {
    const issued = await issue('ERASE-4')
    await send(`${pageOf(issued)}/erase`, sure)
    registry.showAll()
    const token = await registry.token(second, 'registry:approve')
    const { proposals } = (await registry.ask(`/issuers/${DSD}/proposals`, { token })).json<{
      proposals: { id: string; certificate: string }[]
    }>()
    const waits = proposals.find(({ certificate }) => certificate === issued.id)
    expect(waits).toMatchObject({ kind: 'erase', reason: 'holder-request', state: 'open' })
    const program = await registry.ask(`/issuers/${DSD}/proposals/${waits?.id}/approve`, {
      token: await body().token,
      body: {},
    })
    expect(program.status).toBe(403)
    const approved = await registry.ask(`/issuers/${DSD}/proposals/${waits?.id}/approve`, { token, body: {} })
    expect(approved.json()).toMatchObject({ state: 'carried-out', decidedBy: second })
    expect((await byLink(issued)).status).toBe(410)
  })

  test('E209: of fifty readers at that moment, none that begins after the approval sees the person', async () => {
    const issued = await issue('ERASE-5')
    await send(`${pageOf(issued)}/erase`, sure)
    const approve = await approval(issued)
    const reading = Array.from({ length: 25 }, () => desk.ask('POST', pathOf(issued), {}))
    const approved = send(approve, {}, APPROVER)
    await approved
    const afterwards = await Promise.all(Array.from({ length: 25 }, () => desk.ask('POST', pathOf(issued), {})))
    for (const { status } of await Promise.all(reading)) expect([200, 410]).toContain(status)
    expect(new Set(afterwards.map(({ status, text }) => `${status} ${text.includes(HOLDER)}`))).toEqual(
      new Set(['410 false']),
    )
  })
})

describe('a legal hold', () => {
  test('of the body blocks erasing until two people lifted it', async () => {
    const issued = await issue('HOLD-1')
    const path = pageOf(issued)
    expect((await send(`${path}/hold`, { reason: 'legal-claim' })).headers.get('location')).toBe(`${path}?done=hold`)
    const held = await desk.open(path, CLERK)
    expect(plain(held.text)).toMatch(/Legal hold since .*: a legal claim/)
    expect(held.text).not.toContain(`action="${path}/erase"`)
    expect((await send(`${path}/erase`, sure)).status).toBe(409)
    expect((await send(`${path}/lift-hold`, {})).headers.get('location')).toBe(`${path}?done=asked`)
    expect((await send(`${path}/erase`, sure)).status).toBe(409)
    expect((await send(await approval(issued), {}, APPROVER)).status).toBe(303)
    await erase(issued)
    expect((await byLink(issued)).status).toBe(410)
    const { history } = (await body().get(`/credentials/${uuidOf(issued)}`)).json<{ history: { event: string }[] }>()
    expect(history.map(({ event }) => event)).toEqual(['reserved', 'issued', 'held', 'hold-lifted', 'erased'])
  })

  test('of the authority is lifted by two of its officers, and not by the body', async () => {
    const issued = await issue('HOLD-2')
    const over = `/desk/authorities/${ONEC}/certificates/${DSD}/${uuidOf(issued)}`
    expect((await send(`${over}/hold`, { reason: 'investigation' }, ONE)).headers.get('location')).toBe(
      `${over}?done=hold`,
    )
    expect((await send(`${over}/erase`, sure, ONE)).status).toBe(404)
    const path = pageOf(issued)
    expect(plain((await desk.open(path, CLERK)).text)).toMatch(/Legal hold of .* since .*: an investigation/)
    expect((await send(`${path}/erase`, sure)).status).toBe(409)
    expect((await send(`${path}/lift-hold`, {})).status).toBe(409)
    expect((await send(`${over}/lift-hold`, {}, ONE)).headers.get('location')).toBe(`${over}?done=asked`)
    const approve = await approval(issued, TWO, `/desk/authorities/${ONEC}`)
    expect((await send(approve, {}, TWO)).status).toBe(303)
    await erase(issued)
    expect((await byLink(issued)).status).toBe(410)
  })
})

describe('a new link through the API', () => {
  test('E203, B012: ends the old one, is shown once, and a request that is sent twice ends one link', async () => {
    const issued = await issue('LINK-1')
    const { link: number } = (await body().get(`/credentials/${uuidOf(issued)}`)).json<{ link: number }>()
    expect(number).toBe(1)
    const made = await body().change(issued, 'new-link', { number })
    expect(made.status).toBe(201)
    const { link } = made.json<{ link: string }>()
    const replaced = await byLink(issued)
    expect(problemOf(replaced)).toMatchObject({ status: 410, detail: expect.stringContaining('ask the holder') })
    expect(replaced.text).not.toContain(new URL(link).pathname)
    expect(plain((await byLink(issued, asPage)).text)).toMatch(/This link has ended .* replaced it on/)
    expect((await verify(registry, { link })).verdict).toBe('valid')
    expect(problemOf(await body().change(issued, 'new-link', { number })).status).toBe(409)
    await registry.erase()
    expect((await byLink(issued)).status).toBe(410)
    expect((await desk.ask('POST', `${pathOf(issued)}/paper`, {})).status).toBe(410)
    expect((await registry.ask(new URL(link).pathname)).status).toBe(200)
    const { text } = await body().get(`/credentials/${uuidOf(issued)}`)
    expect(text).not.toContain('/v/')
    // The code of the old paper, typed on the first page.
    const code = issued.link.slice(-26)
    const typed = await registry.ask('/check', {
      method: 'POST',
      body: `code=${code}`,
      headers: { ...asPage, 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect((await registry.ask(String(typed.headers.get('location')), { headers: asPage })).status).toBe(410)
    expect(problemOf(await officerOf(registry, 'demo-ph-tesda').change(issued, 'new-link', { number: 2 })).status).toBe(
      404,
    )
  })
})

describe('a new link at the desk', () => {
  const step = async (path: string, subject: string) => desk.ask('POST', path, { ...(await desk.as(subject)) })
  const hidden = (html: string) =>
    Object.fromEntries(
      [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    )

  test('B012, E203: one page says what follows, the next one shows the link once, and a second press ends nothing more', async () => {
    const issued = await issue('LINK-2')
    const path = `${pageOf(issued)}/new-link`
    expect((await desk.open(pageOf(issued), CLERK)).text).not.toContain(`action="${path}"`)
    expect((await step(path, CLERK)).status).toBe(404)
    expect((await desk.open(pageOf(issued), ISSUER)).text).toContain(`action="${path}"`)
    const check = await step(path, ISSUER)
    expect(plain(check.text)).toContain('end at once, also on paper')
    expect((await byLink(issued)).status).toBe(200)
    const fields = hidden(check.text)
    const make = (more: object = {}, to = path) =>
      desk.ask('POST', `${to}/make`, { fields: { ...fields, ...more } as Record<string, string> })
    expect((await make({ number: '2' })).status).toBe(403)
    expect((await make({ order: 'forged' })).status).toBe(403)
    const another = await issue('LINK-3')
    expect((await make({}, `${pageOf(another)}/new-link`)).status).toBe(403)
    const made = await make()
    expect([made.status, made.headers.get('cache-control')]).toEqual([200, expect.stringContaining('no-store')])
    const link = /href="([^"]+\/v\/[0-9A-Z]{26})"/.exec(made.text)?.[1] ?? ''
    expect((await registry.ask(new URL(link).pathname)).status).toBe(200)
    expect((await byLink(issued)).status).toBe(410)
    const again = await make()
    expect([again.status, again.text.includes(new URL(link).pathname)]).toEqual([409, false])
    expect((await registry.ask(new URL(link).pathname)).status).toBe(200)
    expect((await desk.open(pageOf(issued), ISSUER)).text).not.toContain('/v/')
    await erase(issued)
    expect((await registry.ask(new URL(link).pathname)).status).toBe(410)
    expect((await step(path, ISSUER)).status).toBe(409)
  })
})

describe('the list of what is due', () => {
  test('has certificates older than the period that was asked for, and neither erased nor held ones', async () => {
    const [kept, erased, held] = [await issue('DUE-1'), await issue('DUE-2'), await issue('DUE-3')]
    await erase(erased)
    await send(`${pageOf(held)}/hold`, { reason: 'legal-claim' })
    registry.showAll()
    const asked = await desk.open(`${HOME}/due`, READER)
    expect(plain(asked.text)).toContain('Nothing is erased by itself')
    expect(asked.text).not.toContain(uuidOf(kept))
    expect((await desk.open(`${HOME}/due?years=5`, READER)).text).not.toContain(uuidOf(kept))
    expect((await desk.open(`${HOME}/due?years=-1`, READER)).text).not.toContain(uuidOf(kept))
    expect((await desk.open(`${HOME}/due?years=1`, ONE)).status).toBe(404)
  })
})

describe('in a browser', () => {
  test('the pages of erasing, of a hold and of an ended link are accessible and fit a phone, in both languages', async () => {
    const [erased, held, open] = [await issue('SEEN-1'), await issue('SEEN-2'), await issue('SEEN-3')]
    await erase(erased)
    await send(`${pageOf(held)}/hold`, { reason: 'legal-order' })
    await send(`${pageOf(open)}/erase`, sure)
    registry.showAll()
    const pages = [
      [CLERK, [pageOf(erased), pageOf(held), pageOf(open), pathOf(erased), `${HOME}/due?years=1`]],
      [APPROVER, [`${HOME}/waiting`]],
    ] as const
    for (const width of [390, 1_280])
      for (const [subject, addresses] of pages) {
        const cookie = await desk.cookie(subject)
        const { page, close } = await visit(browser, `${registry.baseUrl}/desk`, { width, cookie })
        for (const address of addresses)
          for (const language of ['en', 'th']) {
            await page.goto(`${registry.baseUrl}${address}?lang=${language}`)
            expect([address, await unclear(page)]).toEqual([address, []])
          }
        await close()
      }
  })
})

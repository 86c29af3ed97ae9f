import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, setCookie, unclear, visit } from '../support/browser.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, day, officerOf, uuidOf } from './certificate.ts'
import { atTheDesk, plain } from './desk-officers.ts'
import { officersOf } from './trust.ts'

/**
 * From fictional Samudra to fictional Lautan, one certificate: it is recognised in part with two units missing, then in full, and another one
 * is refused so that only its holder sees it.
 */

const HOST = 'demo-xl-lla'

interface Recognition {
  kind: string
  result: string
  applies: string
  units?: string[]
  decision?: string
  credential?: { id: string; relatedResource: { id: string }[] }
}
interface Verdict {
  about?: string
  verdict: string
  checks: { name: string; outcome: string }[]
  certificate?: { id?: string; units: { code: string }[] }
  recognition?: Recognition[]
}
interface Single {
  id: string
  hash: string
  state: string
  verifiableCredential?: { id: string }
}

let registry: OpenRegistry
let browser: Browser
let officers: Awaited<ReturnType<typeof officersOf>>
let base: string
let link: string
const linkOf = (wanted: string) =>
  registry.demonstration.certificates.find((each) => each.case === wanted)?.link ?? `no ${wanted}`
const verify = async (body: object) => (await registry.ask('/verify', { body })).json<Verdict>()
const byLink = (options?: object) => verify({ link, ...(options && { options }) })
const page = (path = link, language = 'en') =>
  registry.ask(new URL(path).pathname, { headers: { accept: 'text/html', 'accept-language': language } })
const terms = (change: object) => ({
  appeal: 'To the Lautan Labour Board, within 30 days.',
  basis: 'Skills Recognition Act 3 of 2019 (fictional), section 4',
  ...change,
})
async function decide(path: string, asked: object, of = link): Promise<Single> {
  const proposed = await officers.first(path, { link: of, ...terms(asked) })
  expect([proposed.status, proposed.text]).toEqual([202, expect.not.stringContaining('Lautan Labour Board')])
  const { id, hash } = proposed.json<Single>()
  const approved = await officers.second(`${base}/${id}/approve`, { hash, link: of })
  expect([approved.status, approved.text]).toEqual([200, expect.stringContaining('EndorsementCredential')])
  return approved.json<Single>()
}

beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  officers = await officersOf(registry, HOST)
  base = `${officers.base}/single-decisions`
  link = linkOf('signed-aqrf-level')
})
afterAll(() => Promise.all([registry.close(), browser.close()]))

test('I23: an authority gets a key for decisions by two officers, and its DID document shows it', async () => {
  expect((await officers.first(base, { link, ...terms({ result: 'full' }) })).status).toBe(409)
  expect((await registry.ask(`/issuers/${HOST}/did.json`)).status).toBe(404)
  const refused = await officers.first(`/issuers/${HOST}/keys`, { purpose: 'certificates' })
  expect(refused.status).toBe(422)
  // At the desk, it is an action without fields.
  const [one, two] = [`${HOST}-officer-1`, `${HOST}-officer-2`]
  await atTheDesk(registry).decided('add-decision-key', {}, { home: `/desk/authorities/${HOST}`, one, two })
  const did = await registry.later(() => registry.ask(`/issuers/${HOST}/did.json`))
  expect(did.json()).toMatchObject({ assertionMethod: [expect.stringContaining(`${HOST}#decisions-1`)] })
})

test('R-007, R-020: in part, two units missing, then in full. The verdict is the same (K008), and only the link shows it (K014)', async () => {
  const before = await byLink()
  const units = before.certificate?.units.map(({ code }) => code) ?? []
  const others = await officersOf(registry, 'demo-xs-sqc')
  const body = terms({ result: 'part', units: units.slice(2), reason: 'Two units are not taught in Lautan.' })
  const ofSameState = await others.first(`${others.base}/single-decisions`, { link, ...body })
  expect([ofSameState.status, (await others.first(base, { link, ...body })).status]).toEqual([409, 404])
  const first = await decide(base, body)
  const { recognition, ...rest } = await byLink()
  const outcomes = ({ checks }: Pick<Verdict, 'checks'>) => checks.map(({ name, outcome }) => [name, outcome])
  expect([rest.verdict, outcomes(rest)]).toEqual(['valid', outcomes(before)])
  expect(recognition).toMatchObject([{ kind: 'single', result: 'part', applies: 'now', units: units.slice(2) }])
  expect(recognition?.[0]).not.toHaveProperty('decision')
  const words = plain((await page()).text).replaceAll(/ (?=[:.,])/g, '')
  for (const shown of [
    'These decisions are no part of the check above',
    'Decision about this certificate alone. Only those who hold its link see it.',
    `Recognised in part: ${units.length - 2} of its units`,
    'Units not recognised',
  ])
    expect(words).toContain(shown)
  expect(plain((await page(link, 'th')).text)).toMatch(/คำตัดสินเกี่ยวกับ\s*ใบรับรอง\s*นี้ใบเดียว/)

  // With the person asked for, a second authority gets the signed decision, and verifies it by itself.
  const whole = await byLink({ show: ['person'] })
  const { credential } = whole.recognition?.[0] ?? {}
  expect(credential?.relatedResource[0]?.id).toBe(whole.certificate?.id)
  expect(JSON.stringify(credential)).not.toContain('AMINAH')
  expect(await verify({ verifiableCredential: credential })).toMatchObject({
    about: 'decision',
    verdict: 'indeterminate',
    recognition: [{ result: 'part', decision: first.id }],
  })
  const vcalm = await registry.ask('/credentials/verify', { body: { verifiableCredential: credential } })
  expect([vcalm.status, vcalm.json()]).toMatchObject([400, { verified: false }])
  const document = await registry.document('signed-aqrf-level')
  expect(await verify({ verifiableCredential: document })).not.toHaveProperty('recognition')

  await decide(`${base}/${first.id}/complete`, { result: 'full' })
  expect((await byLink()).recognition?.map(({ result, applies }) => [result, applies])).toEqual([
    ['part', 'ended'],
    ['full', 'now'],
  ])
})

test('I47: the terms are opened by officers of the host alone; an appeal and an end need two of them', async () => {
  const { decisions } = (await officers.first(base)).json<{ decisions: Single[] }>()
  expect(decisions.map(({ state }) => state)).toEqual(['issued', 'issued'])
  const [{ id } = { id: '' }] = decisions
  const others = await officersOf(registry, 'demo-th-onec')
  for (const path of [`${base}/${id}/open`, `${others.base}/single-decisions/${id}/open`])
    expect((await others.first(path, {})).status).toBe(404)
  expect((await officers.second(`${base}/${id}/open`, {})).json()).toMatchObject({ terms: { result: 'full' } })
  const change = async (path: string, body: object) => {
    const { hash } = (await officers.first(`${base}/${id}/${path}`, body)).json<Single>()
    expect((await officers.first(`${base}/${id}/approve`, { hash })).status).toBe(403)
    expect((await officers.second(`${base}/${id}/approve`, { hash })).status).toBe(200)
  }
  await change('appeal', { state: 'open' })
  await change('end', { reason: 'made-in-error' })
  const appealed = await officers.first(`${base}/${id}/appeal`, { state: 'stands' })
  expect((await officers.second(`${base}/${id}/reject`, {})).status).toBe(200)
  expect(appealed.status).toBe(202)
  expect((await byLink()).recognition?.map(({ applies }) => applies)).toEqual(['ended', 'ended'])
  expect(plain((await page()).text)).toContain('An appeal is open')
})

test('R-020, R-028: at the desk, three steps of one officer, the approval of another with the same link, and a letter to the holder', async () => {
  const desk = atTheDesk(registry)
  const of = linkOf('part-qualification')
  const [one, two] = [`${HOST}-officer-1`, `${HOST}-officer-2`]
  const home = `/desk/authorities/${HOST}/single-decisions`
  const send = async (path: string, fields: Record<string, string>, as: string) => {
    registry.showAll()
    return desk.ask('POST', path, { ...(await desk.as(as)), fields })
  }
  expect(plain((await desk.open(home, one)).text)).toContain('Decisions of this authority')
  const strangers = await desk.open(home, 'demo-th-onec-officer-1')
  expect(strangers.status).toBe(404)
  const wrong = await send(home, { do: 'look', link: 'A'.repeat(26) }, one)
  expect([wrong.status, plain(wrong.text)]).toEqual([404, expect.stringContaining('Decisions of this authority')])
  const looked = await send(home, { do: 'look', link: of }, one)
  expect([looked.status, plain(looked.text)]).toEqual([200, expect.stringContaining('Step 2 of 3')])
  expect(looked.text).not.toContain('EXAMPLE')
  const [, unit = ''] = /name="decidedUnits:([^"]+)"/.exec(looked.text) ?? []
  const decided = { ...terms({}), result: 'measures', [`decidedUnits:${unit}`]: 'yes' } as Record<string, string>
  const lacking = await send(home, { do: 'check', link: of, ...decided }, one)
  expect([lacking.status, lacking.text]).toEqual([422, expect.stringMatching(/id="f-measures"[^>]*aria-invalid/)])
  const whole = { ...decided, measures: 'A test in plastering' }
  const checked = await send(home, { do: 'check', link: of, ...whole }, one)
  expect(plain(checked.text)).toMatch(/Step 3 of 3.*A test in plastering/)
  const proposed = await send(home, { do: 'propose', link: of, ...whole }, one)
  const place = String(proposed.headers.get('location'))
  expect([proposed.status, place.startsWith(`${home}/`)]).toEqual([303, true])
  const closed = await desk.open(place, two)
  expect([plain(closed.text), closed.text]).toEqual([
    expect.stringContaining('Waits for a second officer'),
    expect.not.stringContaining('A test in plastering'),
  ])
  const opened = await send(place, { do: 'open' }, two)
  const [, hash = ''] = /name="hash" value="([^"]+)"/.exec(opened.text) ?? []
  expect(plain(opened.text)).toContain('A test in plastering')
  const other = await send(place, { do: 'approve', hash, link }, two)
  expect(other.status).toBe(422)
  const approved = await send(place, { do: 'approve', hash, link: of }, two)
  const words = plain(approved.text)
  expect([approved.status, words]).toEqual([200, expect.stringContaining('Letter to the holder')])
  for (const shown of ['A test in plastering', 'Lautan Labour Board', 'It is no work permit and no licence'])
    expect(words).toContain(shown)
  expect(approved.text).toContain('EndorsementCredential')
  expect(plain((await page(of)).text)).toContain('Recognised after further steps (1)')
  // Every page is there in Thai as well.
  expect(plain((await desk.open(`${home}?lang=th`, one)).text)).toContain('คำตัดสิน')
  const ended = await send(place, { do: 'end', reason: 'made-in-error' }, one)
  const waits = await desk.open(place, two)
  const [, endHash = ''] = /name="hash" value="([^"]+)"/.exec(waits.text) ?? []
  const confirmed = await send(place, { do: 'approve', hash: endHash }, two)
  expect([ended.status, confirmed.status]).toEqual([303, 303])
  expect((await verify({ link: of })).recognition).toMatchObject([{ applies: 'ended' }])
})

test('R-044: good standing from Samudra appears at the desk of Lautan, for its officers alone, and opens there', async () => {
  const [root, body, standing] = ['demo-xs-sqc', 'demo-xs-stc', 'good-standing']
  const granting = await officersOf(registry, root)
  const grant = { grantee: body, right: 'issue', scope: { qualifications: [standing] }, basis: 'Act 2, section 7' }
  await granting.decide(`${granting.base}/accreditations`, grant)
  const days = { validUntil: day(-60), assessedOn: day(0), awardedOn: day(0) }
  const sent = (number: string) =>
    officerOf(registry, body).issue(aBricklayer(number, { qualification: standing, recipient: HOST, ...days }))
  const issued = await sent('GS-1')
  const listed = await registry.later(() => officers.first(base))
  const { letters } = listed.json<{ letters: { id: string; from: string }[] }>()
  expect(letters).toMatchObject([{ id: uuidOf(issued), from: body, qualification: standing }])
  expect(listed.text).not.toContain('EXAMPLE')
  const opened = await officers.second(`${officers.base}/letters/${uuidOf(issued)}/open`, {})
  expect([opened.status, opened.json<{ link: string }>().link]).toEqual([200, issued.link])
  for (const other of [granting, await officersOf(registry, 'demo-th-onec')]) {
    expect((await other.first(`${other.base}/single-decisions`)).json()).toMatchObject({ letters: [] })
    expect((await other.first(`${other.base}/letters/${uuidOf(issued)}/open`, {})).status).toBe(404)
  }
  const desk = atTheDesk(registry)
  // The certificate does not name the authority, so the clerk reads it on the page of the check, and again after the signature.
  const issue = `/desk/issuers/${body}/issue`
  const form = {
    ...{ qualification: standing, key: randomUUID(), 'holder.name': 'RATNA EXAMPLE', certificateNumber: 'GS-2' },
    ...{ awardedOn: day(0), assessedOn: day(0), validUntil: day(-60) },
    step: 'check',
  }
  const clerk = await desk.as(`${body}-officer-1`)
  const choose = (recipient: string) => desk.ask('POST', issue, { ...clerk, fields: { ...form, recipient } })
  const own = await choose(body)
  expect([own.status, own.text.includes('data-recipient')]).toEqual([422, false])
  const checked = await choose(HOST)
  const [, named = ''] = /data-recipient>(.*?)<\/div>/s.exec(checked.text) ?? []
  expect(plain(named)).toMatch(/goes to the desk of Lautan Labour Authority .demonstration. \( ?Fictional Lautan/)
  const hidden = [...checked.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const signed = await desk.ask('POST', `${issue}/sign`, {
    fields: Object.fromEntries(
      hidden.map(([, name = '', value = '']) => [name, value]).filter(([name]) => name !== 'form-token'),
    ),
  })
  expect([signed.status, plain(signed.text)]).toEqual([200, expect.stringContaining(`also at the desk of ${HOST}`)])
  const arrived = (await registry.later(() => officers.first(base))).json<{ letters: { id: string }[] }>()
  expect(arrived.letters).toHaveLength(2)
  const [home, one] = [`/desk/authorities/${HOST}/single-decisions`, `${HOST}-officer-1`]
  const list = await desk.open(home, one)
  expect([plain(list.text), list.text]).toEqual([
    expect.stringContaining('Certificates of good standing for this authority'),
    expect.not.stringContaining(issued.link),
  ])
  const fields = { do: 'letter', letter: uuidOf(issued) }
  const shown = await desk.ask('POST', home, { ...(await desk.as(one)), fields })
  expect([shown.status, shown.text]).toEqual([200, expect.stringContaining(`href="${issued.link}"`)])
  // Letters have pages of their own.
  const newer = await sent('GS-3')
  interface Page {
    letters: { id: string }[]
    nextLetters: string
  }
  const first = (await registry.later(() => officers.first(`${base}?limit=1`))).json<Page>()
  const older = (await officers.first(`${base}?limit=1&letters=${first.nextLetters}`)).json<Page>()
  expect([first, older].map((page) => page.letters.map(({ id }) => id))).toEqual([
    [uuidOf(newer)],
    [arrived.letters[0]?.id],
  ])
  expect((await desk.open(`${home}?limit=1`, one)).text).toContain(`?letters=${first.nextLetters}"`)
  const wrong = await officers.first(`${base}?letters=x`)
  expect([wrong.status, wrong.json()]).toMatchObject([400, { errors: [{ pointer: '/letters' }] }])
})

test('K005, I65: a refusal that only its holder sees leaves the page of the link and all public lists as they were', async () => {
  const other = linkOf('in-force')
  const readable = async () => {
    const { status, text, headers } = await page(other)
    return { status, length: text.length, headers: [...headers.keys()].toSorted() }
  }
  const before = await readable()
  const { verifiableCredential } = await decide(
    base,
    { result: 'refused', reason: 'The trade is reserved by law in Lautan.' },
    other,
  )
  expect(await readable()).toEqual(before)
  expect(await verify({ link: other })).not.toHaveProperty('recognition')
  const answer = await verify({ verifiableCredential })
  expect(answer).toMatchObject({ about: 'decision', recognition: [{ result: 'refused', kind: 'single' }] })
  await registry.sequence()
  for (const path of ['/decisions?host=XL', '/changes', '/log/catalogue/records?of=decisions'])
    expect((await registry.ask(path)).text).not.toContain(String(verifiableCredential?.id).slice('urn:uuid:'.length))
})

test('one officer decides alone where two recorded so, and the decision says it, at the desk as well', async () => {
  const desk = atTheDesk(registry)
  const home = `/desk/authorities/${HOST}`
  const [one, two] = [`${HOST}-officer-1`, `${HOST}-officer-2`]
  await desk.decided('set-deciders', { decidedBy: 'one' }, { home, one, two })
  const proposed = await officers.first(base, { link, ...terms({ result: 'full' }) })
  const { id, hash } = proposed.json<Single>()
  const approved = await officers.first(`${base}/${id}/approve`, { hash, link })
  expect([approved.status, approved.json()]).toEqual([200, expect.objectContaining({ decidedBy: 'one' })])
  const [shown, list] = [
    await desk.open(`${home}/single-decisions/${id}`, one),
    await desk.open(`${home}/single-decisions`, two),
  ]
  expect(plain(shown.text)).toContain('Decided by One officer, as the policy of this authority allows')
  expect(plain(list.text)).toContain('One officer may decide, by the policy of this authority.')
  const again = await officers.decide(`/issuers/${HOST}/policy`, { decidedBy: 'two' })
  expect(again.state).toBe('carried-out')
  const lacking = await officers.first(`/issuers/${HOST}/policy`, {})
  expect([lacking.status, lacking.text]).toEqual([422, expect.stringContaining('/batchFrom')])
})

test.each([
  ['en', 390],
  ['th', 1280],
] as const)(
  'R-136: the three steps in a browser, in %s at %i px: axe finds nothing, nothing scrolls sideways',
  async (language, width) => {
    const desk = atTheDesk(registry)
    const { page: tab, close } = await visit(browser, 'about:blank', { width })
    await setCookie(tab.context(), await desk.cookie(`${HOST}-officer-1`), registry.baseUrl)
    const looksGood = async (about: string) => {
      expect([about, await unclear(tab)]).toEqual([about, []])
      if (process.env.PICTURES)
        await tab.screenshot({
          path: `${process.env.PICTURES}/single-${about}-${language}-${width}.png`,
          fullPage: true,
        })
    }
    await tab.goto(`${registry.baseUrl}/desk/authorities/${HOST}/single-decisions?lang=${language}`)
    await looksGood('list')
    await tab.fill('#f-link', linkOf('no-framework-level'))
    await press(tab, 'look', 'button[value=check]')
    await looksGood('form')
    if (language === 'th') await tab.check('input[name=result][value=full]')
    else await registerForATime(tab)
    await tab.fill('#f-appeal', 'To the Lautan Labour Board.')
    await tab.fill('#f-basis', 'Decree 9')
    await press(tab, 'check', 'button[value=propose]')
    await looksGood('read')
    if (language === 'en') expect(await tab.locator('main').innerText()).toMatch(/Limited practice[\s\S]*Dr Wira/)
    await press(tab, 'propose', 'button[value=open]')
    await press(tab, 'open', '[data-terms]')
    await looksGood('one')
    await close()
  },
)

/** the fields of a registration, beside the result that needs them. */
async function registerForATime(tab: Page): Promise<void> {
  await tab.check('input[name=result][value=temporary]')
  await tab.fill('[name="endsOn"]', day(-30))
  await tab.selectOption('[name="registration.activity"]', 'limited-practice')
  await tab.fill('[name="registration.scope"]', 'Walls of one storey')
  await tab.fill('[name="registration.place"]', 'Harbour district')
  await tab.fill('[name="registration.supervisor"]', 'Dr Wira')
}

async function press(tab: Page, press: string, shows: string): Promise<void> {
  await tab.click(`button[value=${press}]`)
  await tab.waitForSelector(shows)
}

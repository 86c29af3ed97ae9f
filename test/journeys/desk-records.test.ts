import { formTokenFor } from '@sijil/http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, setCookie, unclear, visit } from '../support/browser.ts'
import { type Answer, type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aPicture } from '../support/pictures.ts'
import { until } from '../support/until.ts'
import { officerOf, uuidOf } from './certificate.ts'
import { atTheDesk, plain } from './desk-officers.ts'
import { aThaiBricklayer, DSD, officersOf } from './trust.ts'

/** The records that a body keeps about its own certificates, what each role finds at the desk, and the trail of it all, over HTTP. */

const [ONE, TWO, CLERK, AUDITOR, STRANGER] = [
  'dsd-officer-1',
  'dsd-officer-2',
  'dsd-clerk',
  'dsd-auditor',
  'tpqi-officer',
]
const OTHER = 'demo-xs-stc'
const HOME = `/desk/issuers/${DSD}`
const NAME = 'Somsri Prasert'
const at = { home: HOME, one: ONE, two: TWO }

let registry: OpenRegistry
let browser: Browser
let desk: ReturnType<typeof atTheDesk>
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  desk = atTheDesk(registry)
  const { decide, base } = await officersOf(registry)
  for (const subject of [ONE, TWO])
    await decide(`${base}/members`, { owner: DSD, subject, roles: ['propose', 'approve', 'read'] })
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const send = async (path: string, fields: Record<string, string>, subject = ONE) =>
  desk.ask('POST', `${HOME}/${path}`, { ...(await desk.as(subject)), fields })
const open = (path: string, subject = ONE) => desk.open(`${HOME}/${path}`, subject)
type Sent = Pick<Answer, 'status' | 'headers' | 'text'>
/** Sends a file as a browser does. */
async function upload(png: Uint8Array, subject = ONE): Promise<Sent> {
  const { headers, formToken } = await desk.as(subject)
  const form = new FormData()
  form.set('form-token', formTokenFor(formToken, HOME))
  form.set('png', new File([png as Uint8Array<ArrayBuffer>], 'logo of somebody.png', { type: 'image/png' }))
  form.set('effectiveFrom', '')
  const answer = await fetch(`${registry.baseUrl}${HOME}/logo`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { ...headers, accept: 'text/html', origin: registry.baseUrl, 'sec-fetch-site': 'same-origin' },
  })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
async function approve(sent: Sent): Promise<string> {
  expect([sent.status, sent.text]).toEqual([303, ''])
  const proposal = String(sent.headers.get('location'))
  const page = await desk.open(proposal, TWO)
  const hash = /data-hash>([^<]+)</.exec(page.text)?.[1] ?? ''
  const approved = await desk.ask('POST', `${proposal}/approve`, { ...(await desk.as(TWO)), fields: { hash } })
  expect([approved.status, approved.text]).toEqual([303, ''])
  registry.showAll()
  return page.text
}

describe('the policy of a body', () => {
  test('R-136: is proposed in three steps from its page, decided by two officers, and then lets a revocation wait', async () => {
    const page = await open('policy')
    expect(plain(page.text)).toMatch(/No policy was set.*A second person is needed to .*batch needs a second person 50/)
    await desk.decided(
      'set-policy',
      { 'secondPerson:revoke': 'yes', 'secondPerson:issue': 'yes', batchFrom: '20', retentionYears: '15' },
      at,
    )
    const now = plain((await open('policy')).text)
    expect(now).toMatch(/issue a certificate +revoke a certificate.*second person 20.*15 years from the day of issue/)
    expect((await open('due')).text).toMatch(/name="years"[^>]*value="15"/)
    const body = officerOf(registry, DSD)
    const answer = await body.request(aThaiBricklayer('OWN-1'), 'own-1')
    expect(answer.json()).toMatchObject({ kind: 'issue', act: 'issue', state: 'open' })
    expect([answer.status, answer.text.includes('OWN-1')]).toEqual([202, false])
    const { id } = answer.json<{ id: string }>()
    const waiting = await open('waiting', TWO)
    expect(plain(waiting.text)).toMatch(/Issue a certificate: .*Once it is approved, the member who asked sends/)
    expect((await send(`waiting/${id}/approve`, {}, TWO)).status).toBe(303)
    const issued = await body.request(aThaiBricklayer('OWN-1'), 'own-1')
    expect(issued.status).toBe(201)
    const revoked = await body.change(issued.json<{ id: string; link: string }>() as never, 'revoke', {
      reason: 'misconduct',
    })
    expect(revoked.json()).toMatchObject({ kind: 'revoke', state: 'open' })
  })

  test('of another body is 404, and through the API only its own officers propose it', async () => {
    expect((await open('policy', STRANGER)).status).toBe(404)
    const ask = async (subject: string) =>
      registry.ask(`/issuers/${DSD}/policy`, {
        token: await registry.token(subject, 'registry:propose'),
        body: { batchFrom: 3 },
      })
    const stranger = registry.demonstration.officers[0]?.client ?? ''
    expect((await ask(stranger)).status).toBe(404)
  })
})

describe('who signs for a body', () => {
  test('is proposed with a name that no page, address or answer repeats before somebody opens it', async () => {
    const sent = await send('signatory', { name: NAME, title: 'Director General' })
    const shown = await approve(sent)
    expect(plain(shown)).toContain('Director General')
    expect(shown).not.toContain(NAME)
    const page = await open('signatory')
    expect(plain(page.text)).toMatch(/Director General.*Counts now/)
    expect(page.text).not.toContain(NAME)
    const opened = await send('signatory/names', {}, AUDITOR)
    expect(opened.status).toBe(404)
    const names = await send('signatory/names', {}, TWO)
    expect([names.status, names.text.includes(NAME)]).toEqual([200, true])
    registry.showAll()
    const trail = plain((await open('trail', TWO)).text)
    expect(trail).toMatch(/Opened the names of signatories .*dsd-officer-2/)
    expect(trail).not.toContain(NAME)
  })

  test('P013: a title that reads like a verdict comes back with what was typed; a stranger gets a 404', async () => {
    const sent = await send('signatory', { name: 'A Person', title: 'Verified ✓' })
    expect([sent.status, plain(sent.text)]).toEqual([422, expect.stringContaining('There is a problem')])
    expect(sent.text).toContain('value="A Person"')
    for (const path of ['signatory', 'signatory/names'])
      expect((await send(path, { name: 'A', title: 'B' }, STRANGER)).status).toBe(404)
    expect((await open('signatory', STRANGER)).status).toBe(404)
  })

  test('ends when two officers decide that nobody signs', async () => {
    await approve(await send('signatory', { none: 'yes' }))
    expect(plain((await open('signatory')).text)).toMatch(
      /Nobody signs from then on.*Counts now.*Director General.*Counted before/,
    )
  })
})

describe('the logo of a body', () => {
  test('P013: is decoded and encoded anew, named by its hash, and shown to members of this body alone', async () => {
    const png = aPicture()
    const shown = await approve(await upload(png))
    const address = new RegExp(`src="(${HOME}/logo/[0-9a-f]{64})"`).exec(shown)?.[1] ?? ''
    const picture = await desk.open(address, TWO)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff')
    expect(picture.text).not.toContain('pHYs')
    expect(plain((await open('logo')).text)).toMatch(/32 × 32 pixels.*Counts now/)
    const elsewhere = address.replace(DSD, OTHER)
    expect([(await desk.open(elsewhere, STRANGER)).status, (await desk.open(address, STRANGER)).status]).toEqual([
      404, 404,
    ])
    expect((await open(`logo/${'0'.repeat(64)}`)).status).toBe(404)
  })

  test('P013: with texts, or of another kind, comes back with what to do', async () => {
    const texts = await upload(aPicture({ text: 'Somebody' }))
    expect([texts.status, plain(texts.text)]).toEqual([
      422,
      expect.stringContaining('Save the picture without metadata'),
    ])
    const svg = await upload(new TextEncoder().encode('<svg onload="alert(1)"/>'))
    expect([svg.status, plain(svg.text)]).toEqual([422, expect.stringContaining('Save the picture again as PNG')])
    expect((await upload(aPicture(), STRANGER)).status).toBe(404)
  })

  test('is proposed through the API as well, with the same rules', async () => {
    const ask = async (subject: string, body: object) =>
      registry.ask(`/issuers/${DSD}/logo`, { token: await registry.token(subject, 'registry:propose'), body })
    const stranger = registry.demonstration.officers[0]?.client ?? ''
    expect((await ask(stranger, { png: Buffer.from(aPicture()).toString('base64') })).status).toBe(404)
  })
})

describe('each role finds what it may do, and is refused the rest', () => {
  const all = ['certificates', 'waiting', 'members', 'policy', 'signatory', 'logo', 'trail'] as const
  const homeOf = async (subject: string) => {
    const { text } = await desk.open(HOME, subject)
    return all.filter((path) => text.includes(`href="${HOME}/${path}"`))
  }
  beforeAll(async () => {
    await desk.decided(
      'add-member',
      { subject: CLERK, 'roles:issue': 'yes', 'roles:status': 'yes', 'roles:read': 'yes' },
      at,
    )
    await desk.decided('add-member', { subject: AUDITOR, 'roles:read': 'yes' }, at)
  })

  test('the buttons of the first page are those of the role', async () => {
    expect(await homeOf(CLERK)).toEqual(['certificates', 'waiting', 'policy', 'signatory', 'logo', 'trail'])
    expect(await homeOf(AUDITOR)).toEqual(['certificates', 'policy', 'signatory', 'logo', 'trail'])
    expect(await homeOf(ONE)).toEqual([...all])
  })

  test('B007: an auditor reads, and changes nothing: no form is offered, and each request is refused', async () => {
    for (const path of ['policy', 'signatory', 'logo']) {
      const { status, text } = await open(path, AUDITOR)
      expect([path, status, /action="[^"]*\/(actions\/set-policy|signatory|logo)"/.test(text)]).toEqual([
        path,
        200,
        false,
      ])
    }
    const refused = [
      await send('signatory', { name: 'A', title: 'B' }, AUDITOR),
      await send('actions/set-policy', { batchFrom: '5', step: 'send' }, AUDITOR),
      await upload(aPicture(), AUDITOR),
      await open('members', AUDITOR),
      await open('waiting', AUDITOR),
    ]
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  })

  test('a clerk prints, once without a reason, and again as a duplicate with one; an auditor and an officer do not', async () => {
    await desk.decided('set-policy', { batchFrom: '20' }, at)
    const issued = await officerOf(registry, DSD).issue(aThaiBricklayer('OWN-2'))
    const path = `certificates/${uuidOf(issued)}`
    const print = (fields: Record<string, string>, subject = CLERK) => send(`${path}/print`, fields, subject)
    expect((await open(path, CLERK)).text).toContain(`action="${HOME}/${path}/print"`)
    expect((await open(path, AUDITOR)).text).not.toContain('/print"')
    for (const subject of [AUDITOR, ONE]) expect((await print({ copy: '1' }, subject)).status).toBe(404)
    expect(plain((await print({ copy: '1' })).text)).toContain('The print is recorded')
    // A button that is pressed twice.
    expect((await print({ copy: '1' })).status).toBe(409)
    expect((await print({ copy: '2' })).status).toBe(422)
    expect((await print({ copy: '2', reason: 'lost' })).status).toBe(200)
    const history = plain((await open(path, AUDITOR)).text)
    expect(history).toMatch(/Issued.*Printed .*dsd-clerk.*Printed again, as a duplicate: the paper was lost/)
  })

  test('a member who was removed finds nothing from the next request on', async () => {
    await desk.decided('add-member', { subject: 'dsd-gone', 'roles:read': 'yes' }, at)
    expect((await open('trail', 'dsd-gone')).status).toBe(200)
    await desk.decided('remove-member', { member: 'dsd-gone' }, at)
    for (const path of ['trail', 'trail.csv', 'policy', 'signatory', 'logo'])
      expect([path, (await open(path, 'dsd-gone')).status]).toEqual([path, 404])
  })
})

describe('the trail of a body', () => {
  const month = () => registry.now().toISOString().slice(0, 7)

  test('says who did what and when, by page, as a table and as JSON, and names no person', async () => {
    registry.showAll()
    const page = plain((await open('trail', AUDITOR)).text)
    for (const act of [
      'Issued a certificate',
      'Printed a duplicate',
      'Named a member',
      'Proposed a change: set-logo',
      'Approved a proposal',
      'Asked for an act',
      'Approved an act',
    ])
      expect(page).toContain(act)
    const json = (await open('trail.json', AUDITOR)).json<{ entries: Record<string, string>[] }>()
    const csv = await open(`trail.csv?period=${month()}`, AUDITOR)
    expect(csv.headers.get('content-disposition')).toContain(`trail-${DSD}-${month()}.csv`)
    expect(csv.text.split('\r\n').length - 2).toBe(json.entries.length)
    expect(csv.text).toMatch(/^\ufeff?"at","act","actor","by","certificate","record","detail","member"/)
    const moments = json.entries.map(({ at: moment }) => moment ?? '')
    expect(moments).toEqual(moments.toSorted().reverse())
    for (const text of [page, csv.text, JSON.stringify(json)]) {
      expect(text).not.toContain(NAME)
      expect(text).not.toContain('SOMCHAI')
      expect(text).not.toContain('OWN-')
    }
    // An authority acted: its officer is nobody that the body must know.
    const named = json.entries.filter(({ act }) => act === 'member-added')
    expect(named.some(({ by, actor }) => by === 'demo-th-onec' && actor === undefined)).toBe(true)
  })

  test('comes in pages through the API, for the role read alone', async () => {
    const ask = async (query: string, subject = DSD) =>
      registry.ask(`/issuers/${DSD}/trail${query}`, { token: await registry.token(subject, 'credentials:read') })
    const seen: string[] = []
    let query = '?limit=7'
    for (let pages = 0; pages < 40; pages++) {
      const { entries, next } = (await ask(query)).json<{ entries: object[]; next?: string }>()
      seen.push(...entries.map((entry) => JSON.stringify(entry)))
      if (next === undefined) break
      query = `?limit=7&page=${encodeURIComponent(next)}`
    }
    const whole = (await open('trail.json', AUDITOR)).json<{ entries: object[] }>()
    expect(seen).toEqual(whole.entries.map((entry) => JSON.stringify(entry)))
    expect((await ask('?period=2026-13')).status).toBe(422)
    expect((await ask('', OTHER)).status).toBe(404)
  })

  test('of a month that is none comes back with the field', async () => {
    const answer = await open('trail?period=March', AUDITOR)
    expect([answer.status, plain(answer.text)]).toEqual([422, expect.stringContaining('There is a problem')])
    expect((await open('trail', STRANGER)).status).toBe(404)
    expect((await open('trail.csv', STRANGER)).status).toBe(404)
  })
})

test('the page of webhooks shows what was sent to members, and a body that is not theirs has none', async () => {
  await approve(await send('webhooks', { url: 'http://127.0.0.1:9/hook', 'kinds.certificate.status_changed': 'yes' }))
  expect((await send('webhooks/secret', {})).text).toContain('whsec_')
  const { certificates } = (await officerOf(registry, DSD).get('/credentials')).json<{
    certificates: { id: string; state: string }[]
  }>()
  const certificate = certificates.find(({ state }) => state === 'in-force') ?? { id: '' }
  await officerOf(registry, DSD).change(certificate, 'suspend', { reason: 'under-investigation' })
  registry.pass(1_000)
  registry.showAll()
  await registry.deliver()
  await until(async () => plain((await open('webhooks')).text).includes('did not say that it wants events'))
  expect(plain((await open('webhooks', TWO)).text)).toMatch(
    /127\.0\.0\.1:9.*the status of a certificate changed.*Attempts: 1/,
  )
  expect((await open('webhooks', STRANGER)).status).toBe(404)
  for (const path of ['webhooks', 'webhooks/secret', 'webhooks/failed/replay'])
    expect((await send(path, { none: 'yes' }, STRANGER)).status).toBe(404)
})

test.each([
  ['en', 1280, 'Training place'],
  ['th', 390, 'พื้นที่ฝึกใช้งาน'],
] as const)(
  'R-017: every page of records is clear in %s at %i pixels, and says that this is a training place',
  async (language, width, words) => {
    const { page, close } = await visit(browser, 'about:blank', { width })
    await setCookie(page.context(), await desk.cookie(ONE), registry.baseUrl)
    for (const path of ['policy', 'signatory', 'logo', 'webhooks', 'trail', 'waiting', '']) {
      await page.goto(`${registry.baseUrl}${HOME}${path && `/${path}`}?lang=${language}`)
      expect(await page.locator('[data-training]').innerText()).toContain(words)
      expect([path, await unclear(page)]).toEqual([path, []])
    }
    await close()
  },
)

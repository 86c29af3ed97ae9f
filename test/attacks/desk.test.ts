import { formTokenFor } from '@sijil/http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Route, routes } from '../../functions/routes.ts'
import { atTheDesk, type Fields } from '../journeys/desk-officers.ts'
import { DSD, officersOf } from '../journeys/trust.ts'
import { openBrowser, setCookie } from '../support/browser.ts'
import { daysAgo, masonry, useStand } from './stand.ts'

/** Attacks on the desk of a certification body: forms of others, roles by form, and what a shared computer keeps. */

const { stand, prove } = useStand()

const [CLERK, APPROVER, AUDITOR, ALL] = ['dsd-clerk', 'dsd-approver', 'dsd-auditor', 'dsd-all'] as const
const HOME = `/desk/issuers/${DSD}`
const OTHER = '/desk/issuers/demo-ph-tesda'
const NAME = 'CANARY PERSON'

let desk: ReturnType<typeof atTheDesk>
/** A person with an access token, who is a member of the body as well. */
let tokenHolder: string
let uuid: string
let record: string
beforeAll(async () => {
  desk = atTheDesk(stand())
  const officers = await officersOf(stand())
  const member = (owner: string, subject: string, roles: string[]) =>
    officers.decide(`${officers.base}/members`, { owner, subject, roles })
  tokenHolder = stand().demonstration.officers.find(({ authority }) => authority === 'demo-xs-stc')?.client ?? ''
  await member(DSD, CLERK, ['issue', 'status', 'read'])
  await member(DSD, APPROVER, ['approve', 'read'])
  await member(DSD, AUDITOR, ['read'])
  await member(DSD, tokenHolder, ['status', 'read'])
  // Last, because a body with two officers names its members itself.
  await member(DSD, ALL, ['issue', 'status', 'read', 'propose', 'approve'])
  const asked = { qualification: 'th-brick-1', holder: { name: NAME }, awardedOn: daysAgo(9) }
  uuid = (await stand().issued(DSD, { ...asked, certificateNumber: stand().number() })).uuid
  record = `${HOME}/certificates/${uuid}`
})

const sentBy = async (path: string, fields: Fields, subject: string) =>
  desk.ask('POST', path, { ...(await desk.as(subject)), fields })
/** Everything that members did, and the record of the certificate with its history. */
const stateNow = async () => {
  const { text: trail } = await desk.open(`${HOME}/trail.json`, AUDITOR)
  const asked = { token: await stand().as(DSD) }
  return [trail, (await stand().ask(`/issuers/${DSD}/credentials/${uuid}`, asked)).text]
}

describe('B001', () => {
  const rows = (routes as readonly Route[]).filter(
    ({ path, scope }) => scope === 'session' && path.startsWith('/desk/issuers/{issuer}'),
  )

  test('B001, I36: what belongs to another body is answered as what does not exist, at its address and at one’s own', async () => {
    expect(rows.length).toBeGreaterThan(45)
    const theirs = await stand().issued('demo-ph-tesda', masonry(stand()))
    const { headers, formToken } = await desk.as(ALL)
    const ask = async ({ method, path }: Route, issuer: string, id: string) => {
      const address = path
        .replace('{issuer}', issuer)
        .replace('{id}', id)
        .replace('{body}', issuer)
        .replace('{action}', 'set-policy')
      const fields = { reason: 'misconduct', sure: 'yes', copy: '1', number: 'X', do: 'close', batchFrom: '5' }
      const { status, text, headers: given } = await desk.ask(method, address, { headers, fields, formToken })
      const shape = [...given.keys()].filter((name) => name !== 'date').sort()
      return [status, text.replaceAll(id, 'ID').replaceAll(issuer, 'BODY'), shape] as const
    }
    const nobodys = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'
    for (const row of rows) {
      const name = `${row.method} ${row.path}`
      const [foreign, unknown] = [
        await ask(row, 'demo-ph-tesda', theirs.uuid),
        await ask(row, 'nobody-at-all', theirs.uuid),
      ]
      expect([name, foreign]).toEqual([name, unknown])
      expect([name, foreign[0] >= 400]).toEqual([name, true])
      if (!row.path.includes('{id}')) continue
      const [moved, none] = [await ask(row, DSD, theirs.uuid), await ask(row, DSD, nobodys)]
      expect([name, moved]).toEqual([name, none])
      expect([name, moved[0] >= 400]).toEqual([name, true])
    }
    expect((await desk.open(record, ALL)).status).toBe(200)
  })
})

describe('B002', () => {
  const forms = (routes as readonly Route[])
    .filter(({ method, path, scope }) => method === 'POST' && scope === 'session' && path.startsWith('/desk/issuers/'))
    .map(({ path }) => path)
  const addressOf = (path: string) =>
    path
      .replace('{issuer}', DSD)
      .replace('{id}', uuid)
      .replace('{body}', DSD)
      .replace('{action}', 'set-policy')
      .replace('{domain}', 'x')

  test('B002: no form of the desk is taken without its own token, from another site, by its address or as JSON', async () => {
    expect(forms.length).toBeGreaterThan(25)
    const cookie = await desk.cookie(CLERK)
    const formToken = await desk.formToken(cookie)
    const strangers = await desk.formToken(await desk.cookie(APPROVER))
    const atAuthority = await desk.formToken(await desk.cookie('demo-th-onec-officer-1'))
    const fields = { reason: 'misconduct', sure: 'yes', note: NAME }
    const before = await stateNow()
    for (const form of forms) {
      const path = addressOf(form)
      const asked = async (headers: Record<string, string>, token?: string, query = '', asSent?: string) => {
        const answer = await desk.ask('POST', `${path}${query}`, {
          headers: { accept: 'application/json', cookie, ...headers },
          fields: { ...fields, ...(asSent !== undefined && { 'form-token': asSent }) },
          ...(token !== undefined && { formToken: token }),
        })
        const { type, status } = answer.json<{ type: string; status: number }>()
        return [status, type.slice(type.lastIndexOf('/') + 1), answer.text.includes(NAME)]
      }
      const otherSite = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
      const refused = [
        await asked({}),
        await asked({}, strangers),
        await asked({}, atAuthority),
        await asked({}, undefined, '', formTokenFor(formToken, '/desk/authorities/demo-th-onec/proposals')),
        await asked({}, undefined, '', formTokenFor(formToken, '/desk/issuers/demo-xs-stc/issue')),
        await asked({}, undefined, '', formToken),
        await asked(otherSite, formToken),
        await asked({ origin: 'null', 'sec-fetch-site': 'cross-site' }, formToken),
        await asked({ origin: 'https://evil.example' }, formToken),
        await asked({}, undefined, `?form-token=${formToken}`),
      ]
      expect([form, refused]).toEqual([form, refused.map(() => [403, 'foreign-form', false])])
      for (const type of ['text/plain', 'application/json']) {
        const [status, problem] = await asked({ 'content-type': type }, formToken)
        expect([form, type, status, problem]).toEqual([form, type, 415, 'unsupported-media-type'])
      }
    }
    expect(await stateNow()).toEqual(before)
    // With everything right the same request would have counted.
    expect((await sentBy(`${record}/suspend`, { reason: 'under-investigation', note: '' }, CLERK)).status).toBe(303)
    await sentBy(`${record}/reinstate`, { note: '' }, CLERK)
  })

  test('B002: nothing typed is lost: a page from before the last sign-in is refused, and its fields come back', async () => {
    const older = await desk.formToken(await desk.cookie(CLERK))
    const { headers } = await desk.as(CLERK)
    const fields = { qualification: 'th-brick-1', 'holder.name': NAME, step: 'check' }
    const answer = await desk.ask('POST', `${HOME}/issue`, { headers, fields, formToken: older })
    expect([answer.status, answer.text.includes(NAME)]).toEqual([403, false])
    expect(answer.text).toMatch(new RegExp(`data-kept>.*href="${HOME}/issue"`, 's'))
    const kept = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    const again = await desk.ask('GET', `${HOME}/issue`, { headers: { cookie: `${headers.cookie}; ${kept}` } })
    expect(again.text).toContain(`value="${NAME}"`)
    // A page of another site is not kept, nor shown to another person.
    const evil = { ...headers, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const forged = await desk.ask('POST', `${HOME}/issue`, { headers: evil, fields, formToken: older })
    expect([forged.status, forged.headers.get('set-cookie')]).toEqual([403, null])
    const { headers: another } = await desk.as(tokenHolder)
    const stolen = await desk.ask('GET', `${HOME}/issue`, { headers: { cookie: `${another.cookie}; ${kept}` } })
    expect(stolen.text).not.toContain(NAME)
  })
})

describe('B003', () => {
  test('B003, I58: thirty names in an hour over showing, correcting, renewing and paper together, each recorded before', async () => {
    const printed = await sentBy(`${record}/print`, { copy: '1' }, ALL)
    const order = Object.fromEntries(
      ['certificate', 'copy', 'order'].map((name) => [
        name,
        new RegExp(`name="${name}" value="([^"]*)"`).exec(printed.text)?.[1] ?? '',
      ]),
    )
    const open = (verb: string) =>
      verb === 'print/paper'
        ? desk.ask('POST', `${record}/${verb}`, { fields: order })
        : sentBy(`${record}/${verb}`, {}, ALL)
    const ways = ['show', 'correct', 'renew', 'print/paper']
    for (let at = 0; at < 30; at++) {
      const way = ways[at % ways.length] as string
      expect([at, way, (await open(way)).status]).toEqual([at, way, 200])
    }
    for (const way of ways) {
      const { status, text } = await open(way)
      expect([way, status, text.includes(NAME)]).toEqual([way, 429, false])
    }
    stand().showAll()
    const trail = await desk.open(`${HOME}/trail.json`, AUDITOR)
    const opened = trail
      .json<{ entries: { act: string; actor?: string; certificate?: string }[] }>()
      .entries.filter(({ act, actor, certificate }) => /open/.test(act) && actor === ALL && certificate === uuid)
    expect(opened).toHaveLength(30)
    expect(trail.text).not.toContain(NAME)
  })
})

describe('B007', () => {
  test('B007, I36: a clerk approves nothing, an auditor sends no form, an approver changes no certificate and no row', async () => {
    expect((await sentBy(`${record}/erase`, { reason: 'holder-request', sure: 'yes' }, CLERK)).status).toBe(303)
    stand().showAll()
    const { text } = await desk.open(`${HOME}/waiting`, APPROVER)
    const approve = /action="([^"]+\/approve)"/.exec(text)?.[1] ?? ''
    expect(approve).toContain(`${HOME}/waiting/`)
    const before = await stateNow()
    const batch = `${HOME}/batches/${uuid}`
    const asked: [string, Fields, string][] = [
      [approve, {}, CLERK],
      [approve, { role: 'approve', approvedBy: APPROVER }, CLERK],
      [approve, {}, AUDITOR],
      ...['suspend', 'reinstate', 'revoke', 'hold', 'erase'].flatMap((verb) =>
        [AUDITOR, APPROVER].map((subject): [string, Fields, string] => [
          `${record}/${verb}`,
          { reason: verb === 'hold' ? 'investigation' : 'holder-request', sure: 'yes' },
          subject,
        ]),
      ),
      ...['correct', 'renew', 'print', 'new-link'].flatMap((verb) =>
        [AUDITOR, APPROVER].map((subject): [string, Fields, string] => [
          `${record}/${verb}`,
          verb === 'print' ? { copy: '1' } : {},
          subject,
        ]),
      ),
      [`${HOME}/issue`, { qualification: 'th-brick-1', step: 'check' }, APPROVER],
      [batch, { do: 'cells', 'cell:2:name': NAME }, APPROVER],
      [batch, { do: 'approve', hash: 'x'.repeat(43) }, AUDITOR],
      [`${HOME}/signatory`, { name: 'A', title: 'B' }, AUDITOR],
      [`${HOME}/actions/add-member`, { subject: 'me', 'roles:issue': 'yes', step: 'send' }, APPROVER],
    ]
    for (const [path, fields, subject] of asked) {
      const { status, text: answer } = await sentBy(path, fields, subject)
      // The answer for what does not exist: a stranger does not learn which role is missing.
      expect([path, subject, status, answer.includes(NAME)]).toEqual([path, subject, 404, false])
    }
    expect(await stateNow()).toEqual(before)
  })

  test('B007: roles, bodies and actors in fields of a form are refused, with the field named', async () => {
    const before = await stateNow()
    for (const [name, value] of Object.entries({
      role: 'approve',
      issuer: 'demo-ph-tesda',
      actor: APPROVER,
      approvedBy: APPROVER,
    })) {
      const fields = { reason: 'under-investigation', note: '', [name]: value }
      const answer = await sentBy(`${record}/suspend`, fields, CLERK)
      expect([name, answer.status]).toEqual([name, 422])
    }
    // The form of a member lets its officer name roles of the body. A value that it does not offer is refused.
    const officer = 'demo-xs-stc-officer-1'
    const form = '/desk/issuers/demo-xs-stc/actions/add-member'
    for (const more of [{ roles: 'issue,approve' }, { 'roles:accredit': 'yes' }, { owner: DSD }]) {
      const fields = { subject: 'mallory', 'roles:read': 'yes', ...more, step: 'send' }
      const answer = await sentBy(form, fields as unknown as Fields, officer)
      expect([more, answer.status]).toEqual([more, 422])
    }
    expect(await stateNow()).toEqual(before)
    expect((await sentBy(`${OTHER}/certificates/${uuid}/suspend`, { reason: 'misconduct' }, CLERK)).status).toBe(404)
  })

  test('B007: a token opens no more than the membership, and a membership no more than the token', async () => {
    const path = `/issuers/${DSD}/credentials/${uuid}`
    const by = async (scope: string, at: string, body: object) => {
      const answer = await stand().ask(at, { token: await stand().token(tokenHolder, scope), body })
      return [answer.status, answer.json<{ type: string }>().type.split('/').at(-1)]
    }
    // A member with `status`, whose token has only what officers may do, and who is no approver.
    expect(await by('registry:approve', `${path}/suspend`, { reason: 'misconduct' })).toEqual([
      403,
      'insufficient-scope',
    ])
    const waiting = `/issuers/${DSD}/proposals/${uuid}/approve`
    expect(await by('registry:approve', waiting, {})).toEqual([404, 'not-found'])
    // A program of the body has the scope of the clerk, and is no person.
    const program = await stand().ask(`${path}/erase`, {
      token: await stand().as(DSD),
      body: { reason: 'holder-request' },
    })
    expect([program.status, program.json<{ type: string }>().type]).toEqual([
      403,
      `${stand().baseUrl}/problems/four-eyes-required`,
    ])
  })
})

/** Collects why Chromium did not take a page out of its memory when somebody went back to it. The list grows with each step back. */
async function whyUnkept(page: Page): Promise<string[]> {
  const reasons: string[] = []
  const session = await page.context().newCDPSession(page)
  await session.send('Page.enable')
  session.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) => {
    reasons.push(...notRestoredExplanations.map(({ reason }) => reason))
  })
  return reasons
}

describe('B005', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  test('B005: pages with a name are never stored, and carry no mark by which a proxy could keep them', async () => {
    const { headers, formToken } = await desk.as(CLERK)
    const ask = (path: string, fields: Fields = {}) => desk.ask('POST', path, { headers, fields, formToken })
    const pages = [
      await ask(`${record}/show`),
      await ask(`${record}/correct`),
      await ask(`${record}/renew`),
      await ask(`${HOME}/issue`, { qualification: 'th-brick-1', 'holder.name': NAME }),
      await ask(`${HOME}/issue`, {
        ...{ qualification: 'th-brick-1', 'holder.name': NAME, certificateNumber: 'X-1', awardedOn: daysAgo(3) },
        step: 'check',
      }),
    ]
    for (const { headers: given, text } of pages) {
      expect(text).toContain(NAME)
      expect(['cache-control', 'etag', 'last-modified', 'expires'].map((name) => given.get(name))).toEqual([
        ...['no-store', null, null, null],
      ])
      const fields = [...text.matchAll(/<(?:input|textarea)(?![^>]*type="(?:hidden|checkbox|radio|submit)")[^>]*>/g)]
      const filled = fields.map(([field]) => field).filter((field) => !field.includes('autocomplete="off"'))
      expect(filled).toEqual([])
    }
    const left = await ask('/desk/sign-out')
    expect([left.status, left.headers.get('clear-site-data')]).toEqual([303, '"cache"'])
  })

  test.each([
    [390, true],
    [1280, false],
  ] as const)(
    'B005, I46: after a sign-out no name is on the screen at %i pixels, with scripts: %s, by Back, reload, a tab opened again or a cache',
    async (width, javaScriptEnabled) => {
      const { baseUrl } = stand()
      const context = await browser.newContext({ viewport: { width, height: 844 }, javaScriptEnabled })
      await setCookie(context, await desk.cookie(CLERK), baseUrl)
      const page = await context.newPage()
      const unkept = await whyUnkept(page)
      await page.goto(`${baseUrl}${record}`)
      await page.locator('summary', { hasText: 'Show the holder' }).click()
      await page.getByRole('button', { name: 'Show the holder' }).click()
      await page.locator('[data-holder]').waitFor()
      expect(await page.content()).toContain(NAME)
      const tab = page.url()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.waitForURL('**/desk/sign-in**')

      const requireNoName = async (where: string, shown = page) => {
        await shown.emulateMedia({ media: 'print' })
        expect([where, (await shown.content()).includes(NAME)]).toEqual([where, false])
        await shown.emulateMedia({ media: 'screen' })
      }
      for (const step of ['Back', 'Back again']) {
        // A browser that would have to send a form again shows a page of its own.
        await page.goBack({ timeout: 5_000 }).catch(() => null)
        await requireNoName(step)
        await page.reload().catch(() => null)
        await requireNoName(`${step}, loaded again`)
      }
      // Chromium says itself that it may not keep such a page in memory, so it asks for it again. It may keep a public one.
      expect(unkept).toContain('MainResourceHasCacheControlNoStore')
      if (javaScriptEnabled) {
        const asked: string[] = []
        page.on('request', (request) => request.isNavigationRequest() && asked.push(new URL(request.url()).pathname))
        unkept.length = 0
        for (const path of ['/privacy', '/about']) await page.goto(`${baseUrl}${path}`)
        await page.goBack()
        expect([asked, unkept]).toEqual([
          ['/privacy', '/about', '/privacy'],
          expect.not.arrayContaining(['MainResourceHasCacheControlNoStore']),
        ])
      }
      const again = await context.newPage()
      await again.goto(tab)
      await requireNoName('a tab that is opened again', again)
      if (javaScriptEnabled) {
        const fromCache = (path: string) =>
          again.evaluate<boolean>(
            `fetch(${JSON.stringify(path)}, { cache: 'only-if-cached', mode: 'same-origin' }).then(({ ok }) => ok, () => false)`,
          )
        expect(await Promise.all([record, `${record}/show`, HOME].map(fromCache))).toEqual([false, false, false])
      }
      await context.close()
    },
  )
})

prove()

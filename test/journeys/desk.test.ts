import { formTokenFor } from '@sijil/http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  axeFindings,
  openBrowser,
  openDetails,
  openReader,
  type Reader,
  scrollsSideways,
  setCookie,
  unmarkedEnglish,
} from '../support/browser.ts'
import { deskOf } from '../support/desk.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { officerOf } from './certificate.ts'
import { aThaiBricklayer, DSD, ONEC, officersOf, type Proposal } from './trust.ts'

/** Two officers do in a browser without scripts what the API lets them do: accredit, approve, suspend and lift. */

const [ONE, TWO] = ['demo-th-onec-officer-1', 'demo-th-onec-officer-2']
const HOME = `/desk/authorities/${ONEC}`
/** An authority of a state that has an assessment centre. */
const [NCC, NCC_ONE] = ['/desk/authorities/demo-ph-pqfncc', 'demo-ph-pqfncc-officer-1']
let registry: OpenRegistry
let browser: Browser
let desk: ReturnType<typeof deskOf>
/** The browser of one person at a time, without and with scripts. */
let plain: Reader
let scripted: Reader

beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  desk = deskOf(registry)
  ;[plain, scripted] = await Promise.all([
    openReader(browser, { width: 1280, scripts: false }),
    openReader(browser, { width: 1280 }),
  ])
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

/** Opens the page to sign in for a person whom neither the desk nor the identity provider knows yet. */
async function stranger(): Promise<Page> {
  await plain.page.context().clearCookies()
  return plain.open(`${registry.baseUrl}/desk/sign-in`)
}
/** A person signs in at the demonstration's identity provider. */
async function signIn(id: string): Promise<Page> {
  const page = await stranger()
  await page.locator('a[href^="/desk/sign-in/start"]').click()
  await signInAs(page, id)
  return page
}
/** Opens a page with the session of a person who signed in so many minutes ago, because signing in takes as long as all the rest. */
async function officer(id: string, path: string, { reader = plain, minutesAgo = 0 } = {}): Promise<Page> {
  const context = reader.page.context()
  await context.clearCookies()
  const cookie = await desk.cookie(id, new Date(registry.now().getTime() - minutesAgo * 60_000))
  await setCookie(context, cookie, registry.baseUrl)
  registry.showAll()
  return reader.open(registry.baseUrl + path)
}
const signInAs = (page: Page, id: string) => page.locator(`button[value="${id}"]`).click()
const go = (page: Page, path: string) => {
  registry.showAll()
  return page.goto(registry.baseUrl + path)
}
const pathOf = (page: Page) => new URL(page.url()).pathname
const says = (page: Page) => page.locator('main').innerText()
const h1 = (page: Page) => page.locator('h1').innerText()

/** The first officer fills in the form for an accreditation and sends it. */
async function propose(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Propose an accreditation' }).click()
  await page.getByLabel('Who').selectOption(DSD)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('issue certificates').check()
  await page.locator('input[name="scope.qualifications:th-belec-1"]').check()
  await page.getByLabel('First day that counts').fill('2025-01-01')
  await page.getByLabel('Legal basis').fill('B.E. 2569/1')
  await page.getByLabel('Reason').fill('Reviewed in March, found fit')
  await page.getByRole('button', { name: 'Check your answers' }).click()
  await page.getByRole('button', { name: /^Propose/ }).click()
  return pathOf(page)
}
/** The path and the hash of a proposal that waits for the second officer. The first one sent it over the API, which is faster. */
async function proposed(qualification: string): Promise<{ path: string; hash: string }> {
  const { first, base } = await officersOf(registry)
  const scope = { qualifications: [qualification] }
  const answer = await first(`${base}/accreditations`, { grantee: DSD, scope, basis: 'B.E. 2569/1' })
  const { id, hash } = answer.json<Proposal>()
  return { path: `${HOME}/proposals/${id}`, hash }
}

describe('two officers take an accreditation through all its steps without a script', () => {
  let proposal: string
  let accreditation: string
  const body = () => officerOf(registry, DSD)
  /** The public answer, which is a few seconds behind. */
  const stateOf = async () => {
    const answer = await registry.ask(`/issuers/${DSD}/accreditations`)
    const { accreditations } = answer.json<{ accreditations: { id: string; state: string }[] }>()
    return accreditations.find(({ id }) => accreditation.endsWith(`/${id}`))?.state
  }

  test('the first officer signs in, chooses an authority and proposes; nothing has changed', async () => {
    const page = await signIn(ONE)
    expect(pathOf(page)).toBe('/desk')
    await page.getByRole('link', { name: 'Office of the Education Council' }).click()
    expect(await says(page)).toContain('Nothing is waiting.')
    proposal = await propose(page)
    expect(proposal).toMatch(new RegExp(`^${HOME}/proposals/[0-9a-f-]{36}$`))
    const text = await says(page)
    expect(await h1(page)).toMatch(
      /^Allow Department of Skill Development.* to issue certificates: .*Building Electrician/,
    )
    for (const word of [
      'Building Electrician',
      'Thailand',
      'B.E. 2569/1: Reviewed in March, found fit',
      ONE,
      'Ends by itself',
    ])
      expect(text).toContain(word)
    expect(text).toContain('You proposed this. Another officer must approve it.')
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    const { accreditations } = (await registry.ask(`/issuers/${DSD}/accreditations`)).json<{
      accreditations: object[]
    }>()
    expect(accreditations).toHaveLength(2)
  })

  test('the second officer finds the waiting proposal with its hash and its effects, and approves it', async () => {
    const page = await officer(TWO, HOME)
    await page.getByRole('link', { name: 'Allow Department of Skill Development' }).click()
    expect(pathOf(page)).toBe(proposal)
    const token = await registry.token(TWO, 'registry:propose')
    const listed = await registry.ask(`/authorities/${ONEC}/proposals`, { token })
    const [first] = listed.json<{ proposals: { id: string; hash: string; change: { grant: string } }[] }>().proposals
    expect(proposal.endsWith(String(first?.id))).toBe(true)
    expect(await page.locator('[data-hash]').innerText()).toBe(first?.hash)
    expect(await page.locator('[data-affected]').innerText()).toBe('This changes no existing certificate.')
    await page.getByRole('button', { name: 'Approve and carry out' }).click()
    expect(pathOf(page)).toBe(proposal)
    expect(await says(page)).toContain(`Approved by ${TWO}`)
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    accreditation = `${HOME}/accreditations/${DSD}.${first?.change.grant}`
    expect(await registry.later(stateOf)).toBe('force')
  })

  test('one officer alone suspends it, and first sees how many certificates that touches', async () => {
    await body().issue(aThaiBricklayer('DESK-1', { qualification: 'th-belec-1' }))
    const page = await officer(ONE, HOME)
    await page.getByRole('link', { name: 'Suspend, lift or withdraw' }).click()
    await page.getByRole('link', { name: 'Department of Skill Development' }).click()
    await page.locator(`a[href^="${accreditation}"]`).click()
    await page.getByText('Suspend now', { exact: true }).first().click()
    const panel = page.locator('details', { hasText: 'It counts at once' })
    expect(await panel.locator('[data-affected]').innerText()).toBe(
      'One certificate that is not revoked was issued under this accreditation or below it.',
    )
    // The body keeps an earlier grant, and the page says so. It has only one grant to accredit, so the page of that one does not.
    expect(await panel.innerText()).toContain('Another accreditation goes on')
    const only = await desk.ask('GET', `${HOME}/accreditations/${DSD}.centres`, {
      headers: { cookie: await desk.cookie(ONE) },
    })
    expect([only.status, only.text.includes('Another accreditation goes on')]).toEqual([200, false])
    await panel.getByLabel('Legal basis').fill('Section 9')
    await panel.getByLabel('Reason').fill('Complaint 4')
    // All others are chosen at first, and named. This officer wants this one alone.
    const all = panel.getByLabel('All its other accreditations as well')
    expect(await all.isChecked()).toBe(true)
    expect(await panel.locator('[data-others]').innerText()).toContain(`${DSD}.main`)
    await all.uncheck()
    await panel.getByRole('button', { name: 'Suspend now' }).click()
    expect(pathOf(page)).toBe(accreditation)
    expect(await says(page)).toContain('Suspended')
    expect(await registry.later(stateOf)).toBe('suspension')
    // One of several is suspended, so the public page does not say that the body is not suspended.
    const shown = (await registry.ask(`/issuers/${DSD}`, { headers: { accept: 'text/html' } })).text
    expect(shown).not.toContain('Not suspended')
    expect(shown).toContain('Another accreditation of this body is suspended')
  })

  test('lifting the suspension takes two officers again', async () => {
    const first = await officer(ONE, accreditation)
    await first.getByText('Propose to lift the suspension', { exact: true }).first().click()
    await first.getByRole('link', { name: 'Propose to lift the suspension' }).click()
    await first.getByLabel('Legal basis').fill('Section 10')
    await first.getByLabel('Reason').fill('Settled')
    await first.getByRole('button', { name: 'Check your answers' }).click()
    expect(await h1(first)).toBe('Check your answers')
    await first.getByRole('button', { name: 'Propose', exact: true }).click()
    const lifting = pathOf(first)
    expect(await h1(first)).toMatch(/^Lift the suspension of an accreditation/)
    const second = await officer(TWO, lifting)
    expect(await second.locator('[data-affected]').innerText()).toContain('One certificate that is not revoked')
    await second.getByRole('button', { name: 'Approve and carry out' }).click()
    await go(second, accreditation)
    expect(await says(second)).toContain('In force')
    expect(await registry.later(stateOf)).toBe('force')
  })

  test('waiting proposals stand above decided ones', async () => {
    await proposed('th-tiler-1')
    const page = await officer(ONE, HOME)
    const text = await says(page)
    expect(text.indexOf('Waiting for a second officer')).toBeLessThan(text.indexOf('Decided or ended'))
    const [waiting = '', decided = ''] = text.split('Decided or ended')
    expect(waiting.match(/Allow Department/g)).toHaveLength(1)
    expect(decided).toContain('Lift the suspension')
    await page.getByRole('link', { name: 'Allow Department' }).first().click()
    await page.getByText('Reject', { exact: true }).first().click()
    await page.getByLabel('Why you reject it').fill('Not now')
    await page.getByRole('button', { name: 'Reject' }).click()
    expect(await says(page)).toContain(`Rejected by ${ONE}`)
  })
})

test('a look-alike name stands above everything else on the page of both officers, with its country', async () => {
  const officers = await officersOf(registry)
  const identity = {
    name: 'TESD\u0410 (demonstration)',
    state: 'TH',
    website: 'https://new.example',
    mandate: 'B.E. 2569',
    demonstration: true,
  }
  const { id } = (await officers.first(`${officers.base}/bodies`, { id: 'demo-th-alike', identity })).json<Proposal>()
  for (const [who, language, country, called] of [
    [ONE, 'en', 'Philippines', 'also called'],
    [TWO, 'th', 'ฟิลิปปินส์', 'เรียกอีกชื่อว่า'],
  ] as const) {
    const page = await officer(who, `${HOME}/proposals/${id}?lang=${language}`)
    const row = page.locator('dl.sum > div').nth(1)
    expect(await row.locator('dt .tag').count()).toBe(1)
    expect(await row.locator('li').innerText()).toMatch(
      new RegExp(
        `Authority \\(demonstration\\) \\(${country}\\) demo-ph-tesda, .*${called} TESDA \\(demonstration\\)$`,
      ),
    )
  }
})

/** Gives the page a session that ended just now, and its own token, as if the officer had left the form open for an hour. */
async function endSession(page: Page, id: string): Promise<void> {
  const anHourAgo = new Date(registry.now().getTime() - 3_601_000)
  const cookie = await desk.cookie(id, anHourAgo, anHourAgo)
  await setCookie(page.context(), cookie, registry.baseUrl)
  const secret = await desk.formToken(cookie, anHourAgo)
  for (const form of await page.locator('form:has(input[name="form-token"])').all()) {
    const token = formTokenFor(secret, new URL((await form.getAttribute('action')) ?? '', registry.baseUrl).pathname)
    await form.locator('input[name="form-token"]').evaluate((input, value) => input.setAttribute('value', value), token)
  }
}
const proposalsOf = async (): Promise<number> => {
  const { first, base } = await officersOf(registry)
  return (await first(`${base}/proposals`)).json<{ proposals: object[] }>().proposals.length
}

describe('signing in', () => {
  test('an officer who signed in more than ten minutes ago is asked to sign in again, and comes back to the same page', async () => {
    const { path } = await proposed('th-painter-1')
    const page = await officer(TWO, path, { minutesAgo: 11 })
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Sign in again to approve' }).click()
    await signInAs(page, TWO)
    expect(pathOf(page)).toBe(path)
    await page.getByRole('button', { name: 'Approve and carry out' }).click()
    expect(await says(page)).toContain(`Approved by ${TWO}`)
  })

  test('an officer whose ten minutes end before they press the button reads so, and can come back', async () => {
    const { path, hash } = await proposed('th-lcm-1')
    const stale = await desk.cookie(TWO, new Date(registry.now().getTime() - 11 * 60_000))
    const sent = { headers: { cookie: stale }, fields: { hash }, formToken: await desk.formToken(stale) }
    const answer = await desk.ask('POST', `${path}/approve`, sent)
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('Please sign in again')
    expect(answer.text).toContain(`/desk/sign-in/start?return=${encodeURIComponent(path)}`)
    const shown = await desk.ask('GET', path, { headers: { cookie: await desk.cookie(TWO) } })
    expect(shown.text).toContain('Nobody has decided yet.')
  })

  test('what was typed survives the end of the session: after signing in the form is shown for a new press', async () => {
    const page = await officer(ONE, `${HOME}/actions/set-brake`)
    await page.getByLabel('Whose').selectOption(DSD)
    await page.getByLabel('Certificates per hour').fill('7')
    await page.getByLabel('Legal basis').fill('Section 12')
    await page.getByLabel('Reason').fill('ทบทวนในเดือนมีนาคม')
    await endSession(page, ONE)
    await page.getByRole('button', { name: 'Check your answers' }).click()
    expect(await says(page)).toContain('What you typed is kept in this browser')
    expect(await page.title()).toMatch(/^There is a problem: /)
    const before = await proposalsOf()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signInAs(page, ONE)
    expect(pathOf(page)).toBe(`${HOME}/actions/set-brake`)
    expect(await says(page)).toContain('What you typed was kept, and nothing was sent.')
    expect(await page.getByLabel('Whose').inputValue()).toBe(DSD)
    expect(await page.getByLabel('Certificates per hour').inputValue()).toBe('7')
    expect(await page.getByLabel('Reason').inputValue()).toBe('ทบทวนในเดือนมีนาคม')
    expect(await proposalsOf()).toBe(before)
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('__Host-sijil-form')
    await page.getByRole('button', { name: 'Check your answers' }).click()
    await page.getByRole('button', { name: /^Propose/ }).click()
    expect(pathOf(page)).toMatch(/proposals/)
  })

  test('what one officer typed is not shown to another one who signs in next', async () => {
    const page = await officer(ONE, `${HOME}/actions/set-brake`)
    await page.getByLabel('Whose').selectOption(DSD)
    await page.getByLabel('Certificates per hour').fill('8')
    await page.getByLabel('Legal basis').fill('Section 13')
    await page.getByLabel('Reason').fill('Mine alone')
    await endSession(page, ONE)
    await page.getByRole('button', { name: 'Check your answers' }).click()
    // The identity provider would ask the first officer again. Another person has no session there.
    await page.context().clearCookies({ name: /^(?!__Host-sijil)/ })
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signInAs(page, TWO)
    expect(pathOf(page)).toBe(`${HOME}/actions/set-brake`)
    expect(await page.content()).not.toContain('Mine alone')
  })

  test('the suspension of an accreditation keeps what was typed too, and suspends nothing', async () => {
    const address = `${HOME}/accreditations/${DSD}.centres`
    const page = await officer(ONE, address)
    await page.getByText('Suspend now', { exact: true }).first().click()
    await page.getByLabel('Legal basis').fill('Section 14')
    await page.getByLabel('Reason').fill('Complaint 9')
    await endSession(page, ONE)
    await page.getByRole('button', { name: 'Suspend now' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signInAs(page, ONE)
    expect(pathOf(page)).toBe(address)
    expect(await page.getByLabel('Reason').inputValue()).toBe('Complaint 9')
    expect(await says(page)).toContain('In force')
  })

  test('a session ends after sixty minutes, and when the officer signs out', async () => {
    const old = await desk.cookie(ONE, registry.now(), new Date(registry.now().getTime() - 3_601_000))
    expect((await desk.ask('GET', HOME, { headers: { cookie: old } })).status).toBe(403)
    const page = await officer(ONE, '/desk')
    await page.getByRole('button', { name: 'Sign out' }).click()
    expect(pathOf(page)).toBe('/desk/sign-in')
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('__Host-sijil-desk')
    await go(page, HOME)
    expect(await h1(page)).toBe('Please sign in')
  })

  test('an interrupted sign-in, or a second use of one code, is refused in words and opens no session', async () => {
    const page = await stranger()
    await page.locator('a[href^="/desk/sign-in/start"]').click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await h1(page)).toBe('The sign-in was not completed')
    await page.locator('a[href^="/desk/sign-in/start"]').click()
    const [callback] = await Promise.all([page.waitForRequest('**/desk/callback?*'), signInAs(page, ONE)])
    expect(pathOf(page)).toBe('/desk')
    await page.context().clearCookies()
    await page.goto(callback.url())
    expect(await h1(page)).toBe('The sign-in was not completed')
    expect(await page.context().cookies()).toEqual([])
  })

  test('the cookie is sealed, a script cannot read it, and the session holds no role', async () => {
    const page = await officer(ONE, '/desk')
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name === '__Host-sijil-desk')
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
    expect(Buffer.from(cookie?.value ?? '', 'base64url').toString('latin1')).not.toContain('officer')
  })

  test('a person who is no officer reads how to become one', async () => {
    const cookie = await desk.cookie('somebody-else')
    const { status, text } = await desk.ask('GET', '/desk', { headers: { cookie } })
    expect([status, text]).toEqual([
      200,
      expect.stringContaining('no authority and no body of this registry has named you'),
    ])
    expect((await desk.ask('GET', HOME, { headers: { cookie } })).status).toBe(404)
  })
})

describe('a refused request', () => {
  const as = async (id: string) => {
    const cookie = await desk.cookie(id)
    return { headers: { cookie }, formToken: await desk.formToken(cookie) }
  }

  test("approving one's own proposal, with a form that the page does not show", async () => {
    const { path, hash } = await proposed('th-sewing')
    const answer = await desk.ask('POST', `${path}/approve`, { ...(await as(ONE)), fields: { hash } })
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('Another officer must do this')])
    const other = await desk.ask('POST', `${path}/approve`, {
      ...(await as(TWO)),
      fields: { hash: 'x'.repeat(43) },
    })
    expect([other.status, other.text]).toEqual([409, expect.stringContaining('It has changed in the meantime')])
    expect((await desk.ask('GET', path, await as(ONE))).text).toContain('Nobody has decided yet.')
  })

  test('an incomplete form comes back with the typed values and the mistake on top', async () => {
    // Sends the form without the check of `required` in a browser.
    const fields = { grantee: DSD, 'scope.qualifications:th-tiler-3': 'yes', basis: 'Kept <b>', until: '2027-01-01' }
    const { status, text } = await desk.ask('POST', `${HOME}/actions/accredit`, { ...(await as(ONE)), fields })
    expect(status).toBe(422)
    for (const kept of ['Please correct the form', '/reason', 'value="Kept &lt;b&gt;"', 'value="2027-01-01"'])
      expect(text).toContain(kept)
    expect(text).toContain('<a href="#f-reason">Reason</a>: This is missing.')
    expect(text).toContain('<a href="#f-right">What may it do?</a>: This is missing.')
    expect(text).toMatch(/id="f-reason"[^>]*aria-invalid="true"/)
    expect(text).toMatch(/name="scope.qualifications:th-tiler-3" value="yes" checked/)
    expect(text).toContain(`<input type="hidden" name="grantee" value="${DSD}">`)
  })

  test('an accreditation for no qualification comes back with the mistake beside the list', async () => {
    const fields = { grantee: DSD, right: 'issue', basis: 'A law', reason: 'A reason' }
    const { status, text } = await desk.ask('POST', `${HOME}/actions/accredit`, { ...(await as(ONE)), fields })
    expect(status).toBe(422)
    expect(text).toContain('<a href="#f-scope-qualifications">For which qualifications?</a>')
    expect(text).toContain('Without a qualification, it would allow nothing.')
  })

  test('R-081: an accreditation for one assessment centre keeps that centre in a form that comes back and in the proposal', async () => {
    const page = await officer(NCC_ONE, `${NCC}/actions/accredit`)
    await page.getByLabel('Who').selectOption('demo-ph-tesda')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('issue certificates').check()
    await page.locator('input[name="scope.qualifications:ph-masonry-nc1"]').check()
    await page.getByLabel('Example Assessment Center, Taguig').check()
    await page.getByLabel('Legal basis').fill('RA 7796')
    await page.getByLabel('Reason').fill('   ')
    await page.getByRole('button', { name: 'Check your answers' }).click()
    expect(await says(page)).toContain('Please correct the form')
    expect(await page.getByLabel('Example Assessment Center, Taguig').isChecked()).toBe(true)
    await page.getByLabel('Reason').fill('Its hall alone is fit')
    await page.getByRole('button', { name: 'Check your answers' }).click()
    await page.getByRole('button', { name: /^Propose/ }).click()
    expect(pathOf(page)).toMatch(/proposals/)
    expect(await says(page)).toMatch(/Assessment centres\s+demo-ph-centre-taguig/)
  })

  test('accrediting a body of another state, or one that does not exist', async () => {
    const reason = { right: 'issue', 'scope.qualifications:th-tiler-3': 'yes', basis: 'x', reason: 'y' }
    const abroad = await desk.ask('POST', `${HOME}/actions/accredit`, {
      ...(await as(ONE)),
      fields: { grantee: 'demo-my-jpk', ...reason },
    })
    expect(abroad.status).toBe(422)
    const nobody = await desk.ask('POST', `${HOME}/actions/accredit`, {
      ...(await as(ONE)),
      fields: { grantee: 'nobody-at-all', ...reason },
    })
    expect(nobody.status).toBe(404)
  })

  test.each(['demo-my-jpk.main', 'demo-ph-tesda.main', `${DSD}.none`, 'x', `${DSD}.main.x`])(
    'an accreditation that this authority did not grant: %s',
    async (id) => {
      const sent = { ...(await as(ONE)), fields: { basis: 'x', why: 'y' } }
      const shown = await desk.ask('GET', `${HOME}/accreditations/${id}`, sent)
      const done = await desk.ask('POST', `${HOME}/accreditations/${id}/suspend`, sent)
      expect([shown.status, done.status, shown.text]).toEqual([404, 404, done.text])
    },
  )

  test('a return address outside the desk', async () => {
    for (const evil of ['https://evil.example', '//evil.example', '/v/secret']) {
      const path = `/desk/sign-in?return=${encodeURIComponent(evil)}`
      const { text } = await registry.ask(path, { headers: { accept: 'text/html' } })
      expect(text).toContain('/desk/sign-in/start?return=%2Fdesk"')
      expect(text).not.toContain('evil')
    }
  })
})

describe('with the script, Back never asks to send a form again', () => {
  const ACTION = `${HOME}/actions/accredit`
  /** Fills in the form for an accreditation, but chooses no qualification. */
  const incomplete = async () => {
    const page = await officer(ONE, `${ACTION}?grantee=${DSD}`, { reader: scripted })
    const posts: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(new URL(request.url()).pathname)
    })
    await page.getByLabel('issue certificates').check()
    await page.getByLabel('First day that counts').fill('2025-01-01')
    await page.getByLabel('Legal basis').fill('B.E. 2569/7')
    await page.getByLabel('Reason').fill('The audit of May passed')
    await page.getByRole('button', { name: 'Check your answers' }).click()
    await page.locator('[role=alert]').waitFor()
    return { page, posts }
  }

  test('after an error, Back shows the form with its fields', async () => {
    const { page, posts } = await incomplete()
    expect(await page.getByLabel('Reason').inputValue()).toBe('The audit of May passed')
    expect(await page.evaluate('[location.search, localStorage.length, sessionStorage.length].join()')).toBe(
      `?grantee=${DSD},0,0`,
    )
    await page.goBack()
    await page.locator('[role=alert]').waitFor({ state: 'detached' })
    expect(await page.getByLabel('Reason').inputValue()).toBe('The audit of May passed')
    expect(await page.getByLabel('issue certificates').isChecked()).toBe(true)
    expect(pathOf(page)).toBe(ACTION)
    expect(posts).toEqual([ACTION])
  })

  test('after an error and another page, Back shows the form', async () => {
    const { page, posts } = await incomplete()
    await page.getByRole('link', { name: 'Countries' }).click()
    await page.waitForURL('**/states')
    await page.goBack()
    await page.getByRole('button', { name: 'Check your answers' }).waitFor()
    expect(posts).toHaveLength(1)
  })

  test('a corrected form opens the proposal, and Back shows the form again', async () => {
    const { page, posts } = await incomplete()
    await page.locator('input[name="scope.qualifications:th-belec-2"]').check()
    await page.getByRole('button', { name: 'Check your answers' }).click()
    await page.getByRole('button', { name: /^Propose/ }).click()
    await page.waitForURL('**/proposals/*')
    const proposal = pathOf(page)
    await page.goBack()
    await page.getByRole('button', { name: 'Check your answers' }).waitFor()
    expect(pathOf(page)).toBe(ACTION)
    await page.goForward()
    expect(pathOf(page)).toBe(proposal)
    expect(posts).toEqual([ACTION, ACTION, ACTION])
  })
})

test('I42: pages of the desk are not cached, framed or indexed, and run only scripts of ours', async () => {
  const cookie = await desk.cookie(ONE)
  for (const path of ['/desk', HOME, `${HOME}/actions/accredit`, `${HOME}/proposals/none`, '/desk/sign-in']) {
    const { headers, text } = await desk.ask('GET', path, { headers: { cookie } })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toBe('noindex')
    const policy = headers.get('content-security-policy') ?? ''
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "style-src 'self'"])
      expect(policy).toContain(part)
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("connect-src 'self';")
    expect(policy).toContain("trusted-types 'none'")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(text).not.toMatch(
      /<script(?! type="module" src="\/assets\/(?:menu|in-place)-[0-9a-f]{16}\.js"><)|\sstyle=|\son\w+=/,
    )
  }
})

test('I47: no log line names a person, a code or a session', async () => {
  const lines: string[] = []
  const write = process.stdout.write
  process.stdout.write = ((chunk: string | Uint8Array) => {
    lines.push(String(chunk))
    return true
  }) as typeof process.stdout.write
  try {
    const page = await signIn(ONE)
    await go(page, HOME)
    await page.goto(`${registry.baseUrl}/desk/callback?code=the-secret-code&state=the-state`)
  } finally {
    process.stdout.write = write
  }
  const log = lines.join('')
  expect(log).toContain('GET /desk/callback')
  expect(log).not.toMatch(/officer-1|the-secret-code|the-state|__Host|eyJ|code=/)
})

// biome-ignore format: it reads as a table
const pages = {
  'the workspace': '/desk', 'the proposals': HOME, 'a proposal': 'proposal', 'the form': `${HOME}/actions/accredit`, 'those who may be accredited': `${HOME}/grantees`,
  'one of them': `${HOME}/grantees/${DSD}`, 'an accreditation': `${HOME}/accreditations/${DSD}.main`, 'nothing': '/desk/authorities/demo-my-mqa',
  'the form with assessment centres': `${NCC}/actions/accredit?grantee=demo-ph-tesda`, 'all actions': `${HOME}/actions`,
  'the table of levels': `${HOME}/actions/confirm-levels?framework=${ONEC}.tqf`, 'a framework that was stated': `/frameworks/${ONEC}.tqf`,
  'the form of an accreditation': `${HOME}/actions/accredit?grantee=${DSD}`, 'the form of a body': `${HOME}/actions/register-body`, 'the form of a key': `${HOME}/actions/compromise-key?issuer=${DSD}`,
} as const

describe('W023: the desk', () => {
  let withAxe: Reader
  beforeAll(async () => {
    withAxe = await openReader(browser, { width: 1280, axe: true })
    const { base, decide } = await officersOf(registry)
    const source = 'https://onec.example/tqf'
    const levelTitles = ['Craft', 'Skilled craft', 'Master craft']
    await decide(`${base}/frameworks`, {
      id: 'tqf',
      name: 'TQF',
      acronym: 'TQF',
      levels: 3,
      levelTitles,
      source,
      effectiveFrom: '2025-01-01',
    })
    const rows = [
      { national: 1, aqrf: 2 },
      { national: 2, aqrf: null },
      { national: 3, aqrf: 4 },
    ]
    const framework = `${base}/frameworks/${ONEC}.tqf`
    await decide(`${framework}/levels/confirm`, { version: '1', rows, source })
    const report = { status: 'endorsed', endorsedOn: '2025-05-23', report: 'Thai referencing report', source }
    await decide(`${framework}/referencings`, report)
  })
  afterAll(() => withAxe.close())

  const inEachLanguage = (['en', 'th'] as const).flatMap((language) =>
    Object.entries(pages).map(([name, address]) => [name, language, address] as const),
  )
  test.each(inEachLanguage)('everybody can read %s in %s, on a phone too', async (about, language, address) => {
    const path = address === 'proposal' ? await aProposal() : address
    const who = address.startsWith(NCC) ? NCC_ONE : TWO
    // Another language changes the words and not the structure, and the narrow page with everything open has all parts.
    const reader = language === 'en' ? withAxe : scripted
    const page = await officer(who, `${path}${path.includes('?') ? '&' : '?'}lang=${language}`, { reader })
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    if (language === 'th') expect(await unmarkedEnglish(page)).toEqual([])
    expect(await scrollsSideways(page), `${about}: scrolls sideways at 1280 px`).toBe(false)
    await page.setViewportSize({ width: 320, height: 844 })
    await openDetails(page)
    expect(await scrollsSideways(page), `${about}: scrolls sideways at 320 px`).toBe(false)
    if (language === 'en') expect(await axeFindings(page), `${about}: axe`).toEqual([])
  })
})

async function aProposal(): Promise<string> {
  const token = await registry.token(ONE, 'registry:propose')
  const change = { basis: 'Section 11', effectiveFrom: '2026-01-01' }
  const proposed = await registry.ask(`/authorities/${ONEC}/accreditations/${DSD}.main/withdraw`, {
    token,
    body: change,
  })
  return `${HOME}/proposals/${proposed.json<{ id: string } & Record<string, unknown>>().id}`
}

import { hashDomainText } from '@sijil/credentials'
import { formTokenFor } from '@sijil/http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  axeFindings,
  openBrowser,
  openDetails,
  scrollsSideways,
  setCookie,
  unmarkedEnglish,
  type Visit,
  visit,
} from '../support/browser.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { atTheDesk, type Fields, HOME, identity, ONE, pathOf, plain } from './desk-officers.ts'

/** An officer shows at the desk, without a terminal, that a body controls its website. The registry fetches nothing. */

const FORM = pathOf('register-body')
const PATH = `${FORM}/domain`
const DAY_MS = 86_400_000

let registry: OpenRegistry
let browser: Browser
let desk: ReturnType<typeof atTheDesk>
const visits: Visit[] = []
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  desk = atTheDesk(registry)
})
afterEach(async () => {
  for (const each of visits.splice(0)) await each.close()
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const press = async (step: string, fields: Fields, { query = '', path = PATH, subject = ONE } = {}) =>
  desk.ask('POST', `${path}${query}`, { ...(await desk.as(subject)), fields: { ...fields, step } })
const aBody = (id: string, website = `https://${id}.example/`) => ({ id, ...identity(`Board ${id}`, website) })
const unescaped = (text: string) => text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&')
const madeIn = (html: string) => unescaped(/id="f-made"[^>]*>([^<]*)</.exec(html)?.[1] ?? '')
const textFor = async (fields: Fields, subject = ONE) => madeIn((await press('make', fields, { subject })).text)
const valueIn = (html: string, name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1]

describe('from the form of a registration to the approved body', () => {
  const board = {
    ...aBody('demo-th-board'),
    'identity.localName.text': 'คณะกรรมการ',
    'identity.localName.language': 'th',
  }

  test('the form leads to the page, which has the text, its address and everything that was typed', async () => {
    const form = await desk.open(FORM)
    expect(form.text).toMatch(new RegExp(`value="ask" formaction="${PATH}" formnovalidate`))
    // Enter in a field presses the first button of the form.
    expect(form.text.indexOf('value="check"')).toBeLessThan(form.text.indexOf('value="ask"'))
    const { status, text } = await press('ask', board)
    expect([status, plain(text)]).toEqual([
      200,
      expect.stringContaining('https://demo-th-board.example/.well-known/sijil-registry'),
    ])
    expect(text).toContain(
      'href="https://demo-th-board.example/.well-known/sijil-registry" target="_blank" rel="noopener noreferrer nofollow"',
    )
    expect(madeIn(text).split('\n').slice(0, 4)).toEqual([
      'sijil domain control v1',
      registry.baseUrl,
      'demo-th-board',
      'demo-th-board.example',
    ])
    expect(valueIn(text, 'identity.localName.text')).toBe('คณะกรรมการ')
  })

  test('the text that was read there fills in the form; after the approval the domain counts as controlled', async () => {
    const text = await textFor(board)
    const filled = await press('compare', { ...board, text: text.trimEnd().replaceAll('\n', '\r\n') })
    const today = registry.now().toISOString().slice(0, 10)
    const control = {
      'control.domain': 'demo-th-board.example',
      'control.sha256': hashDomainText(text),
      'control.readOn': today,
    }
    for (const [name, value] of Object.entries({ ...board, ...control }))
      if (name !== 'identity.state' && name !== 'identity.mandate')
        expect([name, valueIn(filled.text, name)]).toEqual([name, value])
    expect(plain(filled.text)).toContain('This is the text that your authority made.')
    const checked = await desk.send('register-body', { ...board, ...control }, 'check')
    expect(plain(checked.text)).toMatch(/On \d+ \w+ 20\d\d an officer read the one-time text at demo-th-board.example/)
    await desk.decided('register-body', { ...board, ...control })
    const body = await registry.later(() => registry.ask('/issuers/demo-th-board'))
    expect(body.json()).toMatchObject({
      issuer: { control: { domain: 'demo-th-board.example', sha256: hashDomainText(text), readOn: today } },
    })
  })
})

describe('the page alone', () => {
  test('is on the list of everything that an officer can do, asks for the body first, and leads to the form', async () => {
    expect((await desk.open(`${HOME}/actions`)).text).toContain(`href="${PATH}"`)
    expect((await desk.open(PATH)).text).not.toContain('id="f-made"')
    const alone = { id: 'demo-th-alone', 'identity.website': 'https://alone.example' }
    const filled = await press('compare', { ...alone, text: await textFor(alone) })
    expect(valueIn(filled.text, 'control.domain')).toBe('alone.example')
    expect(valueIn(filled.text, 'identity.website')).toBe('https://alone.example')
    expect(filled.text).toContain(`action="${FORM}"`)
  })

  test('names a wrong id and website, and keeps them', async () => {
    const { status, text } = await press('make', { id: 'No id', 'identity.website': 'http://board.example' })
    expect(status).toBe(422)
    expect(text).toMatch(/id="f-id"[^>]*aria-invalid="true"[^>]*value="No id"/)
    expect(text).toMatch(/id="f-identity-website"[^>]*aria-invalid="true"/)
    expect((await press('ask', {})).status).toBe(200)
  })

  test('gives the text as a plain file', async () => {
    const fields = aBody('demo-th-file')
    const { headers, text } = await press('download', fields)
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(headers.get('content-disposition')).toBe('attachment; filename="sijil-registry.txt"')
    expect(text).toBe(await textFor(fields))
  })

  test('is nothing for somebody who is no officer of this authority', async () => {
    const stranger = await desk.open(PATH, 'demo-ph-pqfncc-officer-1')
    const sent = await press('make', aBody('demo-th-x'), { subject: 'demo-ph-pqfncc-officer-1' })
    expect([stranger.status, sent.status]).toEqual([404, 404])
  })
})

describe('a text does not show control', () => {
  const fields = aBody('demo-th-mine')
  const refused = async (text: string, query = '') => {
    const { status, text: html } = await press('compare', { ...fields, text }, { query })
    expect(status).toBe(422)
    expect(html).toMatch(/<title>(?:There is a problem|มีปัญหา)/)
    // The form keeps its fields, with the text that was pasted.
    expect(valueIn(html, 'identity.name')).toBe(fields['identity.name'])
    expect(html).toMatch(/id="f-text"[^>]*aria-invalid="true"/)
    expect(html).not.toContain('name="control.domain"')
    return plain(html)
  }

  test('of another body', async () => {
    expect(await refused(await textFor({ ...fields, id: 'demo-th-yours' }))).toContain(
      'This text was made for another body.',
    )
  })
  test('of another website', async () => {
    const other = await textFor({ ...fields, 'identity.website': 'https://other.example' })
    expect(await refused(other)).toContain('This text was made for another website.')
  })
  test('of another registry', async () => {
    const other = (await textFor(fields)).replace(registry.baseUrl, 'https://other.example')
    expect(await refused(other)).toContain('This text was made for another registry.')
  })
  test('of another authority', async () => {
    const path = PATH.replace('demo-th-onec', 'demo-ph-pqfncc')
    const other = madeIn((await press('make', fields, { path, subject: 'demo-ph-pqfncc-officer-1' })).text)
    expect(other).toContain('demo-th-mine')
    expect(await refused(other)).toContain('This is not the text that your authority made')
  })
  test('that was changed, or that somebody wrote without this desk', async () => {
    const text = await textFor(fields)
    const forged = `${text.split('\n').slice(0, 4).join('\n')}\n2026-11-24.${'A'.repeat(43)}\n`
    for (const wrong of [`${text}and more`, forged])
      expect(await refused(wrong)).toContain('This is not the text that your authority made')
  })
  test('that is the page of an error, in Thai too', async () => {
    expect(await refused('404 Not Found')).toContain('This is not a one-time text of a registry.')
    expect(await refused('404 Not Found', '?lang=th')).toContain('นี่ไม่ใช่ข้อความใช้ครั้งเดียวของทะเบียน')
  })
  test('that is missing', async () => {
    const { status, text } = await press('compare', fields)
    expect([status, plain(text)]).toEqual([422, expect.stringContaining('The text that you read : This is missing.')])
  })
})

/** The browser of an officer. */
async function officer({ scripts = false, width = 1280 } = {}): Promise<Page> {
  const cookie = await desk.cookie(ONE)
  const opened = await visit(browser, `${registry.baseUrl}/desk`, { scripts, width, cookie })
  visits.push(opened)
  return opened.page
}
const go = (page: Page, path: string) => page.goto(registry.baseUrl + path)

test.each([
  ['without scripts', false],
  ['with the script of the desk', true],
])('the way is walked with the keyboard, %s, and Enter in a field still checks the answers', async (_, scripts) => {
  const page = await officer({ scripts })
  await go(page, FORM)
  await page.getByLabel('Short identifier').fill('demo-th-keys')
  await page.getByLabel('Official name').fill('Keys Board (demonstration)')
  await page.getByLabel('State').selectOption('TH')
  await page.getByLabel('Website', { exact: true }).fill('https://keys.example')
  await page.getByRole('button', { name: 'Show that the body controls its website' }).focus()
  await page.keyboard.press('Enter')
  const made = page.getByLabel('One-time text')
  await made.focus()
  const text = await made.inputValue()
  const link = page.getByRole('link', { name: 'in a new tab' })
  await link.focus()
  expect(await link.getAttribute('href')).toBe('https://keys.example/.well-known/sijil-registry')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download the text' }).press('Enter')
  expect((await downloading).suggestedFilename()).toBe('sijil-registry.txt')
  const saved = { name: 'page.txt', mimeType: 'text/plain', buffer: Buffer.from(text) }
  await page.getByLabel('saved as a file').setInputFiles(saved)
  await page.getByRole('button', { name: 'Compare' }).press('Enter')
  await page.getByText('This is the text that your authority made.').waitFor()
  expect(await page.getByLabel('Domain that the body controls').inputValue()).toBe('keys.example')
  expect(await page.getByLabel('Official name').inputValue()).toBe('Keys Board (demonstration)')
  await page.getByText('This is a demonstration').click()
  await page.getByLabel('Short identifier').press('Enter')
  await page.getByRole('heading', { name: 'Check your answers' }).waitFor()
  expect(await page.locator('main').innerText()).toContain('an officer read the one-time text at keys.example')
})

test('an expired session keeps the way: after signing in, the page has the fields and the text, and nothing was recorded', async () => {
  const page = await officer()
  await go(page, PATH)
  await page.getByLabel('Short identifier').fill('demo-th-expired')
  await page.getByLabel('Website').fill('https://expired.example')
  await page.getByRole('button', { name: 'Make the text' }).click()
  const text = await page.getByLabel('One-time text').inputValue()
  await page.getByLabel('The text that you read').fill(text)
  const anHourAgo = new Date(registry.now().getTime() - 3_601_000)
  const cookie = await desk.cookie(ONE, anHourAgo, anHourAgo)
  await setCookie(page.context(), cookie, registry.baseUrl)
  const secret = await desk.formToken(cookie, anHourAgo)
  for (const form of await page.locator('form:has(input[name="form-token"])').all()) {
    const token = formTokenFor(secret, new URL((await form.getAttribute('action')) ?? '', registry.baseUrl).pathname)
    await form.locator('input[name="form-token"]').evaluate((input, value) => input.setAttribute('value', value), token)
  }
  await page.getByRole('button', { name: 'Compare' }).click()
  expect(await page.locator('main').innerText()).toContain('What you typed is kept in this browser')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.locator(`button[value="${ONE}"]`).click()
  expect(new URL(page.url()).pathname).toBe(PATH)
  expect(await page.locator('main').innerText()).toContain('What you typed was kept, and nothing was sent.')
  expect(await page.getByLabel('The text that you read').inputValue()).toBe(text)
  await page.getByRole('button', { name: 'Compare' }).click()
  expect(await page.getByLabel('Domain that the body controls').inputValue()).toBe('expired.example')
})

describe('W023: everybody can read it', () => {
  // biome-ignore format: it reads as a table
  /** The presses that lead to a page, and what it has. */
  const states: readonly [name: string, steps: readonly string[], shown: string][] = [
    ['the question',       [],                           '#f-id'],
    ['the text',           ['make'],                     '#f-made'],
    ['a refusal',          ['make', 'compare'],          '[role=alert]'],
    ['the filled-in form', ['make', 'paste', 'compare'], '[role=status]'],
  ]
  const cases = (['en', 'th'] as const).flatMap((language) =>
    states.map(([name, ...rest]) => [name, language, ...rest] as const),
  )
  test.each(cases)('%s in %s, on a phone too', async (_, language, steps, shown) => {
    const page = await officer({ scripts: true })
    await go(page, `${PATH}?lang=${language}`)
    await page.locator('[name="id"]').fill('demo-th-read')
    await page.locator('[name="identity.website"]').fill('https://a-rather-long-name-of-a-board.read.example')
    for (const step of steps)
      if (step === 'paste') await page.locator('[name="text"]').fill(await page.locator('#f-made').inputValue())
      else await page.locator(`button[value="${step}"]`).click()
    await page.locator(shown).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    if (language === 'th') expect(await unmarkedEnglish(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    await page.setViewportSize({ width: 320, height: 844 })
    expect(await scrollsSideways(page)).toBe(false)
    await openDetails(page)
    if (language === 'en') expect(await axeFindings(page)).toEqual([])
  })
})

/** The last test, because nobody can sign in after it: the identity provider keeps the real time. */
test('a colleague can finish it, and so can the same officer on another day', async () => {
  const fields = aBody('demo-th-later')
  const text = await textFor(fields)
  const colleague = await press('compare', { ...fields, text }, { subject: 'demo-th-onec-officer-2' })
  expect(valueIn(colleague.text, 'control.domain')).toBe('demo-th-later.example')
  registry.pass(3 * DAY_MS)
  expect(await textFor(fields)).not.toBe(text)
  const filled = await press('compare', { ...fields, text })
  expect(valueIn(filled.text, 'control.readOn')).toBe(registry.now().toISOString().slice(0, 10))
  registry.pass(28 * DAY_MS)
  expect(plain((await press('compare', { ...fields, text })).text)).toContain('This text is more than 30 days old.')
})

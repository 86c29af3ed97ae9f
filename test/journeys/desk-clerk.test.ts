import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samudra } from '../../infra/local/demonstration/bodies.ts'
import { openBrowser, scrollsSideways, spilledTexts, unclear, visit } from '../support/browser.ts'
import { deskOf } from '../support/desk.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { day } from './certificate.ts'

/** The day of a clerk in a real browser: sign in, issue, correct, renew, revoke, list and find. */

const [CLERK, APPROVER] = ['demo-xs-stc-officer-1', 'demo-xs-stc-officer-2']
const HOME = `/desk/issuers/${samudra.body}`

let registry: OpenRegistry
let browser: Browser
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const h1 = (page: Page) => page.locator('h1').innerText()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const openPanel = (page: Page, name: string) => page.locator('summary', { hasText: name }).first().click()
const verdictAt = async (page: Page, link: string) => {
  await page.goto(link)
  return h1(page)
}

/** Each page that the clerk sees is clear on this screen. */
async function requireClear(page: Page): Promise<void> {
  const where = await page.title()
  expect([where, await unclear(page), await spilledTexts(page)]).toEqual([where, [], []])
}

/** The longest names that a certificate may have. They have no spaces, and letters above and below others. */
const ofFullLength = (text: string) => text.repeat(5).slice(0, 200)
const names = {
  burmese: ofFullLength('မောင်ကျော်ဇင်ဦးသီရိမြင့်မြတ်အောင်ဆန်းထွန်းလွင်'),
  thai: ofFullLength('นายธนกฤตพงษ์พัฒน์ศิริวัฒนานุกูลกิจเจริญรุ่งเรือง'),
}

test('R-136: a clerk signs in, issues, corrects, renews, prints, hands over, revokes, lists, finds, and erases with an approver, without a script and in three steps each', async () => {
  const { page, close } = await visit(browser, `${registry.baseUrl}/desk/sign-in`, { width: 1280, scripts: false })
  await page.locator('a[href^="/desk/sign-in/start"]').click()
  await page.locator(`button[value="${CLERK}"]`).click()
  await page.getByRole('link', { name: 'Samudra Trades Certification' }).first().click()
  expect(await page.getByRole('heading', { name: 'What ends soon' }).count()).toBe(1)

  // Issue: choose, fill in and check, sign.
  await page.getByRole('link', { name: 'Issue a certificate' }).click()
  await page.getByLabel('Qualification').selectOption(samudra.bricklaying)
  await press(page, 'Continue')
  await page.getByLabel('Name as printed').fill('RATNA WRONG')
  await page.getByLabel('Certificate number').fill('26-STC-0001')
  await page.getByLabel('Day of the award').fill(day(3))
  await page.getByLabel('How the person was assessed').selectOption('practical-demonstration')
  await press(page, 'Check')
  expect(await page.locator('[data-preview]').innerText()).toMatch(/RATNA WRONG[\s\S]*Bricklaying/)
  await press(page, 'Sign and issue')
  expect(await h1(page)).toBe('The certificate is issued')
  const first = await page.locator('.paper a').innerText()

  // Correct.
  await page.getByRole('link', { name: 'Its record at the desk' }).click()
  expect(await page.content()).not.toContain('RATNA')
  await openPanel(page, 'Correct')
  await press(page, 'Open the form of the correction')
  expect(await page.getByLabel('Certificate number').inputValue()).toBe('26-STC-0001')
  await page.getByLabel('Name as printed').fill('RATNA EXAMPLE')
  await press(page, 'Check')
  await press(page, 'Sign and issue')
  const second = await page.locator('.paper a').innerText()

  // Renew.
  await page.getByRole('link', { name: 'Its record at the desk' }).click()
  const record = page.url()
  await openPanel(page, 'Renew')
  await press(page, 'Open the form of the renewal')
  await page.getByLabel('Certificate number').fill('26-STC-0002')
  await page.getByLabel('Day of the award').fill(day(0))
  await press(page, 'Check')
  await press(page, 'Sign and issue')
  const third = await page.locator('.paper a').innerText()

  // Print the new one, and hand it over: the holder opens its link.
  await page.getByRole('link', { name: 'Its record at the desk' }).click()
  await openPanel(page, 'Print the certificate')
  await press(page, 'Print the certificate')
  const [paper] = await Promise.all([page.waitForEvent('download'), press(page, 'Download the paper (PDF)')])
  expect(paper.suggestedFilename()).toBe('certificate.pdf')
  const holder = await visit(browser, third, { scripts: false })
  expect(await h1(holder.page)).toBe('Valid')
  await press(holder.page, 'Show the name')
  expect(await holder.page.locator('main').innerText()).toContain('RATNA EXAMPLE')

  // Revoke the one that was renewed.
  await page.goto(record)
  await openPanel(page, 'Revoke for good')
  await page.locator('form[action$="/revoke"] input[name=reason]').first().check()
  await page.getByLabel('I know that a revocation').check()
  await press(page, 'Revoke for good')
  expect(await page.locator('[role=status]').innerText()).toContain('is revoked')

  // List, narrow and find.
  registry.showAll()
  await page.goto(`${registry.baseUrl}${HOME}/certificates`)
  await openPanel(page, 'Narrow the list')
  await page.getByLabel('State').selectOption('in-force')
  await page.getByLabel('Qualification').selectOption(samudra.bricklaying)
  await page.getByLabel('Month of the issue').fill(registry.now().toISOString().slice(0, 7))
  await press(page, 'Show these')
  const listed = await page.locator('main').innerText()
  expect([listed.includes('26-STC-0002'), listed.includes('26-STC-0001'), listed.includes('RATNA')]).toEqual([
    true,
    false,
    false,
  ])
  await page.getByLabel('Certificate number or ID').fill('26 stc 0001')
  await press(page, 'Find')
  expect(await page.locator('ul.rows li').count()).toBe(2)
  await page.getByLabel('Certificate number or ID').fill(record.slice(-36))
  await press(page, 'Find')
  expect(page.url()).toBe(record)
  await openPanel(page, 'Show the holder')
  await press(page, 'Show the holder')
  expect(await page.locator('[data-holder]').innerText()).toContain('RATNA EXAMPLE')

  expect(await verdictAt(page, first)).toMatch(/^Not valid/)
  expect(await verdictAt(page, second)).toMatch(/^Not valid/)

  // Erase the one that was revoked: another member approves.
  await page.goto(record)
  await openPanel(page, 'Erase for good')
  await page.locator('form[action$="/erase"] input[name=reason]').first().check()
  await page.locator('form[action$="/erase"] input[name=sure]').check()
  await press(page, 'Ask for the erasure')
  registry.showAll()
  const approver = await visit(browser, `${registry.baseUrl}/desk/sign-in`, { width: 1280, scripts: false })
  await approver.page.locator('a[href^="/desk/sign-in/start"]').click()
  await approver.page.locator(`button[value="${APPROVER}"]`).click()
  await approver.page.goto(`${registry.baseUrl}${HOME}/waiting`)
  await approver.page.getByRole('button', { name: /^Approve/ }).click()
  const gone = await holder.page.goto(second)
  expect([gone?.status(), await holder.page.content()]).toEqual([410, expect.not.stringContaining('RATNA')])
  expect(await verdictAt(holder.page, third)).toBe('Valid')
  await Promise.all([close(), holder.close(), approver.close()])
})

test.each([
  ['en', 1280, names.burmese, names.thai],
  ['th', 390, names.thai, names.burmese],
] as const)(
  'every page of issuing is clear in %s at %i pixels with the longest names, and so is the page of the holder, with the script of the page',
  async (language, width, name, nativeName) => {
    const desk = deskOf(registry)
    const { page, faults, close } = await visit(browser, `${registry.baseUrl}/desk`, {
      width,
      cookie: await desk.cookie(CLERK),
    })
    const open = (path: string) =>
      page.goto(`${registry.baseUrl}${HOME}${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
    for (const path of ['', '/issue', '/certificates', '/certificates?state=suspended']) {
      await open(path)
      await requireClear(page)
    }
    await open(`/issue?qualification=${samudra.bricklaying}`)
    await requireClear(page)
    await page.locator('[name="holder.name"]').fill(name)
    await page.locator('[name="holder.nativeName"]').fill(nativeName)
    await page.locator('[name="certificateNumber"]').fill(`26-STC-${width}-${'W'.repeat(50)}`)
    // A form that comes back names its fault.
    await page.locator('button[value=check]').click()
    await page.locator('[role=alert]').waitFor()
    await requireClear(page)
    await page.locator('[name="awardedOn"]').fill(day(2))
    await page.locator('button[value=check]').click()
    await page.locator('[data-preview]').waitFor()
    await requireClear(page)
    await page.locator('form[action*="/issue/sign"] button').first().click()
    await page.locator('.paper').waitFor()
    const link = await page.locator('.paper a').innerText()
    await requireClear(page)
    // Back shows the check again, and a second press the same certificate.
    await page.goBack()
    await page.locator('form[action*="/issue/sign"] button').first().click()
    await page.locator('.paper').waitFor()
    expect(await page.locator('.paper a').innerText()).toBe(link)
    const record = await page.locator('a.tlink').getAttribute('href')
    await page.goto(`${registry.baseUrl}${record}`)
    await requireClear(page)
    await page.locator('form[action*="/show"] button').click()
    await page.locator('[data-holder]').waitFor()
    await requireClear(page)
    await page.goto(`${registry.baseUrl}${new URL(link).pathname}?lang=${language}`)
    await page.locator('main form button').first().click()
    await page.getByText(name.slice(0, 40)).first().waitFor()
    expect([await scrollsSideways(page), await spilledTexts(page)]).toEqual([false, []])
    // A refused form is a 422, which browsers report.
    expect(faults.filter((fault) => !/422/.test(fault))).toEqual([])
    await close()
  },
)

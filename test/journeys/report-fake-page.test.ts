import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { axeFindings, openBrowser, scrollsSideways, unmarkedEnglish, type Visit, visit } from '../support/browser.ts'
import { deskOf } from '../support/desk.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'

/** A person in a browser reports a certificate, with and without scripts, and an officer works on the report. */

const [AUTHORITY, OFFICER] = ['demo-ph-pqfncc', 'demo-ph-pqfncc-officer-1']
let registry: OpenRegistry
let browser: Browser
const open: Visit[] = []
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const begin = async (path: string, options: Parameters<typeof visit>[2] = {}) => {
  const opened = await visit(browser, registry.baseUrl + path, options)
  open.push(opened)
  const posts: string[] = []
  opened.page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(new URL(request.url()).pathname)
  })
  return { ...opened, posts }
}
const verdictPath = () => {
  const { link } = registry.demonstration.certificates.find(({ case: name }) => name === 'in-force') ?? {}
  return new URL(link ?? '').pathname
}
const reportButton = (page: Page) => page.getByRole('button', { name: 'Report a fake certificate' })

describe.each([true, false])('with scripts: %s', (scripts) => {
  test('a report goes from the verdict to a number, its addresses hold no code, and Back sends nothing again', async () => {
    const { page, posts, faults } = await begin(verdictPath(), { scripts })
    await reportButton(page).click()
    await page.getByLabel('It was sold, or offered for money').check()
    await page.getByLabel('What else should the officers know?').fill('Two lines\nof text')
    await page.getByLabel('How can the officers reach you?').fill('ana@example.org')
    await page.getByRole('button', { name: 'Send the report' }).click()
    await page.waitForURL('**/report-fake/sent/*')
    expect(await page.locator('main').innerText()).toMatch(/\n[0-9A-Z]{4}( [0-9A-Z]{4}){3}\n/)
    await page.reload()
    expect(posts).toEqual(['/report-fake', '/report-fake'])
    await page.goBack().catch(() => {})
    // Without scripts the browser asks before it would repeat the POST that opened the form. That one records nothing.
    expect(posts.length).toBeLessThanOrEqual(3)
    expect(faults.filter((fault) => !fault.includes('ERR_CACHE_MISS'))).toEqual([])
  })

  test('a form with a mistake comes back with its message, and with what was typed', async () => {
    const { page } = await begin('/report-fake', { scripts })
    await page.getByLabel('Link or code').fill('https://sijil-check.example/v/1')
    await page.getByLabel('Something else').check()
    await page.getByRole('button', { name: 'Send the report' }).click()
    await page.locator('#body-error').waitFor()
    expect(await page.title()).toContain('There is a problem')
    expect(await page.getByLabel('Link or code').inputValue()).toBe('https://sijil-check.example/v/1')
    await page.getByLabel('Body that the certificate names').selectOption('demo-ph-tesda')
    await page.getByRole('button', { name: 'Send the report' }).click()
    await page.waitForURL('**/report-fake/sent/*')
  })
})

test.each(['en', 'th'])(
  'an officer works on a report in %s, on a phone too, and axe finds nothing',
  async (language) => {
    const cookie = await deskOf(registry).cookie(OFFICER)
    registry.showAll()
    const { page, faults } = await begin(`/desk/authorities/${AUTHORITY}/reports?lang=${language}`, { cookie })
    const fits = async () => {
      if (language === 'th') expect(await unmarkedEnglish(page)).toEqual([])
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 })
        expect(await scrollsSideways(page), `scrolls sideways at ${width} px`).toBe(false)
      }
      // Another language changes the words and not the structure.
      if (language === 'en') expect(await axeFindings(page)).toEqual([])
    }
    await fits()
    await page.locator('.rows a').last().click()
    await page.locator('form[action*="/open"] button').first().click()
    await page.locator('#message').waitFor()
    expect(await page.locator('#message').innerText()).toContain('ana@example.org')
    expect(await page.locator('#message').innerText()).toMatch(/Two lines\nof text/)
    await fits()
    await page.goto(page.url())
    expect(await page.locator('main').innerText()).not.toContain('ana@example.org')
    expect(faults).toEqual([])
  },
)

import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { encodeQR } from 'qr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aToken } from '../../packages/web/src/test-values.ts'
import { openBrowser, openSite, type Site } from './browser.ts'
import { everyPage } from './catalogue.ts'

const pages = everyPage()
let browser: Browser
let site: Site

beforeAll(async () => {
  browser = await openBrowser()
  site = await openSite((path, origin) => pages[path === '/check' ? '/state-0' : path]?.(origin))
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** Opens an address, and gathers whatever went wrong on the way. */
async function open(
  path: string,
  { width, scripts = true }: { width: number; scripts?: boolean },
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: scripts })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== site.origin) faults.push(`asked another host: ${request.url()}`)
  })
  await page.goto(site.origin + path)
  return { page, faults }
}

async function findings(page: Page): Promise<string[]> {
  // In the page itself: a second page for each run would take twice as long.
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(passes.length).toBeGreaterThan(15)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}

// The scrolling element's own width: a table may scroll within itself, the page may not.
const overflows = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')

describe('W023: every page and state', () => {
  test.each(Object.keys(pages))('%s', { timeout: 60_000 }, async (path) => {
    const { page, faults } = await open(path, { width: 390 })
    for (const width of [390, 1280, 320]) {
      await page.setViewportSize({ width, height: 800 })
      // At the narrowest everything is opened as well.
      if (width === 320)
        await page.evaluate('for (const each of document.querySelectorAll("details:not(.lang)")) each.open = true')
      expect(await findings(page), `axe at ${width} px`).toEqual([])
      expect(await overflows(page), `scrolls sideways at ${width} px`).toBe(false)
    }
    expect(faults).toEqual([])
    await page.context().close()
  })
})

describe('without scripts', () => {
  test('the verdict, the evidence and the button for the name are there', async () => {
    const { page } = await open('/state-0', { width: 390, scripts: false })
    expect(await page.locator('h1').textContent()).toBe('Valid')
    expect(await page.getByRole('button', { name: 'Show the name' }).isVisible()).toBe(true)
    expect(await page.locator('[data-print]').isVisible()).toBe(false)
    await page.context().close()
  })

  test('a code is a plain POST', async () => {
    const { page } = await open('/', { width: 390, scripts: false })
    await page.getByLabel('Link or code').fill(aToken)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    expect(site.posted.at(-1)).toEqual({ path: '/check', body: `code=${aToken}` })
    expect(await page.locator('[data-start]').count()).toBe(0) // the answer, not the form
    await page.context().close()
  })
})

describe('with scripts', () => {
  const photoOf = (text: string) => ({
    name: 'photo.gif',
    mimeType: 'image/gif',
    buffer: Buffer.from(encodeQR(text, 'gif', { ecc: 'medium', border: 4, scale: 6 })),
  })

  test('a photo of our code is read on the device, its host is shown, and only the code is sent', async () => {
    const { page, faults } = await open('/', { width: 390 })
    await page.setInputFiles('#photo', photoOf(`${site.origin}/v/${aToken.toLowerCase()}`))
    await page.getByText(`Opening a result at ${new URL(site.origin).host}`).waitFor()
    await page.waitForURL('**/check')
    expect(site.posted.at(-1)).toEqual({ path: '/check', body: `code=${aToken}` })
    expect(faults).toEqual([])
    await page.context().close()
  })

  test.each([
    [
      'https://sijil.example.evil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
      'leads to another address: sijil.example.evil.example',
    ],
    ['https://sijil.example@evil.example/v/4KX79QMB2TZ08WNRC5VHGJ1DSA', 'leads to another address: evil.example'],
    ['javascript:alert(document.domain)', 'is not a certificate of this registry'],
    ['x'.repeat(1000), 'is not a certificate of this registry'],
  ])('W020: %s is refused with words, and nothing is opened', async (text, words) => {
    const { page, faults } = await open('/', { width: 390 })
    const before = site.posted.length
    await page.setInputFiles('#photo', photoOf(text))
    await page.getByText(words).waitFor()
    await page.waitForTimeout(1200)
    expect(page.url()).toBe(`${site.origin}/`)
    expect(site.posted.length).toBe(before)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('a certificate in a code is sent as the file that it is', async () => {
    const { page } = await open('/', { width: 390 })
    await page.setInputFiles('#photo', photoOf('{"a":1}'))
    await page.waitForURL('**/check')
    expect(site.posted.at(-1)?.body).toMatch(/name="document"; filename="certificate.json"[\s\S]*\{"a":1\}/)
    await page.context().close()
  })

  test('a picture without a code says so', async () => {
    const { page } = await open('/', { width: 390 })
    await page.setInputFiles('#photo', { name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
    await page.getByText('No QR code was found').waitFor()
    await page.context().close()
  })

  test('a print button appears', async () => {
    const { page } = await open('/state-0', { width: 390 })
    expect(await page.getByRole('button', { name: 'Print this result' }).isVisible()).toBe(true)
    await page.context().close()
  })
})

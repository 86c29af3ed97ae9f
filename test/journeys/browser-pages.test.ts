import { states } from '@sijil/qualifications'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { routes } from '../../functions/routes.ts'
import { startGateway } from '../../infra/local/gateway.ts'
import { axeFindings, openBrowser, scrollsSideways, unmarkedEnglish, visit } from '../support/browser.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'

/** What holds of every real page: it can be read by everybody, runs nothing foreign, keeps nothing, and never guesses. */

let registry: OpenRegistry
let browser: Browser

beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const linkOf = (name: string): string =>
  registry.demonstration.certificates.find((certificate) => certificate.case === name)?.link ?? ''
const pathOf = (name: string) => new URL(linkOf(name)).pathname

// biome-ignore format: it reads as a table
const linked = [
  'in-force', 'no-framework-level', 'part-qualification', 'mra-title', 'issuer-suspended-since',
  'revoked', 'suspended', 'superseded', 'expired', 'out-of-scope',
] as const
const sentIn = ['altered', 'not-recorded', 'issuer-unknown'] as const

// biome-ignore format: it reads as a table
const addresses: Record<string, (() => string) | string> = {
  home: '/', issuers: '/issuers', 'issuers, none found': '/issuers?s=nobody',
  'issuers of a sector': '/issuers?c=PH&field=07&level=PQF.2&standing=authorised', 'issuers, none of a sector': '/issuers?field=09&standing=pilot&level=AQRF.3',
  authorities: '/authorities', 'authorities of a state': '/authorities?state=MM', 'an authority': '/issuers/demo-th-onec', 'a centre': '/centres/demo-ph-centre-taguig',
  'an issuer, about one qualification': '/issuers/demo-ph-tesda?as-of=2025-03-02&qualification=ph-masonry-nc2',
  'an issuer': '/issuers/demo-id-lsp', 'an issuer as of a day': '/issuers/demo-id-lsp?as-of=2026-01-15', 'the sandbox': '/issuers/sandbox',
  'a qualification': '/qualifications/ph-masonry-nc2', 'a framework': '/frameworks/PQF', 'a framework without levels': '/frameworks/CQF',
  'the reference framework': '/frameworks/AQRF', 'a problem': '/problems/revoked', 'a problem of a request': '/problems/validation-failed',
  'the states': '/states', 'no such state': '/states/xx', 'two states to choose': '/states/compare',
  ...Object.fromEntries(states.map(({ iso2, name }) => [`the state of ${name}`, `/states/${iso2}`])),
  'two states': '/states/compare?one=ID&other=MY', 'two states without levels': '/states/compare?one=kh&other=th',
  'no such qualification': '/qualifications/none', 'a code that is none': '/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
  ...Object.fromEntries(linked.map((name) => [name, () => pathOf(name)])),
  'compared with a host': () => `${pathOf('in-force')}?host=MY`,
}
const addressOf = (name: string): string => {
  const address = addresses[name]
  return registry.baseUrl + (typeof address === 'function' ? address() : address)
}
const withLanguage = (address: string, language: string) =>
  `${address}${address.includes('?') ? '&' : '?'}lang=${language}`

/** One of each kind: another language changes the words of a page and nothing of how it is built. */
const inEachLanguage: readonly string[] = [
  'home',
  'issuers',
  'authorities of a state',
  'an authority',
  'a centre',
  'an issuer',
  'a qualification',
  'a framework',
  'a problem',
  'the states',
  'the state of Thailand',
  'two states',
  'in-force',
  'no-framework-level',
  'revoked',
  'compared with a host',
]

/** At both widths as it stands, at the narrowest with everything open. */
async function expectReadable(page: Page, about: string, widths = [390, 1280]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 })
    expect(await axeFindings(page), `${about}: axe at ${width} px`).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 844 })
  await page.evaluate('for (const each of document.querySelectorAll("details:not(.lang)")) each.open = true')
  expect(await scrollsSideways(page), `${about}: scrolls sideways at 320 px`).toBe(false)
}

describe.each(['en', 'th'])('W023, in %s', (language) => {
  test.concurrent.each(Object.keys(addresses))(
    '%s: axe finds nothing, nothing scrolls sideways, nothing is foreign',
    { timeout: 60_000 },
    async (name) => {
      const { page, faults, close } = await visit(browser, withLanguage(addressOf(name), language))
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      await expectReadable(page, name, language === 'en' || inEachLanguage.includes(name) ? [390, 1280] : [])
      if (language === 'th') expect(await unmarkedEnglish(page)).toEqual([])
      // Chromium reports a 404 as an error.
      expect(faults.filter((fault) => !fault.includes('404'))).toEqual([])
      const show = page.locator('form[method=post][action^="/v/"] button')
      if ((linked as readonly string[]).includes(name)) {
        await page.setViewportSize({ width: 390, height: 844 })
        await show.first().click()
        await page.locator('.big').first().waitFor()
        // The same page with some rows more: each language at one of the widths.
        await expectReadable(page, `${name}, with the name`, [language === 'en' ? 390 : 1280])
      } else if (name !== 'compared with a host') expect(await show.count()).toBe(0)
      await close()
    },
  )

  test.concurrent.each(sentIn)('%s, sent in as a file', { timeout: 60_000 }, async (name) => {
    const { page, close } = await visit(browser, withLanguage(`${registry.baseUrl}/`, language))
    const file = registry.fileOf(name)
    await page.locator('#document').setInputFiles(file)
    await page.locator('[data-file-form] button').click()
    await page.locator('.verdict').waitFor()
    await expectReadable(page, name)
    await close()
  })
})

test('no link of any page leads nowhere', async () => {
  const seen = new Map<string, string>()
  for (const name of Object.keys(addresses)) {
    const { text } = await registry.ask(addressOf(name).slice(registry.baseUrl.length), {
      headers: { accept: 'text/html' },
    })
    for (const [, path = ''] of text.matchAll(/(?:href|src)="(\/[^"#]*)/g))
      seen.set(path.replaceAll('&amp;', '&'), name)
  }
  expect(seen.size).toBeGreaterThan(20)
  for (const [path, name] of seen) {
    const { status } = await registry.ask(path, { headers: { accept: 'text/html' } })
    expect(status, `${path}, on ${name}`).toBe(200)
  }
})

test('I42, I44, I46: a result runs nothing of its own, sends no referrer, is kept nowhere and framed nowhere', async () => {
  const { headers, text } = await registry.ask(pathOf('in-force'), { headers: { accept: 'text/html' } })
  const policy = headers.get('content-security-policy') ?? ''
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ])
    expect(policy).toContain(part)
  expect(policy).not.toMatch(/unsafe|\*/)
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-robots-tag')).toContain('noindex')
  expect(headers.get('set-cookie')).toBeNull()
  expect(text).toContain('<meta name="robots" content="noindex">')
  expect(text).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc="\/assets\/)|\son\w+=|og:|twitter:/)

  const { page, faults, close } = await visit(browser, linkOf('in-force'))
  await page.getByRole('button', { name: 'Show the name' }).click()
  await page.getByText('Name as printed').waitFor()
  expect(await page.context().cookies()).toEqual([])
  expect((await page.context().storageState()).origins).toEqual([])
  expect(await page.evaluate('[document.referrer, localStorage.length, sessionStorage.length].join()')).toBe(',0,0')
  expect(faults).toEqual([])
  await page.goto('about:blank')
  await page.setContent(`<iframe src="${linkOf('in-force')}"></iframe>`)
  await page.waitForTimeout(500)
  const framed = await Promise.all(
    page
      .frames()
      .slice(1)
      .map((frame) => frame.content()),
  )
  expect(framed.join()).not.toContain('Valid')
  await close()
})

describe('W013: while the store does not answer', () => {
  let closeDown: () => Promise<void>
  let down: string
  let before: string | undefined

  /** The same function, started anew where there is no store. */
  beforeAll(async () => {
    before = process.env.AWS_ENDPOINT_URL_DYNAMODB
    process.env.AWS_ENDPOINT_URL_DYNAMODB = 'http://127.0.0.1:9'
    vi.resetModules()
    const { handler } = await import('../../functions/pages.ts')
    const gateway = await startGateway({
      port: 0,
      baseUrl: registry.baseUrl,
      routes: routes.filter((row) => row.function === 'pages'),
      handlers: {
        pages: handler as (
          event: APIGatewayProxyEventV2,
          context: Context,
        ) => Promise<APIGatewayProxyStructuredResultV2>,
      },
    })
    closeDown = gateway.close
    down = gateway.url
  })
  afterAll(async () => {
    // The SDK reads it at the first request, not when a client is made.
    process.env.AWS_ENDPOINT_URL_DYNAMODB = before
    await closeDown?.()
  })

  test.each([true, false])('a link says that nothing can be confirmed now, with scripts: %s', async (scripts) => {
    const { page, close } = await visit(browser, down + pathOf('in-force'), { scripts })
    expect(await page.locator('h1').textContent()).toBe('Cannot confirm now')
    expect(await page.locator('.verdict.am').count()).toBe(1)
    expect(await page.locator('main').innerText()).toContain('neither a yes nor a no')
    await close()
  })

  test('a code and a file say the same, and the start page still opens', async () => {
    const { page, close } = await visit(browser, `${down}/`, { scripts: false })
    expect(await page.locator('h1').textContent()).toBe('Check a skills certificate')
    await page.locator('#code').fill(pathOf('in-force').slice('/v/'.length))
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    expect(await page.locator('h1').textContent()).toBe('Cannot confirm now')
    await page.goto(`${down}/`)
    const file = registry.fileOf('in-force')
    await page.locator('#document').setInputFiles(file)
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.locator('.verdict.am').waitFor()
    expect(await page.locator('h1').textContent()).toMatch(/^Cannot (?:confirm now|say)$/)
    await close()
  })
})

/** `PICTURES=docs/images npx vitest run test/journeys/browser-pages.test.ts -t pictures` renews the pictures of the README. */
test.runIf(process.env.PICTURES !== undefined)('pictures for the README', async () => {
  for (const [name, width, height, deviceScaleFactor] of [
    ['phone', 390, 844, 2],
    ['desktop', 1280, 900, 1],
  ] as const) {
    const { page, close } = await visit(browser, linkOf('in-force'), { width, deviceScaleFactor })
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${process.env.PICTURES}/verdict-${name}.png` })
    await close()
  }
})

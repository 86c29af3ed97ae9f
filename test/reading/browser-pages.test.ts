import { states } from '@sijil/qualifications'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  axeFindings,
  openBrowser,
  openDetails,
  openReader,
  type Reader,
  scrollsSideways,
  unmarkedEnglish,
  visit,
} from '../support/browser.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'
import { isWhole, sampled } from '../support/whole.ts'

/** Rules for every real page: everybody can read it, it runs nothing foreign, it stores nothing in the browser, and all its links open. */

let registry: SharedRegistry
let browser: Browser
let reader: Reader

beforeAll(async () => {
  ;[registry, browser] = await Promise.all([sharedRegistry(), openBrowser()])
  reader = await openReader(browser, { axe: isWhole })
})
afterAll(async () => {
  await browser?.close()
})

const linkOf = (name: string): string =>
  registry.demonstration.certificates.find((certificate) => certificate.case === name)?.link ?? ''
const pathOf = (name: string) => new URL(linkOf(name)).pathname

// biome-ignore format: it reads as a table
const linked = [
  'in-force', 'edition-ended', 'no-framework-level', 'part-qualification', 'mra-title', 'issuer-suspended-since',
  'revoked', 'suspended', 'superseded', 'expired', 'out-of-scope',
] as const
/** Only these offer the name. */
const counting = linked.slice(0, linked.indexOf('revoked'))
const sentIn = ['altered', 'not-recorded', 'issuer-unknown'] as const

// biome-ignore format: it reads as a table
const addresses: Record<string, (() => string) | string> = {
  home: '/', issuers: '/issuers', 'issuers, none found': '/issuers?s=nobody',
  'issuers of a sector': '/issuers?c=PH&field=07&level=PQF.2&standing=authorised', 'issuers, none of a sector': '/issuers?field=09&standing=pilot&level=AQRF.3',
  authorities: '/authorities', 'authorities of a state': '/authorities?state=MM', 'an authority': '/issuers/demo-th-onec', 'a centre': '/centres/demo-ph-centre-taguig', centres: '/centres', 'centres of a state': '/centres?state=PH', 'no centres': '/centres?state=BN',
  'an issuer, about one qualification': '/issuers/demo-ph-tesda?as-of=2025-03-02&qualification=ph-masonry-nc2',
  'an issuer': '/issuers/demo-id-lsp', 'an issuer as of a day': '/issuers/demo-id-lsp?as-of=2026-01-15', 'the sandbox': '/issuers/sandbox',
  'a qualification': '/qualifications/ph-masonry-nc2', 'a framework': '/frameworks/PQF', 'a framework without levels': '/frameworks/CQF',
  'the reference framework': '/frameworks/AQRF', 'a problem': '/problems/revoked', 'a problem of a request': '/problems/validation-failed',
  qualifications: '/qualifications?q=masonry&state=PH&occupation=7112', 'qualifications, none found': '/qualifications?q=nothing&level=PQF', 'all qualifications': '/qualifications',
  'a unit': '/units?code=CON712301', 'no unit': '/units?code=none', 'an occupation': '/occupations/7112',
  'a qualification on a day': '/qualifications/ph-masonry-nc2?on=2026-01-15', 'a framework before its referencing': '/frameworks/PQF?on=2018-01-01',
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

/** One page of each template, for axe. Other entries and another language change the words and not the structure. */
const templates: readonly string[] = [
  'home',
  'issuers',
  'authorities of a state',
  'an authority',
  'a centre',
  'centres',
  'an issuer',
  'a qualification',
  'qualifications',
  'a unit',
  'an occupation',
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

/** `pages.test.ts` runs axe over the same templates, also by `npm test`. */
const axeWidths = isWhole ? [1280, 390] : []

/** Checks the page as it opens on a desktop and a phone, and at the narrowest width with everything opened. */
async function expectReadable(page: Page, about: string, { withAxe }: { withAxe: boolean }): Promise<void> {
  for (const width of withAxe ? axeWidths : []) {
    await page.setViewportSize({ width, height: 844 })
    expect(await axeFindings(page), `${about}: axe at ${width} px`).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 844 })
  await openDetails(page)
  expect(await scrollsSideways(page), `${about}: scrolls sideways at 320 px`).toBe(false)
}

/** The sample in English is small, because `pages.test.ts` has each template and `browser.test.ts` each result in English. */
const inEnglish = ['home', 'an issuer', 'in-force', 'compared with a host']
/** The sample: in Thai, one page of each template, and every result. */
const visited = (language: string) =>
  Object.keys(addresses).filter((name) => {
    if (isWhole) return true
    return language === 'en' ? inEnglish.includes(name) : [...templates, ...linked].includes(name)
  })

describe.each(['en', 'th'])('W023, in %s', (language) => {
  test.each(visited(language))('%s: axe finds nothing, nothing scrolls sideways, nothing is foreign', async (name) => {
    const page = await reader.open(withLanguage(addressOf(name), language))
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    if (language === 'th') expect(await unmarkedEnglish(page)).toEqual([])
    const withAxe = language === 'en' && templates.includes(name)
    await expectReadable(page, name, { withAxe })
    // Chromium reports a 404 as an error.
    expect(reader.faults.filter((fault) => !fault.includes('404'))).toEqual([])
    const show = page.locator('form[method=post][action^="/v/"] button')
    if ((counting as readonly string[]).includes(name)) {
      await page.setViewportSize({ width: 390, height: 844 })
      await show.first().click()
      await page.locator('.big').first().waitFor()
      await expectReadable(page, `${name}, with the name`, { withAxe })
    } else if (name !== 'compared with a host') expect(await show.count()).toBe(0)
  })

  test.each(isWhole || language === 'th' ? sentIn : [])('%s, sent as a file', async (name) => {
    const page = await reader.open(withLanguage(`${registry.baseUrl}/`, language))
    await page.locator('#document').setInputFiles(registry.fileOf(name))
    await page.locator('[data-file-form] button').click()
    await page.locator('.verdict').waitFor()
    await expectReadable(page, name, { withAxe: language === 'en' })
  })
})

test('every name in a real chain has its country, and so has a body that awards a qualification', async () => {
  for (const [path, country, inVerdict] of [
    [pathOf('in-force'), '(ฟิลิปปินส์)', 'ของประเทศฟิลิปปินส์'],
    [pathOf('suspended'), '(ไทย)', '(ไทย)'],
    [pathOf('mra-title'), '(ASEAN)', 'ของภูมิภาค ASEAN'],
  ] as const) {
    const page = await reader.open(`${registry.baseUrl}${path}?lang=th`)
    expect(await page.locator('.v-in').innerText()).toContain(inVerdict)
    const names = await page.locator('section:has-text("ใครอยู่เบื้องหลัง") > ol.chain h3').allInnerTexts()
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !name.endsWith(country))).toEqual([])
  }
  const page = await reader.open(`${registry.baseUrl}/qualifications/ph-masonry-nc2`)
  expect(await page.locator('dl.sum').innerText()).toContain('Development Authority (Philippines)')
})

test('every link of every page opens', async () => {
  const ask = (path: string) => registry.ask(path, { headers: { accept: 'text/html' } })
  const opened = new Set<string>()
  const seen = new Map<string, string>()
  for (const name of Object.keys(addresses)) {
    const address = addressOf(name).slice(registry.baseUrl.length)
    const { status, text } = await ask(address)
    if (status === 200) opened.add(address)
    for (const [, path = ''] of text.matchAll(/(?:href|src)="(\/[^"#]*)/g))
      seen.set(path.replaceAll('&amp;', '&'), name)
  }
  expect(seen.size).toBeGreaterThan(20)
  const others = [...seen].filter(([path]) => !opened.has(path))
  for (const [path, name] of sampled(others, { kept: 40, step: 5 }))
    expect((await ask(path)).status, `${path}, on ${name}`).toBe(200)
})

test('I42, I44, I46: a result runs no inline script, sends no referrer, and is neither cached, stored nor framed', async () => {
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
  expect(text).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc="\/assets\/)|\son\w+=|og:url|twitter:/)

  const { page, faults, close } = await visit(browser, linkOf('in-force'))
  await page.getByRole('button', { name: 'Show the name' }).click()
  await page.getByText('Name as printed').waitFor()
  expect(await page.context().cookies()).toEqual([])
  expect((await page.context().storageState()).origins).toEqual([])
  expect(await page.evaluate('[document.referrer, localStorage.length, sessionStorage.length].join()')).toBe(',0,0')
  expect(faults).toEqual([])
  await page.goto('about:blank')
  await page.setContent(`<iframe src="${linkOf('in-force')}"></iframe>`)
  const framed = await Promise.all(
    page
      .frames()
      .slice(1)
      .map((frame) => frame.content()),
  )
  expect(framed.join()).not.toContain('Valid')
  await close()
})

/** `PICTURES=docs/images npx vitest run test/reading/browser-pages.test.ts -t pictures` renews the pictures of the README. */
test.runIf(process.env.PICTURES !== undefined)('pictures for the README', async () => {
  for (const [name, width, height, deviceScaleFactor] of [
    ['phone', 390, 844, 2],
    ['desktop', 1280, 900, 1],
  ] as const) {
    const { page, close } = await visit(browser, linkOf('signed-aqrf-level'), { width, deviceScaleFactor })
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${process.env.PICTURES}/verdict-${name}.png` })
    await close()
  }
})

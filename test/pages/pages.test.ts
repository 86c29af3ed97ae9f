import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aCertificate, aToken } from '../../packages/web/src/test-values.ts'
import {
  axeFindings,
  openBrowser,
  openDetails,
  openReader,
  photoOf,
  type Reader,
  scrollsSideways,
  visit,
} from '../support/browser.ts'
import { isWhole } from '../support/whole.ts'
import { everyPage } from './catalogue.ts'
import { openSite, type Site } from './site.ts'

const pages = everyPage()
/** The sample: the first page of each template, each page with a CSS class that no page before it has, and those with difficult names. */
const builtAnew = new Set<string>()
const [classes, templates] = [new Set<string>(), new Set<string>()]
for (const [path, pageOf] of Object.entries(pages)) {
  const own = [...pageOf('http://localhost').matchAll(/class="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' '))
  const template = path.replace(/-.*/, '')
  if (!templates.has(template) || own.some((name) => !classes.has(name))) builtAnew.add(path)
  templates.add(template)
  for (const name of own) classes.add(name)
}
let browser: Browser
let site: Site
/** A phone and a desktop. */
let narrow: Reader
let wide: Reader

beforeAll(async () => {
  browser = await openBrowser()
  site = await openSite((path, origin) => pages[path === '/check' ? '/state-0' : path]?.(origin))
  ;[narrow, wide] = await Promise.all([openReader(browser), openReader(browser, { width: 1280 })])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** Excluded below: other tests show the result page with larger text. */
const ofResults = /^\/(?:state-\d|shown|same-day|burmese|thai|no-host|sent-in)/

const open = (path: string, how: { width: number; scripts?: boolean }) => visit(browser, site.origin + path, how)

test('the name of an issuer is always followed by its country, in the verdict and in each link of the chain', async () => {
  const inParentheses = { '/state-0': '(Philippines)', '/thai': '(ฟิลิปปินส์)' }
  const inSentences = { '/state-0': 'of the Philippines.', '/thai': 'ของประเทศฟิลิปปินส์' }
  for (const reader of [narrow, wide])
    for (const [path, country] of Object.entries(inParentheses)) {
      const page = await reader.open(site.origin + path)
      const sentence = await page.locator('.v-by').innerText()
      expect(sentence.endsWith(inSentences[path as keyof typeof inSentences])).toBe(true)
      const names = await page.locator('ol.chain h3 >> visible=true').allInnerTexts()
      expect(names.filter((name) => name.endsWith(country))).toHaveLength(2)
    }
})

test('a listed body without an accreditation is not called unknown', async () => {
  for (const reader of [narrow, wide]) {
    const words = await (await reader.open(`${site.origin}/issuers-many`)).locator('main').innerText()
    expect(words).toContain('No accreditation recorded')
    expect(words).not.toContain('Not known here')
  }
})

describe('W023: every page and state', () => {
  const visited = Object.keys(pages).filter((path) => isWhole || builtAnew.has(path) || /thai|burmese|long/.test(path))
  test.each(visited)('%s', async (path) => {
    const page = await wide.open(site.origin + path)
    if (isWhole) expect(await axeFindings(page), 'axe at 1280 px').toEqual([])
    expect(await scrollsSideways(page), 'scrolls sideways at 1280 px').toBe(false)

    // A page has no script that depends on the width, so it need not be loaded again.
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await scrollsSideways(page), 'scrolls sideways at 390 px').toBe(false)
    // Tables stack on a phone, so none of them hides a part of its words beyond the edge of its box.
    const cut = "[...document.querySelectorAll('.tw')].filter((box) => box.scrollWidth > box.clientWidth).length"
    expect(await page.evaluate(cut), 'tables wider than the screen').toBe(0)
    if (!ofResults.test(path))
      for (const size of ['150%', '200%', '100%']) {
        await page.evaluate(`document.documentElement.style.fontSize = '${size}'`)
        expect(await scrollsSideways(page), `scrolls sideways with text of ${size}`).toBe(false)
      }
    // 320 px with everything opened shows all that 390 px shows, and more.
    await page.setViewportSize({ width: 320, height: 844 })
    await openDetails(page)
    if (isWhole || builtAnew.has(path)) expect(await axeFindings(page), 'axe at 320 px').toEqual([])
    expect(await scrollsSideways(page), 'scrolls sideways at 320 px').toBe(false)
    expect(wide.faults).toEqual([])
  })
})

describe('a verdict fits its box', () => {
  test.each([
    ['/same-day', 320, 100],
    ['/same-day-th', 320, 100],
    ['/same-day-th', 360, 100],
    ['/same-day', 390, 150],
    ['/same-day', 390, 200],
    ['/same-day-th', 390, 200],
  ])(
    '%s at %i px, with text of %i per cent: nothing is wider than the box that cuts it off',
    async (path, width, size) => {
      const { page } = await open(path, { width })
      await page.evaluate(`document.documentElement.style.fontSize = "${size}%"`)
      const beyond = await page.evaluate(`(() => {
      const edge = document.querySelector('.verdict').getBoundingClientRect().right
      const within = [...document.querySelectorAll('.verdict *')]
      return within.filter((each) => each.getBoundingClientRect().right > edge).map((each) => each.outerHTML)
    })()`)
      expect(beyond).toEqual([])
      expect(await scrollsSideways(page)).toBe(false)
      await page.context().close()
    },
  )
})

describe('with the settings of readers', () => {
  test.each(['/state-0', '/state-2', '/thai', '/qualification'])(
    'at twice the text size %s has no column of single letters, and does not scroll sideways, on the smallest screen',
    { timeout: 60_000 },
    async (path) => {
      const { page } = await open(path, { width: 320 })
      await page.evaluate('document.documentElement.style.fontSize = "200%"')
      await openDetails(page)
      expect(await scrollsSideways(page)).toBe(false)
      // A block with a sentence must be at least two fifths as wide as the page.
      const slivers = await page.evaluate(`(() => {
        const holds = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim().length > 12)
        const blockOf = (each) => (getComputedStyle(each).display === 'inline' ? blockOf(each.parentElement) : each)
        const sentences = [...document.querySelectorAll('main *')].filter((each) => !each.closest('svg') && holds(each))
        const widthOf = (each) => blockOf(each).getBoundingClientRect().width
        return sentences.filter((each) => widthOf(each) > 0 && widthOf(each) < innerWidth * 0.4).map((each) => each.outerHTML)
      })()`)
      expect(slivers).toEqual([])
      await page.context().close()
    },
  )

  test.each(['/compare', '/state'])('on %s the number of a source is a target of 24 pixels', async (path) => {
    const { page } = await open(path, { width: 390 })
    const small = await page.evaluate(`(() => {
      const boxes = [...document.querySelectorAll('.cite a')].map((link) => link.getBoundingClientRect())
      return boxes.length === 0 ? 'none' : boxes.filter(({ width, height }) => width < 24 || height < 24).length
    })()`)
    expect(small).toBe(0)
    await page.context().close()
  })

  test('in forced colours only the current page is underlined in the navigation', async () => {
    const { page } = await open('/issuers', { width: 390 })
    await page.emulateMedia({ forcedColors: 'active' })
    const lines = await page.evaluate<string[]>(
      '[...document.querySelectorAll(".nav a")].map((link) => getComputedStyle(link).borderBottomColor === getComputedStyle(document.documentElement).backgroundColor ? "none" : link.textContent)',
    )
    expect(lines).toEqual(['none', 'Issuers', 'none'])
    await page.context().close()
  })

  test.each(['closed', 'open'])('paper shows every unit once, with the other units %s on the screen', async (how) => {
    const { page } = await open('/state-0', { width: 1280 })
    if (how === 'open') await page.getByText('Show the other units').click()
    await page.emulateMedia({ media: 'print' })
    for (const { title } of aCertificate().units)
      expect(await page.getByText(title, { exact: true }).filter({ visible: true }).count(), title).toBe(1)
    expect(await page.getByText('Show the other units').isVisible()).toBe(false)
    await page.context().close()
  })

  test('paper keeps the head of a table with its first row, shows no button, and shows the address', async () => {
    const { page } = await open('/issuer', { width: 1280 })
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate('getComputedStyle(document.querySelector("thead")).breakAfter')).toBe('avoid')
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await page.getByText('word for word').first().isVisible()).toBe(false)
    await page.goto(`${site.origin}/`)
    expect(await page.locator('.addr').innerText()).toContain(new URL(site.origin).host)
    expect(await page.getByText('or', { exact: true }).first().isVisible()).toBe(false)
    await page.context().close()
  })
})

describe('without scripts', () => {
  test('the verdict, the evidence and the button for the name are shown', async () => {
    const { page } = await open('/state-0', { width: 390, scripts: false })
    expect(await page.locator('h1').textContent()).toBe('Valid')
    expect(await page.getByRole('button', { name: 'Show the name' }).isVisible()).toBe(true)
    expect(await page.locator('[data-print]').isVisible()).toBe(false)
    await page.context().close()
  })

  test('no photo is asked for, because only a script can read it', async () => {
    const { page } = await open('/', { width: 390, scripts: false })
    expect(await page.locator('#photo').isVisible()).toBe(false)
    expect(await page.getByText('JavaScript is needed').isVisible()).toBe(true)
    await page.context().close()
  })

  test('a code is sent by a plain POST', async () => {
    const { page } = await open('/', { width: 390, scripts: false })
    await page.getByLabel('Link or code').fill(aToken)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    expect(site.posted.at(-1)).toEqual({ path: '/check', body: `code=${aToken}` })
    expect(await page.locator('[data-start]').count()).toBe(0) // the answer, not the form
    await page.context().close()
  })
})

describe('with scripts', () => {
  test('the device reads a photo of our code, shows its host, and sends only the code', async () => {
    const { page, faults } = await open('/', { width: 390 })
    await page.setInputFiles('#photo', photoOf(`${site.origin}/v/${aToken.toLowerCase()}`))
    await page.getByText(`Opening a result at ${new URL(site.origin).host}`).waitFor()
    await page.locator('.verdict').waitFor()
    expect(site.posted.at(-1)).toEqual({ path: '/check', body: `code=${aToken}` })
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('a link with a slash at its end opens, and another page of this registry is not called foreign', async () => {
    const { page } = await open('/', { width: 390 })
    await page.setInputFiles('#photo', photoOf(`${site.origin}/qualifications/ph-masonry-nc2`))
    await page.getByText('Not opened: this is a page of this registry, not a certificate.').waitFor()
    await page.setInputFiles('#photo', photoOf(`${site.origin}/v/${aToken}/`))
    await page.locator('.verdict').waitFor()
    expect(site.posted.at(-1)).toEqual({ path: '/check', body: `code=${aToken}` })
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
  ])('W020: %s is refused in words, and nothing is opened', async (text, words) => {
    const { page, faults } = await open('/', { width: 390 })
    await page.clock.install()
    const before = site.posted.length
    await page.setInputFiles('#photo', photoOf(text))
    await page.getByText(words).waitFor()
    await page.clock.runFor(60_000)
    expect(page.url()).toBe(`${site.origin}/`)
    expect(site.posted.length).toBe(before)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('a code that holds a whole certificate is sent as its file', async () => {
    const { page } = await open('/', { width: 390 })
    await page.setInputFiles('#photo', photoOf('{"a":1}'))
    await page.locator('.verdict').waitFor()
    expect(site.posted.at(-1)?.body).toMatch(/name="document"; filename="certificate.json"[\s\S]*\{"a":1\}/)
    await page.context().close()
  })

  test('a picture without a code is refused in words', async () => {
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

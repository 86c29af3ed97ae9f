import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { aCertificate, aToken } from '../../packages/web/src/test-values.ts'
import {
  axeFindings,
  openBrowser,
  openDetails,
  openReader,
  photoOf,
  type Reader,
  scrollsSideways,
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
/** Excluded below: other tests show the result page with larger text. */
const ofResults = /^\/(?:state-\d|shown|same-day|burmese|thai|no-host|sent-in)/

let browser: Browser
let site: Site
let reader: Reader
let withoutScripts: Reader

beforeAll(async () => {
  browser = await openBrowser()
  site = await openSite((path, origin) => pages[path === '/check' ? '/state-0' : path]?.(origin))
  ;[reader, withoutScripts] = await Promise.all([openReader(browser), openReader(browser, { scripts: false })])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const open = (path: string, width?: number) => reader.open(site.origin + path, width)
/** A phone and a desktop. No script depends on the width, so a page need not be loaded again for another one. */
const widths = [390, 1280]
const resize = (page: Page, width: number) => page.setViewportSize({ width, height: 844 })
const setTextSize = (page: Page, percent: number) =>
  page.evaluate(`document.documentElement.style.fontSize = '${percent}%'`)

test('the name of an issuer is always followed by its country, in the verdict and in each link of the chain', async () => {
  const inParentheses = { '/state-0': '(Philippines)', '/thai': '(ฟิลิปปินส์)' }
  const inSentences = { '/state-0': 'of the Philippines.', '/thai': 'ของประเทศฟิลิปปินส์' }
  for (const [path, country] of Object.entries(inParentheses)) {
    const page = await open(path)
    for (const width of widths) {
      await resize(page, width)
      const sentence = await page.locator('.v-by').innerText()
      expect(sentence.endsWith(inSentences[path as keyof typeof inSentences])).toBe(true)
      const names = await page.locator('ol.chain h3 >> visible=true').allInnerTexts()
      expect(names.filter((name) => name.endsWith(country))).toHaveLength(2)
    }
  }
})

test('a listed body without an accreditation is not called unknown', async () => {
  const page = await open('/issuers-many')
  for (const width of widths) {
    await resize(page, width)
    const words = await page.locator('main').innerText()
    expect(words).toContain('No accreditation recorded')
    expect(words).not.toContain('Not known here')
  }
})

describe('W023: every page and state', () => {
  let withAxe: Reader
  beforeAll(async () => {
    withAxe = await openReader(browser, { width: 1280, axe: true })
  })
  afterAll(() => withAxe.close())

  const visited = Object.keys(pages).filter((path) => isWhole || builtAnew.has(path) || /thai|burmese|long/.test(path))
  test.each(visited)('%s', async (path) => {
    const isGivenToAxe = isWhole || builtAnew.has(path)
    const wide = isGivenToAxe ? withAxe : reader
    const page = await wide.open(site.origin + path, 1280)
    if (isWhole) expect(await axeFindings(page), 'axe at 1280 px').toEqual([])
    expect(await scrollsSideways(page), 'scrolls sideways at 1280 px').toBe(false)

    await resize(page, 390)
    expect(await scrollsSideways(page), 'scrolls sideways at 390 px').toBe(false)
    // Tables stack on a phone, so none of them hides a part of its words beyond the edge of its box.
    const cut = "[...document.querySelectorAll('.tw')].filter((box) => box.scrollWidth > box.clientWidth).length"
    expect(await page.evaluate(cut), 'tables wider than the screen').toBe(0)
    if (!ofResults.test(path)) expect(await textSizesThatScroll(page), 'scrolls sideways with larger text').toEqual([])
    // 320 px with everything opened shows all that 390 px shows, and more.
    await resize(page, 320)
    await openDetails(page)
    if (isGivenToAxe) expect(await axeFindings(page), 'axe at 320 px').toEqual([])
    expect(await scrollsSideways(page), 'scrolls sideways at 320 px').toBe(false)
    expect(wide.faults).toEqual([])
  })

  /** The sizes of text, in per cent, with which the page scrolls sideways. */
  const textSizesThatScroll = (page: Page) =>
    page.evaluate(`(() => {
      const root = document.documentElement
      const found = [150, 200].filter((size) => {
        root.style.fontSize = size + '%'
        return root.scrollWidth > root.clientWidth
      })
      root.style.fontSize = ''
      return found
    })()`)
})

describe.skipIf(isWhole)('a verdict fits its box', () => {
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
      const page = await open(path, width)
      await setTextSize(page, size)
      const beyond = await page.evaluate(`(() => {
      const edge = document.querySelector('.verdict').getBoundingClientRect().right
      const within = [...document.querySelectorAll('.verdict *')]
      return within.filter((each) => each.getBoundingClientRect().right > edge).map((each) => each.outerHTML)
    })()`)
      expect(beyond).toEqual([])
      expect(await scrollsSideways(page)).toBe(false)
    },
  )
})

describe.skipIf(isWhole)('with the settings of readers', () => {
  test.each(['/state-0', '/state-2', '/thai', '/qualification'])(
    'at twice the text size %s has no column of single letters, and does not scroll sideways, on the smallest screen',
    { timeout: 60_000 },
    async (path) => {
      const page = await open(path, 320)
      await setTextSize(page, 200)
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
    },
  )

  test.each(['/compare', '/state'])('on %s the number of a source is a target of 24 pixels', async (path) => {
    const page = await open(path)
    const small = await page.evaluate(`(() => {
      const boxes = [...document.querySelectorAll('.cite a')].map((link) => link.getBoundingClientRect())
      return boxes.length === 0 ? 'none' : boxes.filter(({ width, height }) => width < 24 || height < 24).length
    })()`)
    expect(small).toBe(0)
  })

  test('in forced colours only the current page is underlined in the navigation', async () => {
    const page = await open('/issuers')
    await page.emulateMedia({ forcedColors: 'active' })
    const lines = await page.evaluate<string[]>(
      '[...document.querySelectorAll(".nav a")].map((link) => getComputedStyle(link).borderBottomColor === getComputedStyle(document.documentElement).backgroundColor ? "none" : link.textContent)',
    )
    await page.emulateMedia({ forcedColors: null })
    expect(lines).toEqual(['none', 'Issuers', 'none'])
  })

  test('paper shows every unit once, with the other units closed and open on the screen', async () => {
    const page = await onPaper('/state-0')
    for (const how of ['closed', 'open']) {
      for (const { title } of aCertificate().units)
        expect(await page.getByText(title, { exact: true }).filter({ visible: true }).count(), `${how}: ${title}`).toBe(
          1,
        )
      expect(await page.getByText('Show the other units').isVisible()).toBe(false)
      await page.emulateMedia({ media: 'screen' })
      await page.getByText('Show the other units').click()
      await page.emulateMedia({ media: 'print' })
    }
  })

  test('paper keeps the head of a table with its first row, shows no button, and shows the address', async () => {
    const page = await onPaper('/issuer')
    expect(await page.evaluate('getComputedStyle(document.querySelector("thead")).breakAfter')).toBe('avoid')
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await page.getByText('word for word').first().isVisible()).toBe(false)
    await page.goto(`${site.origin}/`)
    expect(await page.locator('.addr').innerText()).toContain(new URL(site.origin).host)
    expect(await page.getByText('or', { exact: true }).first().isVisible()).toBe(false)
  })

  test('the way back from a page of a track is one text beside its arrow', async () => {
    for (const path of ['/profile', '/profile-th', '/portfolio', '/portfolio-th', '/steps']) {
      const page = await open(path, 390)
      // Each child of a flexible box is a column of its own.
      expect([path, await page.evaluate('document.querySelector(".crumb a").childNodes.length')]).toEqual([path, 2])
    }
  })

  test.each(['/track', '/track-th', '/steps', '/steps-th'])(
    'R-116: the brief of a track is one page: %s',
    async (path) => {
      const page = await onPaper(path)
      const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    },
  )

  async function onPaper(path: string): Promise<Page> {
    const page = await open(path, 1280)
    await page.emulateMedia({ media: 'print' })
    onTestFinished(() => page.emulateMedia({ media: null }))
    return page
  }
})

describe.skipIf(isWhole)('without scripts', () => {
  const open = (path: string) => withoutScripts.open(site.origin + path)

  test('the verdict, the evidence and the button for the name are shown', async () => {
    const page = await open('/state-0')
    expect(await page.locator('h1').textContent()).toBe('Valid')
    expect(await page.getByRole('button', { name: 'Show the name' }).isVisible()).toBe(true)
    expect(await page.locator('[data-print]').isVisible()).toBe(false)
  })

  test('no photo is asked for, because only a script can read it, and a code is sent by a plain POST', async () => {
    const page = await open('/')
    expect(await page.locator('#photo').isVisible()).toBe(false)
    expect(await page.getByText('This page needs JavaScript').isVisible()).toBe(true)
    await page.getByLabel('Link or code').fill(aToken)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    expect(site.posted.at(-1)).toEqual({ path: '/check', body: `code=${aToken}` })
    expect(await page.locator('[data-start]').count()).toBe(0) // the answer, not the form
  })
})

describe.skipIf(isWhole)('with scripts', () => {
  /** Its clock is an argument, so no test waits until a result that was found opens. */
  let phone: Reader
  beforeAll(async () => {
    phone = await openReader(browser)
    await phone.page.clock.install()
  })
  afterAll(() => phone.close())

  /** Opens the start page and chooses a photo of a code. */
  async function scan(text: string): Promise<Page> {
    const page = await phone.open(`${site.origin}/`)
    await page.setInputFiles('#photo', photoOf(text))
    return page
  }
  /** A result that was found opens after a second. */
  async function opened(page: Page): Promise<void> {
    await page.getByText(`Opening a result at ${new URL(site.origin).host}`).waitFor()
    await page.clock.runFor(1_000)
    await page.locator('.verdict').waitFor()
  }

  test('the device reads a photo of our code, shows its host, and sends only the code', async () => {
    await opened(await scan(`${site.origin}/v/${aToken.toLowerCase()}`))
    expect(site.posted.at(-1)).toEqual({ path: '/check', body: `code=${aToken}` })
    expect(phone.faults).toEqual([])
  })

  test('a link with a slash at its end opens, and another page of this registry is not called foreign', async () => {
    const page = await scan(`${site.origin}/qualifications/ph-masonry-nc2`)
    await page.getByText('Not opened: this is a page of this registry, not a certificate.').waitFor()
    await page.setInputFiles('#photo', photoOf(`${site.origin}/v/${aToken}/`))
    await opened(page)
    expect(site.posted.at(-1)).toEqual({ path: '/check', body: `code=${aToken}` })
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
    const before = site.posted.length
    const page = await scan(text)
    await page.getByText(words).waitFor()
    await page.clock.runFor(60_000)
    expect(page.url()).toBe(`${site.origin}/`)
    expect(site.posted.length).toBe(before)
    expect(phone.faults).toEqual([])
  })

  test('a code that holds a whole certificate is sent as its file', async () => {
    await opened(await scan('{"a":1}'))
    expect(site.posted.at(-1)?.body).toMatch(/name="document"; filename="certificate.json"[\s\S]*\{"a":1\}/)
  })

  test('a picture without a code is refused in words', async () => {
    const page = await phone.open(`${site.origin}/`)
    await page.setInputFiles('#photo', { name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
    await page.getByText('No QR code was found').waitFor()
  })

  test('a print button appears', async () => {
    const page = await open('/state-0')
    expect(await page.getByRole('button', { name: 'Print this result' }).isVisible()).toBe(true)
  })
})

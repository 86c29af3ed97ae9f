import { findQualification } from '@sijil/qualifications/shipped-baseline'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ResultValues, resultPage } from '../../packages/web/src/index.ts'
import { aCertificate, aContext, aResult, aVerification, verifications } from '../../packages/web/src/test-values.ts'
import { openBrowser, openReader, type Reader } from '../support/browser.ts'
import { openSite, type Site } from './site.ts'

const masonry = findQualification('ph-masonry-nc2')
if (masonry === undefined) throw new Error('the record that this file rests on is gone')

/** Issued by the demonstration's skills authority, as the registry answers it: a body that was established by law. */
function ofTesda(
  changes: Partial<ResultValues> = {},
  certificate: Parameters<typeof aCertificate>[0] = {},
): ResultValues {
  const { description } = masonry as { description: string }
  const verification = aVerification({
    certificate: aCertificate({ qualification: { ...aCertificate().qualification, description }, ...certificate }),
  })
  const { onIssueDate, today } = verification.issuer
  const chain = onIssueDate.chain.slice(1).map((link) => ({ ...link, root: true as const }))
  return aResult({
    verification: { ...verification, issuer: { onIssueDate: { ...onIssueDate, chain }, today: { ...today, chain } } },
    acronym: 'TESDA (demonstration)',
    kind: 'skills-certificate',
    ...changes,
  })
}

const { qualification } = aCertificate()
const units = masonry.units
const aPart = ofTesda(
  { wholeUnits: units },
  {
    units: units.slice(0, 2),
    qualification: {
      ...qualification,
      title: 'Masonry NC II (part: 2 of 5 units)',
      kind: 'MicroCredential',
      partOf: { id: qualification.id, title: 'Masonry NC II' },
    },
  },
)

/** Of 60 letters, in a script without spaces. */
const longName = 'မြတ်နိုးအောင်ကျော်စွာလင်းထက်နေမင်းသူရဇော်ဝင်းလှိုင်မြင့်မောင်မောင်'

const pages: Record<string, ResultValues> = {
  '/valid': ofTesda(),
  '/part': aPart,
  '/shown': ofTesda({ person: 'shown' }, { holder: { ...aCertificate().holder, nativeName: longName } }),
  '/jawi': ofTesda(
    { person: 'shown' },
    { holder: { ...aCertificate().holder, nativeName: 'ستي نور حليزا بنت عبدالله' } },
  ),
  '/notice': aResult({ verification: verifications['Valid, with a notice'] }),
  '/revoked': aResult({ verification: verifications['Not valid: revoked'] }),
  ...Object.fromEntries(
    Object.entries(verifications).map(([name, verification]) => [
      `/${encodeURIComponent(name)}`,
      aResult({ verification }),
    ]),
  ),
}

/** The inside of an A4 page with margins of 15 mm, at the 96 pixels an inch that CSS counts with. */
const paper = { width: Math.floor((180 / 25.4) * 96), height: Math.floor((267 / 25.4) * 96) }

let browser: Browser
let site: Site
let phone: Reader
/** Shows pages as they are printed. */
let printer: Reader
beforeAll(async () => {
  browser = await openBrowser()
  site = await openSite((address, origin) => {
    const { pathname, searchParams } = new URL(address, origin)
    const values = pages[pathname]
    const language = searchParams.get('lang') === 'th' ? 'th' : 'en'
    return values && resultPage(values, aContext({ baseUrl: origin, language }))
  })
  ;[phone, printer] = await Promise.all([openReader(browser), openReader(browser, { width: paper.width })])
  await printer.page.emulateMedia({ media: 'print' })
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const open = (path: string, language: 'en' | 'th', reader = phone) =>
  reader.open(`${site.origin}${path}?lang=${language}`)

/**
 * The browser of the tests has no Thai and no Burmese font, so it draws each vowel and tone mark as a box of its own. Every font of these scripts draws them above
 * or below a letter. Without them, a line is about as long as it really is.
 */
const withoutMarks = (page: Page) =>
  page.evaluate(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      node.data = node.data.replace(/[\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u102b-\\u103e]/g, '')
  })()`)

const firstScreen = 844
const onFirstScreen = {
  en: {
    '/valid': [
      ['h1', 'Valid'],
      ['.v-by', 'Issued by TESDA (demonstration), the skills authority of the Philippines.'],
      ['.v-mean', masonry.description],
      ['.v-in button', 'Show the name'],
      ['.ans > :nth-child(1)', 'On the day it was issued, 14 Mar 2025\nValid'],
      ['.ans > :nth-child(2)', 'Still valid'],
    ],
    '/part': [
      ['.who', '2 of 5 units, not the whole qualification'],
      ['.v-mean', 'Prepare masonry materials; Perform basic masonry works'],
      ['.v-in button', 'Show the name'],
      ['.ans > :nth-child(2)', 'Still valid'],
    ],
  },
  th: {
    '/valid': [
      ['h1', 'ใช้ได้'],
      ['.v-by', 'ออกโดย TESDA (demonstration) หน่วยงานด้านทักษะของประเทศฟิลิปปินส์'],
      ['.v-mean', masonry.description],
      ['.v-in button', 'แสดงชื่อ'],
      ['.ans > :nth-child(1)', 'ในวันที่ออก'],
      ['.ans > :nth-child(2)', 'ยังใช้ได้'],
    ],
    '/part': [
      ['.who', '2 จาก 5 หน่วย ไม่ครบคุณวุฒิ'],
      ['.ans > :nth-child(2)', 'ยังใช้ได้'],
    ],
  },
} as const

test.each([
  ['en', '/valid'],
  ['en', '/part'],
  ['th', '/valid'],
  ['th', '/part'],
] as const)('in %s, the first screen of a phone has the whole answer of %s', async (language, path) => {
  const page = await open(path, language)
  for (const [part, words] of onFirstScreen[language][path])
    expect(await page.locator(part).innerText()).toContain(words)
  await withoutMarks(page)
  for (const [part] of onFirstScreen[language][path]) {
    const box = await page.locator(part).boundingBox()
    expect(Math.round((box?.y ?? firstScreen) + (box?.height ?? 0)), part).toBeLessThanOrEqual(firstScreen)
  }
})

test('a certificate that does not count offers no name and no comparison of levels', async () => {
  for (const [path, { verification }] of Object.entries(pages)) {
    const counts = verification.verdict === 'valid'
    const document = resultPage({ ...aResult({ verification }) }, aContext())
    expect([path, document.includes('Show the name'), document.includes('id="levels"')]).toEqual([path, counts, counts])
  }
})

test.each([
  ['Asia/Bangkok', '06:30 (UTC+0) · 13:30 (UTC+7)'],
  ['Asia/Yangon', '06:30 (UTC+0) · 13:00 (UTC+6:30)'],
  ['Pacific/Honolulu', '06:30 (UTC+0) · 23 Nov 2026, 20:30 (UTC−10)'],
  ['UTC', '06:30 (UTC+0)'],
])('in %s the time of the check reads %s', async (timezoneId, words) => {
  const context = await browser.newContext({ timezoneId })
  const page = await context.newPage()
  await page.goto(`${site.origin}/valid`)
  expect(await page.locator('.ans time').innerText()).toBe(words)
  await context.close()
})

test.each(
  (['en', 'th'] as const).flatMap((language) =>
    (['/valid', '/shown', '/part', '/notice', '/revoked'] as const).map((path) => [path, language] as const),
  ),
)(
  '%s in %s: verdict, facts, name and code of ten units fit on one A4 page, and the evidence follows',
  async (path, language) => {
    const page = await open(path, language, printer)
    await withoutMarks(page)
    const bottom = await page.evaluate<number>('document.querySelector(".linkcode").getBoundingClientRect().bottom')
    expect(bottom).toBeLessThanOrEqual(paper.height)
    expect(await page.locator('.linkcode svg').boundingBox()).toMatchObject({
      width: expect.closeTo((32 / 25.4) * 96, 0),
    })
    const breaks = 'getComputedStyle(document.querySelector(".linkcode + section")).breakBefore'
    expect(await page.evaluate(breaks)).toBe('page')
    expect(await page.locator('.nm').count()).toBe(path === '/shown' ? 2 : 0)
  },
)

test('a print with ten units and the name has three pages at most', async () => {
  const page = await open('/shown', 'en')
  const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(printed.match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(3)
})

test('a name in Arabic letters says so and runs from right to left, and the text around it does not', async () => {
  const page = await open('/jawi', 'en')
  const name = page.locator('.nm bdi').nth(1)
  expect(await name.getAttribute('lang')).toBe('und-Arab')
  const directions =
    '[...document.querySelectorAll(".nm bdi")].map((name) => [getComputedStyle(name).direction, getComputedStyle(name.parentElement).direction])'
  expect(await page.evaluate(directions)).toEqual([
    ['ltr', 'ltr'],
    ['rtl', 'ltr'],
  ])
})

test('no line of a Thai page breaks inside the word for certificate, at any width', async () => {
  const page = await open('/valid', 'th')
  const broken = `(() => {
    const [found, word] = [[], 'ใบรับรอง']
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    let seen = 0
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      for (let at = node.data.indexOf(word); at >= 0; at = node.data.indexOf(word, at + 1)) {
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + word.length)
        seen += 1
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(node.data)
      }
    return { seen: seen > 5, found }
  })()`
  for (let width = 320; width <= 500; width += 12) {
    await page.setViewportSize({ width, height: 844 })
    expect(await page.evaluate(broken), `${width} px`).toEqual({ seen: true, found: [] })
  }
})

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openDetails, openReader, type Reader } from '../support/browser.ts'
import { everyPage } from './catalogue.ts'
import { openSite, type Site } from './site.ts'

const pages = everyPage()
let browser: Browser
let site: Site
let phone: Reader
beforeAll(async () => {
  browser = await openBrowser()
  site = await openSite((path, origin) => pages[path]?.(origin))
  phone = await openReader(browser)
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** Pages with the same template have the same rules, so one of each is measured. */
const templates = Object.keys(pages).filter(
  (path, at, all) => all.findIndex((other) => other.replace(/-.*/, '') === path.replace(/-.*/, '')) === at,
)

/** Texts that are smaller than 14 px, controls with a side below 24 px, and buttons below 44 px. */
const tooSmall = `(() => {
  const isSeen = (element) => element.checkVisibility() && element.closest('.vh, .skip, .onpaper, .inprint') === null
  const found = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement
    if (node.textContent.trim() === '' || !isSeen(element)) continue
    const scale = element instanceof SVGElement ? element.getScreenCTM().a : 1
    const size = parseFloat(getComputedStyle(element).fontSize) * scale
    if (size < 13.99) found.push('text of ' + size.toFixed(1) + ' px: ' + node.textContent.trim().slice(0, 40))
  }
  for (const element of document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')) {
    if (!isSeen(element)) continue
    const least = element.matches('button, .btn') ? 44 : 24
    for (const { width, height } of element.getClientRects()) {
      const isInline = getComputedStyle(element).display === 'inline'
      if (height < least - 0.01 || (width < 24 && !isInline)) {
        found.push('control of ' + width.toFixed(1) + ' × ' + height.toFixed(1) + ' px: ' + element.outerHTML.slice(0, 90))
        break
      }
    }
  }
  return [...new Set(found)]
})()`

test.each(templates)('%s has no type below 14 px, no control below 24 px and no button below 44 px', async (path) => {
  const page = await phone.open(site.origin + path)
  await openDetails(page)
  expect(await page.evaluate<string[]>(tooSmall)).toEqual([])
})

test('the measure finds small type, small controls and small buttons', async () => {
  const page = await phone.open(`${site.origin}/`)
  await page.evaluate(`for (const [name, rule] of [['p', 'font-size: 13px'], ['button', 'height: 30px'], ['a', 'padding: 0; font-size: 14px']]) {
    const element = document.createElement(name)
    element.textContent = 'x'
    element.style.cssText = rule
    if (name === 'a') element.href = '#x'
    document.querySelector('main').append(element)
  }`)
  // The text of a button without a rule of ours is small as well.
  expect(await page.evaluate<string[]>(tooSmall)).toHaveLength(4)
})

test('the menu of languages closes on Escape, which leads back to its button, and on a press outside', async () => {
  const page = await phone.open(`${site.origin}/issuers`)
  const menu = page.locator('details.lang')
  const isOpen = async () => (await menu.getAttribute('open')) !== null
  await menu.locator('summary').click()
  expect(await isOpen()).toBe(true)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  expect(await isOpen()).toBe(false)
  expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY')
  await menu.locator('summary').click()
  await page.locator('h1').click()
  expect(await isOpen()).toBe(false)
  await menu.locator('summary').click()
  await menu.locator('ul').click({ position: { x: 2, y: 2 } })
  expect(await isOpen()).toBe(true)
})

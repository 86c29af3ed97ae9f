import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, visit } from '../support/browser.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

let registry: SharedRegistry
let browser: Browser
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([sharedRegistry(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
})

/** The first names that stand within the first screen. */
const namesInView = `[...document.querySelectorAll('.rows a')].filter((link) => {
  const { top, bottom } = link.getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight
}).map((link) => link.textContent)`

test.each([
  ['with scripts', 'en', true],
  ['without scripts', 'th', false],
])('on a phone, %s, the results of a search are in view and its choices are folded', async (_, language, scripts) => {
  const { page, close } = await visit(browser, `${registry.baseUrl}/issuers?lang=${language}`, { scripts })
  const country = page.locator('#c')
  expect(await country.isVisible()).toBe(false)
  await page.locator('#s').fill('authority technical')
  await page.locator('#s').press('Enter')
  await page.waitForURL(/s=authority/)
  const names = await page.evaluate<string[]>(namesInView)
  expect(names.join()).toContain('Technical Education and Skills Development Authority')
  expect(new URL(page.url()).searchParams.get('lang')).toBe(language)

  // A choice that is set is counted while it is folded, and the reader can change it.
  await page.goto(`${registry.baseUrl}/issuers?c=PH&standing=authorised&lang=${language}`)
  expect(await page.locator('.fold summary').innerText()).toContain('2')
  await page.locator('.fold summary').click()
  expect(await country.inputValue()).toBe('PH')
  await country.selectOption('TH')
  await page.locator('.explore button').click()
  await page.waitForURL(/c=TH/)
  expect((await page.evaluate<string[]>(namesInView)).join()).toContain('Department of Skill Development')
  await close()
})

test('on a desktop every choice is open', async () => {
  const { page, close } = await visit(browser, `${registry.baseUrl}/issuers`, { width: 1280 })
  for (const id of ['s', 'c', 'standing', 'field', 'occupation', 'level'])
    expect(await page.locator(`#${id}`).isVisible(), id).toBe(true)
  expect(await page.locator('.fold summary').isVisible()).toBe(false)
  await close()
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { homePage } from '../../packages/web/src/index.ts'
import { aContext, aToken } from '../../packages/web/src/test-values.ts'
import { cameraShowing, filmOf, openBrowserWith } from '../support/browser.ts'
import { openSite, type Site } from './site.ts'

let site: Site
let folder: string
let browser: Browser | undefined

beforeEach(async () => {
  site = await openSite((_, origin) => homePage({}, aContext({ baseUrl: origin })))
  folder = await mkdtemp(join(tmpdir(), 'camera-'))
})
afterEach(async () => {
  await browser?.close()
  await site.close()
  await rm(folder, { recursive: true })
})

/** Opens the start page with a camera that shows this text as a code. The clock is an argument, so no test waits for a result to open. */
async function openCamera(text: string): Promise<Page> {
  const film = join(folder, 'code.y4m')
  await writeFile(film, filmOf(text))
  browser = await openBrowserWith(cameraShowing(film))
  const page = await browser.newPage()
  await page.clock.install()
  await page.goto(site.origin)
  return page
}

test('the camera reads a code of this registry, shows its host, and opens the result with the usual form', async () => {
  const page = await openCamera(`${site.origin}/v/${aToken}`)
  await page.getByRole('button', { name: 'Use the camera' }).click()
  await page.getByText(`Opening a result at ${new URL(site.origin).host}`).waitFor()
  expect(await page.locator('[data-preview]').isVisible()).toBe(false)
  await page.clock.runFor(1_000)
  await expect.poll(() => site.posted).toEqual([{ path: '/check', body: `code=${aToken}` }])
})

test('W020: the camera opens no foreign address, names it, and can be stopped by keyboard', async () => {
  const page = await openCamera(`https://sijil.example/v/${aToken}`)
  await page.getByRole('button', { name: 'Use the camera' }).press('Enter')
  await page.getByText('leads to another address: sijil.example').waitFor()
  await page.clock.runFor(2_000)
  expect(page.url()).toBe(`${site.origin}/`)
  expect(site.posted).toEqual([])
  await page.keyboard.press('Enter') // the focus is on the stop button
  await page.getByText('Camera stopped.').waitFor()
  expect(await page.evaluate('document.querySelector("video").srcObject === null')).toBe(true)
})

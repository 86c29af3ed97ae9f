import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { encodeQR } from 'qr'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { homePage } from '../../packages/web/src/index.ts'
import { aContext, aToken } from '../../packages/web/src/test-values.ts'
import { openBrowser, openSite, type Site } from './browser.ts'

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

/** A camera that sees one code for ever: two frames of YUV4MPEG2, grey but for the code. */
async function openCamera(text: string): Promise<Browser> {
  const [width, height] = [640, 480]
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  const scale = Math.floor(height / rows.length)
  const luma = Buffer.alloc(width * height, 160)
  for (const [y, row] of rows.entries())
    for (const [x, dark] of row.entries())
      for (let line = 0; line < scale; line++) {
        const from = (y * scale + line) * width + x * scale
        luma.fill(dark ? 20 : 230, from, from + scale)
      }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)])
  const film = join(folder, 'code.y4m')
  await writeFile(
    film,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]),
  )
  const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
  return openBrowser([...fake, `--use-file-for-fake-video-capture=${film}`])
}

test('the camera reads our code, shows the host, and opens the result by the same form', async () => {
  browser = await openCamera(`${site.origin}/v/${aToken}`)
  const page = await browser.newPage()
  await page.goto(site.origin)
  await page.getByRole('button', { name: 'Use the camera' }).click()
  await page.getByText(`Opening a result at ${new URL(site.origin).host}`).waitFor()
  expect(await page.locator('[data-preview]').isVisible()).toBe(false)
  await page.waitForURL('**/check')
  expect(site.posted).toEqual([{ path: '/check', body: `code=${aToken}` }])
})

test('W020: the camera opens no foreign address, says which it was, and can be stopped by the keyboard', async () => {
  browser = await openCamera(`https://sijil.example/v/${aToken}`)
  const page = await browser.newPage()
  await page.goto(site.origin)
  await page.getByRole('button', { name: 'Use the camera' }).press('Enter')
  await page.getByText('leads to another address: sijil.example').waitFor()
  await page.waitForTimeout(1200)
  expect(page.url()).toBe(`${site.origin}/`)
  expect(site.posted).toEqual([])
  await page.keyboard.press('Enter') // the focus is on the stop button
  await page.getByText('Camera stopped.').waitFor()
  expect(await page.evaluate('document.querySelector("video").srcObject === null')).toBe(true)
})

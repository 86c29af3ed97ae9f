import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  axeFindings,
  openBrowser,
  openReader,
  type Reader,
  scrollsSideways,
  unmarkedEnglish,
} from '../support/browser.ts'
import { runHere } from '../support/command.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

/** A worker makes the manifest of a portfolio in a browser. Files, names and manifest stay on the device. */

const PATH = '/corridors/corridor-1/th-kh-masonry/portfolio'
let registry: SharedRegistry
let browser: Browser
let reader: Reader
let folder: string
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([sharedRegistry(), openBrowser()])
  reader = await openReader(browser)
  folder = await mkdtemp(join(tmpdir(), 'sijil-portfolio-'))
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

const fileOf = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const MARKUP = '<img src=x>.txt'

test('R-057: a browser lists hashes of files, sends and stores nothing, and finds a changed file', async () => {
  const page = await reader.open(registry.baseUrl + PATH)
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 })
    expect([width, await axeFindings(page), await scrollsSideways(page)]).toEqual([width, [], false])
  }
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.url()))
  const files = page.locator('[data-portfolio] [data-files]')
  await files.setInputFiles([
    fileOf('certificate.txt', 'certificate'),
    fileOf(MARKUP, 'photo'),
    fileOf('empty.txt', ''),
  ])
  await page.getByText('A file that you chose is empty, and was left out.').waitFor()
  await files.setInputFiles([fileOf('again.txt', 'photo')])
  await page.getByText('A file that you chose is in the list already.').waitFor()
  await page.getByLabel('Title in the manifest').first().fill('Certificate of Ms Santos')
  expect(await page.locator('[data-portfolio] img').count()).toBe(0)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the manifest' }).click(),
  ])
  const path = join(folder, 'manifest.json')
  await download.saveAs(path)
  const text = await readFile(path)
  await page.getByText('The manifest is made.').waitFor()
  expect(await page.locator('[data-made] [data-hash]').textContent()).toBe(sha256(text))
  const { files: listed, ...rest } = JSON.parse(text.toString())
  expect(listed).toEqual([
    { bytes: 11, sha256: sha256('certificate'), title: 'Certificate of Ms Santos' },
    { bytes: 5, sha256: sha256('photo'), title: MARKUP },
  ])
  expect(rest).toMatchObject({ corridor: 'corridor-1', track: 'th-kh-masonry', registry: registry.baseUrl })
  expect(Object.keys(rest)).toEqual(['corridor', 'kind', 'madeOn', 'random', 'registry', 'track'])

  await page.getByLabel('The manifest', { exact: true }).setInputFiles(path)
  await page
    .getByLabel('The files', { exact: true })
    .setInputFiles([fileOf('certificate.txt', 'certificate'), fileOf('p.txt', 'Photo')])
  const found = page.locator('[data-manifest-check]')
  await found.getByText('Not listed: another file, or it was changed').and(page.locator(':visible')).waitFor()
  for (const words of ['Listed, with the same hash', 'Listed, and not among the chosen files'])
    expect(await found.getByText(words).and(page.locator(':visible')).count()).toBe(1)
  expect(await axeFindings(page)).toEqual([])
  expect(await found.locator('[data-receipt]').getAttribute('href')).toBe(`receipts/${sha256(text)}`)
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/portfolio.png`, fullPage: true })
  expect(sent.filter((address) => !address.startsWith('blob:'))).toEqual([])
  expect(await page.evaluate('localStorage.length + sessionStorage.length + document.cookie.length')).toBe(0)
  expect(reader.faults).toEqual([])
  // The browser itself refuses to send, whatever a script asks for.
  expect(await page.evaluate(`fetch('/issuers').then(() => 'sent', () => 'refused')`)).toBe('refused')

  await writeFile(join(folder, 'certificate.txt'), 'certificate')
  await writeFile(join(folder, 'photo.txt'), 'photo')
  const checked = await runHere(['portfolio', 'check', 'manifest.json', 'certificate.txt', 'photo.txt'], {
    folder,
    environment: { SIJIL_URL: registry.baseUrl },
  })
  expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining(sha256(text)) })
})

test('R-057: a reader without a script reads that it needs one, and the command that does the same, in English and Thai', async () => {
  const without = await openReader(browser, { scripts: false })
  const page = await without.open(registry.baseUrl + PATH)
  await page.getByText('sijil portfolio make corridor-1/th-kh-masonry certificate.pdf photo.jpg').waitFor()
  expect(await page.getByText('This needs a script, which does not run here.').first().isVisible()).toBe(true)
  expect(await page.locator('input[type=file]:visible').count()).toBe(0)
  await without.close()
  const thai = await reader.open(`${registry.baseUrl}${PATH}?lang=th`)
  expect([await unmarkedEnglish(thai), await scrollsSideways(thai)]).toEqual([[], false])
})

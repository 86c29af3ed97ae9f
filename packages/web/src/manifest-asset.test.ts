import { createHash } from 'node:crypto'
import { faultOf, manifestOf, readManifest } from '@sijil/credentials/portfolio'
import { expect, test } from 'vitest'

/** Compares what the browser writes with what the command writes. The two implementations must agree. */

interface File {
  title: string
  bytes: number
  sha256: string
}
// The script is JavaScript for a browser, so its types are stated here.
const address = new URL('./assets/manifest.js', import.meta.url).href
const browser: {
  hashOf: (file: Blob) => Promise<string>
  manifestOf: typeof manifestOf
  readManifest: (text: string) => File[] | undefined
  randomText: () => string
} = await import(address)

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const fileOf = (text: string, title = `File "${text}" ช่าง`) => ({ title, bytes: text.length, sha256: sha256(text) })
const portfolio = {
  ...{ corridor: 'demo-xl-lla.building', track: 'bricks', registry: 'https://registry.example' },
  ...{
    madeOn: '2026-12-02',
    random: 'ab'.repeat(16),
    files: ['photo', 'a', 'certificate'].map((text) => fileOf(text)),
  },
}

test('R-057: the browser and the command write the same bytes, sorted by hash, and read them again', async () => {
  const text = browser.manifestOf(portfolio)
  expect(text).toBe(manifestOf(portfolio))
  expect(text).toBe(manifestOf({ ...portfolio, files: portfolio.files.toReversed() }))
  const hashes = browser.readManifest(text)?.map((file) => file.sha256)
  expect(hashes).toEqual(portfolio.files.map((file) => file.sha256).sort())
  expect(readManifest(text)).toMatchObject({ ...portfolio, files: hashes?.map((hash) => ({ sha256: hash })) })
  expect(await browser.hashOf(new Blob(['photo']))).toBe(sha256('photo'))
  expect(browser.randomText()).toMatch(/^[0-9a-f]{32}$/)
})

test('R-057: what is no manifest is not read as one, by either', () => {
  const text = manifestOf(portfolio)
  for (const other of ['', '[]', 'null', '{"files":[]}', text.slice(0, -3), text.replace('sijil-portfolio-1', 'x')]) {
    expect(browser.readManifest(other)).toBeUndefined()
    expect(readManifest(other)).toBe('not-a-manifest')
  }
  const short = text.replace(/"sha256": "../, '"sha256": "')
  expect([browser.readManifest(short), readManifest(short)]).toEqual([undefined, 'not-a-manifest'])
})

test('Z001: a portfolio has no empty file, no file twice, and not nothing', () => {
  const [one] = portfolio.files
  expect(faultOf(portfolio.files)).toBeUndefined()
  expect(faultOf([])).toBe('no-files')
  expect(faultOf([fileOf('')])).toBe('empty-file')
  expect(faultOf([one, one].flatMap((file) => file ?? []))).toBe('same-file')
  expect(faultOf(Array.from({ length: 501 }, (_, at) => fileOf(`${at}`)))).toBe('too-many-files')
})

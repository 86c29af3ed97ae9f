import { generateKeyPairSync, sign } from 'node:crypto'
import { cosign, createVerifierKey, formatNote, formatVerifierKey, parseNote, type VerifierKey } from '@sijil/tlog'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  axeFindings,
  openBrowser,
  openDetails,
  openReader,
  type Reader,
  scrollsSideways,
  visit,
} from '../support/browser.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'

/** The reader's browser checks that the signed log holds the entries that a page shows. It says so only if the check passes. */

let registry: OpenRegistry
let browser: Browser
let reader: Reader
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const witness: VerifierKey<'cosignature'> = createVerifierKey(
  'cosignature',
  'witness.example',
  new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')),
)
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry({ witnesses: formatVerifierKey(witness) }), openBrowser()])
  reader = await openReader(browser)
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const ISSUER = '/issuers/demo-id-lsp'
const outcomes = {
  holds: 'Checked in this browser: each entry above that has a number is in the signed log, word for word.',
  fails: 'The check failed: the entries shown here are not those of the signed log',
  unknown: 'It could not be checked, because the log did not answer.',
  unsupported: 'It could not be checked, because this browser cannot verify such signatures.',
} as const
type Outcome = keyof typeof outcomes

/** Opens a page, whose answers come as the server sends them. */
async function open(path: string): Promise<Page> {
  await reader.page.unrouteAll()
  return reader.open(registry.baseUrl + path)
}

/** Presses the button and waits for its outcome. Exactly one outcome must be visible. */
async function checked(page: Page): Promise<Outcome> {
  await page.getByRole('button', { name: 'Check in this browser' }).click()
  await page.locator('b:visible').and(page.locator('[data-outcome] > b')).waitFor()
  const seen: Outcome[] = []
  for (const [outcome, words] of Object.entries(outcomes) as [Outcome, string][])
    if (await page.getByText(words).isVisible()) seen.push(outcome)
  expect(seen).toHaveLength(1)
  return seen[0] as Outcome
}

/** Changes the server's answer at an address on its way to the browser. */
async function tamper(page: Page, address: string, change: (body: Buffer) => Buffer): Promise<void> {
  await page.route(address, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: change(await response.body()) })
  })
}
const flipped = (at: number) => (body: Buffer) => {
  const copy = Buffer.from(body)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

describe.each([ISSUER, '/changes/3'])('%s', (path) => {
  const expectToFit = async (page: Page) => {
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 844 })
      if (width === 320) await openDetails(page)
      expect(await scrollsSideways(page), `scrolls sideways at ${width} px`).toBe(false)
    }
    expect(reader.faults).toEqual([])
  }

  test('I31: the page says that its entries are in the signed log, with the key and the cosigners, and axe finds nothing', async () => {
    const page = await open(path)
    expect(await checked(page)).toBe('holds')
    const words = await page.locator('[role=status]').innerText()
    const host = new URL(registry.baseUrl).host
    expect(words).toMatch(
      new RegExp(`The log had \\d+ entries. Its head is signed with the key ${host}/log/registry\\+[0-9a-f]{8}`),
    )
    expect(words).toContain('witness.example, a witness outside this registry, has not cosigned this head yet.')
    expect(words).toContain('The registry itself says that this is the key of its log.')
    expect(await page.getByText('This check needs JavaScript.').isVisible()).toBe(false)
    await expectToFit(page)
    expect(await axeFindings(page)).toEqual([])
  })

  test('after the check nothing scrolls sideways in Thai either', async () => {
    const page = await open(`${path}?lang=th`)
    await page.locator('[data-check]').click()
    await page.locator('[data-outcome=holds]').first().waitFor()
    await expectToFit(page)
  })

  test('I31: the check fails if a tile was changed', async () => {
    const page = await open(path)
    // The last hash of the tile is part of the proof of every entry but the last.
    await tamper(page, '**/log/registry/tile/**', (body) => flipped(body.length - 1)(body))
    expect(await checked(page)).toBe('fails')
    // The browser computes the hash of an entry from its words and does not take it from a tile.
    expect(await page.locator('[data-entry-fails]:visible').count()).toBeGreaterThan(0)
    expect(await page.getByText('Its head is signed with').isVisible()).toBe(false)
  })

  test('I31: the check fails if the page shows other words than the log, and names the entry', async () => {
    const page = await open(path)
    await page.evaluate(`{
      const [first] = document.querySelectorAll('[data-index] [data-logged]')
      first.textContent = first.textContent.replace('"number":', '"number": ')
    }`)
    expect(await checked(page)).toBe('fails')
    expect(await page.getByText('This entry is not in the signed log').count()).toBeGreaterThan(0)
    expect(await page.locator('[data-entry-fails]:visible').count()).toBe(1)
  })
})

const changedRoot = (body: Buffer) => {
  const lines = body.toString().split('\n')
  return Buffer.from(lines.with(2, Buffer.alloc(32, 7).toString('base64')).join('\n'))
}
const smaller = (body: Buffer) => Buffer.from(body.toString().replace(/\n\d+\n/, '\n1\n'))
const ofAnother = Buffer.from('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n')

// biome-ignore format: it reads as a table
test.each<[string, string, (body: Buffer) => Buffer, Outcome]>([
  ['a root that nobody signed', '**/log/registry/checkpoint', changedRoot,               'fails'],
  ['a size that nobody signed', '**/log/registry/checkpoint', smaller,                   'fails'],
  ['no note at all',            '**/log/registry/checkpoint', () => Buffer.from('ok'),   'fails'],
  ['the key of another log',    '**/log/registry/key',        () => ofAnother,           'fails'],
  ['no key',                    '**/log/registry/key',        () => Buffer.from('<p>'),  'unknown'],
])('I31: with %s the check says no, or that it found nothing out, and never yes', async (_, address, change, outcome) => {
  const page = await open(ISSUER)
  await tamper(page, address, change)
  expect(await checked(page)).toBe(outcome)
})

test.each(['key', 'checkpoint', 'tile/**'])(
  'if %s does not answer, the check says neither yes nor no, and a second try succeeds',
  async (part) => {
    const page = await open(ISSUER)
    await page.route(`**/log/registry/${part}`, (route) => route.fulfill({ status: 503, body: '' }))
    expect(await checked(page)).toBe('unknown')
    await page.unroute(`**/log/registry/${part}`)
    await page.getByRole('button', { name: 'Check in this browser' }).click()
    await page.getByText(outcomes.holds).waitFor()
    expect(await page.getByText(outcomes.unknown).isVisible()).toBe(false)
  },
)

test('a browser that cannot verify such signatures says so, and does not say yes', async () => {
  const page = await open(ISSUER)
  await page.evaluate(`SubtleCrypto.prototype.importKey = async () => {
    throw new DOMException('Unrecognized name.', 'NotSupportedError')
  }`)
  expect(await checked(page)).toBe('unsupported')
})

test('without scripts the page shows the entries with their places and says that the check needs a script', async () => {
  const { page, close } = await visit(browser, registry.baseUrl + ISSUER, { scripts: false })
  expect(await page.getByText('This check needs JavaScript.').isVisible()).toBe(true)
  expect(await page.locator('[data-check]').isVisible()).toBe(false)
  expect(await page.locator('[role=status]').innerText()).toBe('')
  const link = page.locator('[data-index] a').first()
  const index = await link.evaluate((element) => element.closest('[data-index]')?.getAttribute('data-index'))
  expect(await link.getAttribute('href')).toBe(`/changes/${index}`)
  await close()
})

test('the check can be reached and pressed by keyboard alone, and announces its outcome', async () => {
  const page = await open('/changes/3')
  await page.locator('[data-check]').focus()
  await page.keyboard.press('Enter')
  await page.getByText(outcomes.holds).waitFor()
  expect(await page.evaluate('document.activeElement.hasAttribute("data-check")')).toBe(true)
})

test('a witness that cosigned is named with its time; a forged cosignature makes the check fail', async () => {
  const note = parseNote(Buffer.from((await registry.ask('/log/registry/checkpoint')).text))
  const key = { key: witness, time: 1_900_000_000 }
  const line = await cosign(note.text, { ...key, sign: async (bytes) => new Uint8Array(sign(null, bytes, privateKey)) })
  const cosigned = Buffer.from(formatNote({ text: note.text, signatures: [...note.signatures, line] }))
  const page = await open(ISSUER)
  await tamper(page, '**/log/registry/checkpoint', () => cosigned)
  expect(await checked(page)).toBe('holds')
  expect(await page.locator('[role=status]').innerText()).toContain('cosigned this head at 2030-03-17 17:46 (UTC+0)')
  await page.unroute('**/log/registry/checkpoint')
  const forged = { ...line, signature: flipped(20)(Buffer.from(line.signature)) }
  const other = Buffer.from(formatNote({ text: note.text, signatures: [...note.signatures, forged] }))
  await tamper(page, '**/log/registry/checkpoint', () => other)
  expect(await checked(page)).toBe('fails')
})

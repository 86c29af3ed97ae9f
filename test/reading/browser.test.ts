import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cameraShowing, filmOf, openBrowserWith, openReader, photoOf, type Reader } from '../support/browser.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'
import { isWhole } from '../support/whole.ts'

/** An employer, a worker and an official use the real pages: from a link, a code or a file to a verdict. */

let registry: SharedRegistry
let browser: Browser
let folder: string
let scripted: Reader
let plain: Reader
/** Its clock is an argument, so no test waits until a result that was found opens. */
let scanner: Reader

beforeAll(async () => {
  registry = await sharedRegistry()
  folder = await mkdtemp(join(tmpdir(), 'sijil-film-'))
  const film = join(folder, 'paper.y4m')
  await writeFile(film, filmOf(linkOf('in-force')))
  browser = await openBrowserWith(cameraShowing(film))
  ;[scripted, plain, scanner] = await Promise.all([
    openReader(browser),
    openReader(browser, { scripts: false }),
    openReader(browser),
  ])
  await scanner.page.clock.install()
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

function certificateOf(name: string) {
  const found = registry.demonstration.certificates.find((certificate) => certificate.case === name)
  if (found === undefined) throw new Error(`no case ${name}`)
  return found
}
function linkOf(name: string): string {
  const { link } = certificateOf(name)
  if (link === undefined) throw new Error(`${name} has no link`)
  return link
}
const tokenOf = (name: string) => linkOf(name).split('/').at(-1) as string
const verdictOf = (page: Page) => page.locator('.verdict h1').textContent()
const home = (reader = scripted) => reader.open(`${registry.baseUrl}/`)
const showName = (page: Page) => page.getByRole('button', { name: 'Show the name' })

/** Opens the start page and chooses a photo. */
async function scan(photo: { name: string; mimeType: string; buffer: Buffer }): Promise<Page> {
  const page = await home(scanner)
  await page.getByLabel('Photo of the QR code').setInputFiles(photo)
  return page
}
/** A result that was found opens after a second. */
async function found(page: Page, link: string): Promise<void> {
  await page.getByText(`Opening a result at ${new URL(registry.baseUrl).host}`).waitFor()
  await page.clock.runFor(1_000)
  await page.waitForURL(link)
}

// biome-ignore format: it reads as a table
const verdicts = {
  'signed-aqrf-level':      'Valid',
  'in-force':               'Valid',
  'edition-ended':          'Valid',
  'no-framework-level':     'Valid',
  'part-qualification':     'Valid',
  'mra-title':              'Valid',
  'issuer-suspended-since': 'Valid, with a notice',
  revoked:                  'Not valid: revoked',
  suspended:                'Not valid today: suspended',
  superseded:               'Not valid: replaced by a newer one',
  expired:                  'Not valid: expired',
  'out-of-scope':           'Not valid: issuer not authorised',
} as const
const fileVerdicts = {
  altered: 'Not valid: changed after signing',
  'not-recorded': 'Not valid: not recorded by the issuer',
  'issuer-unknown': 'Cannot say',
} as const

/** Everything in a signed document that names or identifies the person. */
async function personIn(name: string): Promise<string[]> {
  const { credentialSubject, evidence = [] } = (await registry.document(name)) as {
    credentialSubject: { licenseNumber: string; identifier: { identityHash: string }[] }
    evidence?: { genre?: string; name?: string }[]
  }
  const signatory = evidence.filter(({ genre }) => genre === 'Signatory').map((each) => each.name ?? '')
  return [
    credentialSubject.licenseNumber,
    ...credentialSubject.identifier.map((each) => each.identityHash),
    ...signatory,
  ]
}

test('these tests open every case of the demonstration', () => {
  const cases = registry.demonstration.certificates.map((certificate) => certificate.case)
  expect([...Object.keys(verdicts), ...Object.keys(fileVerdicts)].sort()).toEqual(cases.sort())
})

/** Without scripts the same words are sent, so a sample shows that they are seen and that the forms work. */
const withoutScripts: readonly string[] = ['in-force', 'issuer-suspended-since', 'suspended', 'altered']
const opened = <Words>(cases: Record<string, Words>, scripts: boolean) =>
  Object.entries(cases).filter(([name]) => scripts || isWhole || withoutScripts.includes(name))

describe.each([true, false])('with scripts: %s', (scripts) => {
  const reader = () => (scripts ? scripted : plain)

  test.each(opened(verdicts, scripts))(
    'by link, %s: %s, with two dated answers, and the person only on request',
    async (name, words) => {
      const page = await reader().open(linkOf(name))
      expect(await verdictOf(page)).toBe(words)
      expect(await page.title()).toBe('Check of a skills certificate · Sijil')
      const answers = await page.locator('.ans > div').allTextContents()
      expect(answers).toHaveLength(2)
      for (const answer of answers) expect(answer).toMatch(/\d{1,2} [A-Z][a-z]{2} \d{4}/)
      const hidden = await page.content()
      const person = await personIn(name)
      expect(person.length).toBeGreaterThan(1)
      for (const value of person) expect(hidden).not.toContain(value)
      expect(await page.getByRole('button', { name: 'Download' }).count()).toBe(0)

      // Nobody relies on the name of a certificate that does not count.
      expect(await showName(page).count()).toBe(words.startsWith('Valid') ? 1 : 0)
      if (words.startsWith('Valid')) {
        await showName(page).click()
        await page.getByText('Name as printed').waitFor()
        expect(await verdictOf(page)).toBe(words)
        const shown = await page.locator('main').innerText()
        const [number = '', holder = ''] = person
        expect(shown).toContain(number)
        expect(shown).toContain(holder)
        expect(page.url()).toBe(linkOf(name))
      }
      expect(reader().faults).toEqual([])
    },
  )

  test.each(opened(fileVerdicts, scripts))('by file, %s: %s, and no claim of the file', async (name, words) => {
    const page = await home(reader())
    await page.getByLabel('Certificate file').setInputFiles(registry.fileOf(name))
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.locator('.verdict').waitFor()
    expect(await verdictOf(page)).toBe(words)
    const content = await page.content()
    for (const value of await personIn(name)) expect(content).not.toContain(value)
    expect(content).not.toContain('Forklift')
    expect(await page.title()).toBe('Check of a skills certificate · Sijil')
    expect(reader().faults).toEqual([])
  })

  test('by code as people type it: small letters, spaces, O for 0 and l for 1', async () => {
    const typed = tokenOf('revoked')
      .toLowerCase()
      .replaceAll('0', 'O')
      .replaceAll('1', 'l')
      .match(/.{1,4}/g)
    const page = await home(reader())
    await page.getByLabel('Link or code').fill(` ${typed?.join(' ')} `)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.waitForURL(linkOf('revoked'))
    expect(await verdictOf(page)).toBe(verdicts.revoked)
    expect(reader().faults).toEqual([])
  })
})

test('by keyboard alone the name is shown and the file downloaded, and the file gives the same verdict (R-134, D-03)', async () => {
  const page = await scripted.open(linkOf('in-force'))
  const press = async (name: string) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate<string>('document.activeElement.textContent')).includes(name))
        return page.keyboard.press('Enter')
    }
    throw new Error(`the keyboard never came to ${name}`)
  }
  await press('Show the name')
  await page.getByText('Name as printed').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), press('Download the certificate')])
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toEqual(await registry.document('in-force'))

  await page.goto(registry.baseUrl)
  await page.getByLabel('Certificate file').setInputFiles(await download.path())
  await page.getByRole('button', { name: 'Check the file' }).click()
  await page.locator('.verdict').waitFor()
  expect(await verdictOf(page)).toBe('Valid')
  expect(scripted.faults).toEqual([])
})

test('from the start page by camera to the verdict', async () => {
  const page = await home(scanner)
  await page.getByRole('button', { name: 'Use the camera' }).click()
  await found(page, linkOf('in-force'))
  expect(await verdictOf(page)).toBe('Valid')
  expect(scanner.faults).toEqual([])
})

test('by a photo of the code to the verdict', async () => {
  const page = await scan(photoOf(linkOf('suspended')))
  await found(page, linkOf('suspended'))
  expect(await verdictOf(page)).toBe(verdicts.suspended)
  expect(scanner.faults).toEqual([])
})

test('W020: a code for another site is refused with the name of that site, as a photo and typed', async () => {
  const elsewhere = `https://sijil.evil.example/v/${tokenOf('in-force')}`
  const page = await scan(photoOf(elsewhere))
  await page.getByText('leads to another address: sijil.evil.example').waitFor()
  expect(page.url()).toBe(`${registry.baseUrl}/`)
  await page.getByLabel('Link or code').fill(elsewhere)
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await page.locator('#code-error', { hasText: 'we did not open it' }).waitFor()
  expect(await page.locator('.verdict').count()).toBe(0)
  // The answer is a 422, which Chromium reports.
  expect(scanner.faults.filter((fault) => !fault.includes('422'))).toEqual([])
})

test('a dropped file is checked', async () => {
  const page = await home()
  const text = await readFile(registry.fileOf('in-force'), 'utf8')
  const dropped = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([${JSON.stringify(text)}], 'certificate.json', { type: 'application/json' }))
    return transfer
  })()`)
  await page.dispatchEvent('[data-drop]', 'drop', { dataTransfer: dropped })
  await page.locator('.verdict').waitFor()
  expect(await verdictOf(page)).toBe('Valid')
  expect(scripted.faults).toEqual([])
})

test('paper shows verdict, answers, checks, the code, and the holder or a note that the name is missing; no button, form or menu', async () => {
  const page = await scripted.open(linkOf('in-force'))
  const [nameless, why] = ['This paper does not say whose certificate it is', 'Programs open links too']
  const says = async () => page.locator('body').innerText()
  const codeOnIt = async () => (await page.locator('.linkcode:visible').allInnerTexts()).join('').replaceAll(/\s/g, '')
  expect(await page.locator('.onpaper').isVisible()).toBe(false)
  expect(await codeOnIt()).toBe('')
  expect(await says()).not.toContain(nameless)
  expect(await says()).toContain(why)
  await page.emulateMedia({ media: 'print' })
  const paperSays = await page.locator('.onpaper').innerText()
  expect(paperSays).toContain(`Checked at ${new URL(registry.baseUrl).host} on`)
  expect(paperSays).toContain('scan this code')
  expect(await codeOnIt()).toContain(linkOf('in-force').slice(-26))
  expect(await page.getByRole('img', { name: 'QR code: opens this certificate' }).isVisible()).toBe(true)
  expect(await says()).toContain(nameless)
  expect(await says()).not.toMatch(new RegExp(`${why}|The name is shown only when you ask`))
  for (const part of ['.onpaper', '.verdict h1', '.ans', '#levels', '.checks', '.demo'])
    expect(await page.locator(part).isVisible(), part).toBe(true)
  expect(await page.locator('.checks details').count()).toBe(9)
  expect(await page.locator('button:visible, form:visible, nav:visible, input:visible, select:visible').count()).toBe(0)
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(paper.startsWith('%PDF-')).toBe(true)
  expect(paper.match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(4)
  await page.emulateMedia({ media: 'screen' })
  await showName(page).click()
  await page.getByText('Name as printed').waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await says()).toMatch(/Issued to\s+RODEL/)
  expect(await says()).not.toContain(nameless)
  expect(await codeOnIt()).toContain(linkOf('in-force').slice(-26))
  await page.emulateMedia({ media: null })
  expect(scripted.faults).toEqual([])
})

test.each(['screen', 'print'] as const)(
  'on %s, the code of a shown certificate reads as its link, and drawing it sends no request',
  async (media) => {
    const link = linkOf('in-force')
    const reader = media === 'screen' ? scripted : plain
    const page = await reader.open(link)
    const code = page.getByRole('img', { name: 'QR code: opens this certificate' })
    expect(await code.count()).toBe(0)
    await showName(page).click()
    await page.getByText('Name as printed').waitFor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.emulateMedia({ media })
    await code.scrollIntoViewIfNeeded()
    // At least 30 mm, at the 96 pixels an inch that CSS counts with.
    expect((await code.boundingBox())?.width).toBeGreaterThan((30 / 25.4) * 96)
    const photo = { name: 'photo.png', mimeType: 'image/png', buffer: await code.screenshot() }
    await page.emulateMedia({ media: null })
    expect(asked).toEqual([])
    expect(reader.faults).toEqual([])

    const scanning = await scan(photo)
    await found(scanning, link)
    expect(await verdictOf(scanning)).toBe('Valid')
    expect(scanner.faults).toEqual([])
  },
)

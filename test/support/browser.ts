import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import axe, { type AxeResults } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type LaunchOptions, type Page } from 'playwright-core'
import { encodeQR } from 'qr'

/** Where the one browser of a run listens: `one-browser.ts` starts it before the first file. */
export const BROWSER_ADDRESS = 'SIJIL_TEST_BROWSER'

/** A Chromium of the machine, else the one that comes in its package. */
export async function launchOptions(extraArguments: readonly string[] = []): Promise<LaunchOptions> {
  const own = '/usr/bin/chromium'
  const executablePath = existsSync(own) ? own : await sparticuz.executablePath()
  return { executablePath, args: ['--no-sandbox', ...extraArguments] }
}

/** The browser of this run. What it is closed for ends with it: contexts and pages of this file. */
export function openBrowser(): Promise<Browser> {
  const { [BROWSER_ADDRESS]: address } = process.env
  if (address === undefined) throw new Error('no browser was started: this file belongs to the project "browser"')
  return chromium.connect(address)
}

/** Another one, with a camera. */
export const openBrowserWith = async (extraArguments: readonly string[]): Promise<Browser> =>
  chromium.launch(await launchOptions(extraArguments))

/** A camera that shows this film for ever, and a person who allows it. */
export const cameraShowing = (film: string): string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
]

/** Two frames of YUV4MPEG2, grey but for the code. */
export function filmOf(text: string): Buffer {
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
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame])
}

/** A picture of a code, as a file that a person chooses. */
export const photoOf = (text: string) => ({
  name: 'photo.gif',
  mimeType: 'image/gif',
  buffer: Buffer.from(encodeQR(text, 'gif', { ecc: 'medium', border: 4, scale: 6 })),
})

export interface Visit {
  page: Page
  /** What went wrong on the way: console errors and warnings (a broken policy is one), exceptions, requests to another host. */
  faults: string[]
  close(): Promise<void>
}

/** Opens an address as somebody who was never here. */
export async function visit(
  browser: Browser,
  address: string,
  {
    width = 390,
    scripts = true,
    deviceScaleFactor = 1,
  }: { width?: number; scripts?: boolean; deviceScaleFactor?: number } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width, height: 844 },
    javaScriptEnabled: scripts,
    deviceScaleFactor,
  })
  const { page, faults } = await watched(context, () => address)
  await page.goto(address)
  return { page, faults, close: () => context.close() }
}

async function watched(context: BrowserContext, address: () => string): Promise<Omit<Visit, 'close'>> {
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(address()).origin) faults.push(`asked another host: ${request.url()}`)
  })
  return { page, faults }
}

export interface Reader extends Visit {
  /** Opens another address at the reader's width, and forgets the faults of the one before. */
  open(address: string): Promise<Page>
}

/**
 * Opens one page after another in one context, where axe is already: a context of its own for each page takes longer than the page. The
 * pages store nothing, so the next one cannot know of the one before. Scripts run: axe is one.
 */
export async function openReader(browser: Browser, { width = 390 }: { width?: number } = {}): Promise<Reader> {
  const viewport = { width, height: 844 }
  const context = await browser.newContext({ viewport })
  await context.addInitScript(axe.source)
  let address = 'about:blank'
  const { page, faults } = await watched(context, () => address)
  return {
    page,
    faults,
    async open(next) {
      address = next
      faults.length = 0
      if (page.viewportSize()?.width !== width) await page.setViewportSize(viewport)
      await page.goto(address)
      return page
    },
    close: () => context.close(),
  }
}

/** What axe finds in the page as it stands. */
export async function axeFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('typeof axe === "object"'))) await page.evaluate(axe.source)
  const { violations, passes } = await page.evaluate<Pick<AxeResults, 'violations' | 'passes'>>(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  if (passes.length < 16) throw new Error(`axe judged next to nothing: ${passes.length} rules passed`)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}

/** Everything that folds, but for the menu of languages. */
export const openDetails = (page: Page): Promise<void> =>
  page.evaluate('for (const each of document.querySelectorAll("details:not(.lang)")) each.open = true')

/** The scrolling element's own width: a table may scroll within itself, the page may not. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')

/** English on a page of another language stands in an element that says so, or is a name, a number, a code. */
export const unmarkedEnglish = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent.closest('[lang]').lang !== 'th' || parent.closest('bdi, code, .mono') !== null) continue
      found.push(...(node.textContent.match(/\\b[A-Za-z]{2,}(?: [a-z]{2,})+\\b/g) ?? []))
    }
    return found
  })()`)

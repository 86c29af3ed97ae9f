import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type LaunchOptions, type Page } from 'playwright-core'
import { encodeQR } from 'qr'

/** The variable with the address of the one browser of a run. `one-browser.ts` starts it before the first file. */
export const BROWSER_ADDRESS = 'SIJIL_TEST_BROWSER'

const require = createRequire(import.meta.url)
/** The small form, because pages load it. */
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** Uses the Chromium of the machine, or else the one of the npm package. */
export async function launchOptions(extraArguments: readonly string[] = []): Promise<LaunchOptions> {
  const own = '/usr/bin/chromium'
  const executablePath = existsSync(own) ? own : await sparticuz.executablePath()
  return { executablePath, args: ['--no-sandbox', ...extraArguments] }
}

/** Connects to the browser of this run. Closing the connection closes only the contexts and pages of this file. */
export function openBrowser(): Promise<Browser> {
  const { [BROWSER_ADDRESS]: address } = process.env
  if (address === undefined) throw new Error('no browser was started: this file belongs to the project "browser"')
  return chromium.connect(address)
}

/** Launches another browser, for example with a camera. */
export const openBrowserWith = async (extraArguments: readonly string[]): Promise<Browser> =>
  chromium.launch(await launchOptions(extraArguments))

/** Arguments for a camera that repeats this film, and a user who allows its use. */
export const cameraShowing = (film: string): string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
]

/** A film of two frames of YUV4MPEG2: a QR code on grey. */
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

/** A photo of a QR code, as a file that a user chooses. */
export const photoOf = (text: string) => ({
  name: 'photo.gif',
  mimeType: 'image/gif',
  buffer: Buffer.from(encodeQR(text, 'gif', { ecc: 'medium', border: 4, scale: 6 })),
})

export interface Visit {
  page: Page
  /** Console errors and warnings (also for a violated policy), exceptions, and requests to another host. */
  faults: string[]
  close(): Promise<void>
}

/** Opens an address in a new context without cache, and without cookies but for `cookie`. */
export async function visit(
  browser: Browser,
  address: string,
  {
    width = 390,
    scripts = true,
    deviceScaleFactor = 1,
    cookie,
  }: { width?: number; scripts?: boolean; deviceScaleFactor?: number; cookie?: string } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width, height: 844 },
    javaScriptEnabled: scripts,
    deviceScaleFactor,
  })
  if (cookie !== undefined) await setCookie(context, cookie, address)
  const { page, faults } = await watched(context, () => address)
  await page.goto(address)
  return { page, faults, close: () => context.close() }
}

/** Gives a browser the cookie `name=value` of the desk. Browsers take it only for an address with https, and send it to this machine. */
export async function setCookie(context: BrowserContext, cookie: string, address: string): Promise<void> {
  const [name = '', value = ''] = cookie.split('=')
  const url = new URL('/', address.replace('http:', 'https:')).href
  await context.addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: 'Lax' }])
}

async function watched(context: BrowserContext, address: () => string): Promise<Omit<Visit, 'close'>> {
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(address()).origin)
      faults.push(`request to another host: ${request.url()}`)
  })
  return { page, faults }
}

export interface Reader extends Visit {
  /** Opens another address at the width of the reader, or at another one, and clears the faults of the page before. */
  open(address: string, width?: number): Promise<Page>
}

/**
 * Opens one page after another in the same context, because a new context takes longer than a page. The pages store nothing, so one page
 * cannot affect the next. With `axe`, each page loads it at once, which is cheaper if most of them are given to `axeFindings`.
 */
export async function openReader(
  browser: Browser,
  { width = 390, axe = false, scripts = true }: { width?: number; axe?: boolean; scripts?: boolean } = {},
): Promise<Reader> {
  const height = 844
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: scripts })
  if (axe) await context.addInitScript(axeSource)
  let address = 'about:blank'
  const { page, faults } = await watched(context, () => address)
  return {
    page,
    faults,
    async open(next, at = width) {
      address = next
      faults.length = 0
      if (page.viewportSize()?.width !== at) await page.setViewportSize({ width: at, height })
      await page.goto(address)
      return page
    },
    close: () => context.close(),
  }
}

/** The violations that axe finds in the current page. Only their words leave the browser, because whole results are large. */
export async function axeFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('typeof axe === "object"'))) await page.evaluate(axeSource)
  const { found, passed } = await page.evaluate<{ found: string[]; passed: number }>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations, passes }) => ({
      found: violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')),
      passed: passes.length,
    }))`,
  )
  if (passed < 16) throw new Error(`axe checked too little: only ${passed} rules passed`)
  return found
}

/**
 * What makes a page unclear with every part of it open: it scrolls sideways, axe finds something, or a Thai page has English text. axe does
 * not read Thai pages, because another language changes the words and not the structure.
 */
export async function unclear(page: Page): Promise<string[]> {
  await openDetails(page)
  const sideways = (await scrollsSideways(page)) ? ['scrolls sideways'] : []
  const isThai = await page.evaluate<boolean>('document.documentElement.lang === "th"')
  return [...sideways, ...(isThai ? await unmarkedEnglish(page) : await axeFindings(page))]
}

/** Opens every `details` element except the menu of languages. */
export const openDetails = (page: Page): Promise<void> =>
  page.evaluate('for (const each of document.querySelectorAll("details:not(.lang)")) each.open = true')

/** Whether the page scrolls sideways. A table may scroll inside its own box. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  // After a click the new page may have no element yet.
  await page.waitForLoadState('domcontentloaded')
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}

/** Texts of the page that stand beyond the edge of the sheet that they are in, where they would be cut or cover something else. */
export const spilledTexts = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const found = []
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const sheet = node.parentElement.closest('.sheet, .paper, main').getBoundingClientRect()
      range.selectNodeContents(node)
      const isBeyond = ({ left, right, width }) => width > 1 && (right > sheet.right + 1 || left < sheet.left - 1)
      if (node.parentElement.closest('.vh') === null && [...range.getClientRects()].some(isBeyond)) found.push(node.textContent.trim())
    }
    return found
  })()`)

/** English text on a Thai page that is not marked with `lang`, and is not a name, a number or a code. */
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

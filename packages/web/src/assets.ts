import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export interface Asset {
  type: string
  body: string | Uint8Array
}

/** Reads an asset. A bundle has every file in `assets/` beside it. In the source tree, the QR reader is where npm installed it. */
function read(name: string, module?: string): string {
  const beside = new URL(`./assets/${name}`, import.meta.url)
  if (module === undefined || existsSync(beside)) return readFileSync(beside, 'utf8')
  return readFileSync(createRequire(import.meta.url).resolve(module), 'utf8')
}

/** A file that is no text. */
const picture = (name: string): Uint8Array => readFileSync(new URL(`./assets/${name}`, import.meta.url))

const served: Record<string, Asset> = Object.create(null)

/** The name holds a hash of the content, so that a browser may keep the file for ever. */
function serve(name: string, extension: string, type: string, body: string | Uint8Array): string {
  const file = `${name}-${createHash('sha256').update(body).digest('hex').slice(0, 16)}.${extension}`
  served[file] = { type, body }
  return file
}

const script = 'text/javascript; charset=utf-8'
/** A script of ours without indents, and without the lines that are only comments. A slow phone loads the rest sooner. */
const readScript = (name: string): string =>
  read(name)
    .replaceAll(/^[ \t]*(?:\/\/.*|\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n/gm, '')
    .replaceAll(/\n\s+/g, '\n')

/** Our styles without comments, and without spaces between declarations, for the same reason. */
const readStyles = (name: string): string =>
  read(name)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\n\s+/g, '\n')
    .replaceAll(/^([\w-]+): /gm, '$1:')
    .replaceAll(/([;,{])\n/g, '$1')

const encoder = serve('qr', 'js', script, read('qr/index.js', 'qr'))
const decoder = serve(
  'qr-decode',
  'js',
  script,
  read('qr/decode.js', 'qr/decode.js').replace('./index.js', `./${encoder}`),
)

const localTime = serve('local-time', 'js', script, readScript('local-time.js'))
const inPlace = serve('in-place', 'js', script, readScript('in-place.js').replace('./local-time.js', `./${localTime}`))

const manifest = serve('manifest', 'js', script, readScript('manifest.js'))

const tlog = serve('tlog', 'js', script, readScript('tlog.js'))

/** The address of each asset. The scanner loads the decoder only when it needs it. */
export const assetPaths = {
  styles: `/assets/${serve('sijil', 'css', 'text/css; charset=utf-8', readStyles('sijil.css'))}`,
  scan: `/assets/${serve('scan', 'js', script, readScript('scan.js').replace('./qr-decode.js', `./${decoder}`).replace('./in-place.js', `./${inPlace}`))}`,
  logProof: `/assets/${serve('log-proof', 'js', script, readScript('log-proof.js').replace('./tlog.js', `./${tlog}`))}`,
  portfolio: `/assets/${serve('portfolio', 'js', script, readScript('portfolio.js').replace('./manifest.js', `./${manifest}`))}`,
  inPlace: `/assets/${inPlace}`,
  menu: `/assets/${serve('menu', 'js', script, readScript('menu.js'))}`,
  icon: `/assets/${serve('seal', 'svg', 'image/svg+xml', read('seal.svg'))}`,
  // Chat applications and telephones show no SVG. test/support/draw-pictures.ts draws these.
  iconPng: `/assets/${serve('icon', 'png', 'image/png', picture('icon.png'))}`,
  touchIcon: `/assets/${serve('touch', 'png', 'image/png', picture('touch.png'))}`,
  preview: `/assets/${serve('preview', 'png', 'image/png', picture('preview.png'))}`,
} as const

/** The answers of `GET /assets/{file}`, by file name. The object has no prototype, so that `__proto__` is not a file. */
export const assets: Readonly<Record<string, Asset>> = Object.freeze(served)

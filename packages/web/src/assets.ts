import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export interface Asset {
  type: string
  body: string
}

/** In a bundle everything lies in `assets/` beside it; in the source tree the QR reader lies where npm put it. */
function read(name: string, module?: string): string {
  const beside = new URL(`./assets/${name}`, import.meta.url)
  if (module === undefined || existsSync(beside)) return readFileSync(beside, 'utf8')
  return readFileSync(createRequire(import.meta.url).resolve(module), 'utf8')
}

const served: Record<string, Asset> = Object.create(null)

/** Named by its content, so that a browser may keep it for ever. */
function serve(name: string, extension: string, type: string, body: string): string {
  const file = `${name}-${createHash('sha256').update(body).digest('hex').slice(0, 16)}.${extension}`
  served[file] = { type, body }
  return file
}

const script = 'text/javascript; charset=utf-8'
const encoder = serve('qr', 'js', script, read('qr/index.js', 'qr'))
const decoder = serve(
  'qr-decode',
  'js',
  script,
  read('qr/decode.js', 'qr/decode.js').replace('./index.js', `./${encoder}`),
)

const tlog = serve('tlog', 'js', script, read('tlog.js'))

/** Where each lies. The scanner loads the decoder only once it is needed. */
export const assetPaths = {
  styles: `/assets/${serve('sijil', 'css', 'text/css; charset=utf-8', read('sijil.css'))}`,
  scan: `/assets/${serve('scan', 'js', script, read('scan.js').replace('./qr-decode.js', `./${decoder}`))}`,
  logProof: `/assets/${serve('log-proof', 'js', script, read('log-proof.js').replace('./tlog.js', `./${tlog}`))}`,
  print: `/assets/${serve('print', 'js', script, read('print.js'))}`,
  icon: `/assets/${serve('seal', 'svg', 'image/svg+xml', read('seal.svg'))}`,
} as const

/** What `GET /assets/{file}` answers, by file name. It has no prototype: `__proto__` is not a file. */
export const assets: Readonly<Record<string, Asset>> = Object.freeze(served)

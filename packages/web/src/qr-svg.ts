import { html, raw } from 'hono/html'
import { encodeQR } from 'qr'
import type { Html, Value } from './html.ts'

/** Four light modules around the code (ISO/IEC 18004 §9.1). */
const quietZone = 4

/** A QR code with error correction level M. Its path has one bar for each run of dark modules, and only numbers, so it needs no escaping. */
export function qrSvg(link: string, label: Value): Html {
  const rows = encodeQR(link, 'raw', { ecc: 'medium', border: quietZone })
  const size = rows.length
  const runs = (row: readonly boolean[]) =>
    row
      .map((dark) => (dark ? '#' : ' '))
      .join('')
      .matchAll(/#+/g)
  const path = rows
    .flatMap((row, y) => [...runs(row)].map(({ 0: { length }, index }) => `M${index} ${y}h${length}v1h-${length}z`))
    .join('')
  return html`<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges" xmlns="http://www.w3.org/2000/svg"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${raw(path)}"/></svg>`
}

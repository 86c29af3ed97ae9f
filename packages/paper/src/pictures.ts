import { encodeQR } from 'qr'

/** Four light modules around the code (ISO/IEC 18004 §9.1). */
export const QUIET_ZONE = 4

/** The link as a QR code with error correction level M, as SVG. */
export function qrPicture(link: string): string {
  const rows = encodeQR(link, 'raw', { ecc: 'medium', border: QUIET_ZONE })
  const size = rows.length
  const path = rows
    .flatMap((row, y) => {
      const line = row.map((dark) => (dark ? '#' : ' ')).join('')
      return [...line.matchAll(/#+/g)].map(({ 0: { length }, index }) => `M${index} ${y}h${length}v1h-${length}z`)
    })
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`
}

/** Millimetres of an A4 page. */
const [WIDTH, HEIGHT] = [210, 297]
const MIDDLE = 7
const CORNER = 15

/** Points of a wave along one side, from corner to corner. */
function wave(length: number, phase: number, height: number): string {
  const steps = Math.round((length - 2 * CORNER) / 2)
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const along = CORNER + ((length - 2 * CORNER) * step) / steps
    return `${along.toFixed(1)} ${(MIDDLE + height * Math.sin(step * 0.9 + phase)).toFixed(2)}`
  })
  return `M${points.join('L')}`
}

const waves = (length: number): string =>
  [0, Math.PI / 2, Math.PI, (3 * Math.PI) / 2]
    .map((phase) => `<path d="${wave(length, phase, phase % Math.PI === 0 ? 1.7 : 1.2)}"/>`)
    .join('')

const rosette = (x: number, y: number): string =>
  Array.from(
    { length: 8 },
    (_, turn) => `<ellipse cx="${x}" cy="${y}" rx="5.2" ry="2.1" transform="rotate(${turn * 22.5} ${x} ${y})"/>`,
  ).join('')

function drawFrame(): string {
  const along = waves(WIDTH)
  const down = waves(HEIGHT)
  // A turned and mirrored side, so that the wave of the height runs down.
  const upright = 'matrix(0 1 1 0 0 0)'
  const sides = [
    along,
    `<g transform="translate(0 ${HEIGHT - 2 * MIDDLE})">${along}</g>`,
    `<g transform="${upright}">${down}</g>`,
    `<g transform="translate(${WIDTH - 2 * MIDDLE} 0) ${upright}">${down}</g>`,
  ].join('')
  const corners = [MIDDLE, WIDTH - MIDDLE].flatMap((x) => [MIDDLE, HEIGHT - MIDDLE].map((y) => rosette(x, y))).join('')
  const line = `<path d="M10.5 10.5h${WIDTH - 21}v${HEIGHT - 21}h-${WIDTH - 21}z" stroke="#c99a3f" stroke-width=".5"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" fill="none" stroke="#0d4f54" stroke-opacity=".8" stroke-width=".22">${sides}${corners}${line}</svg>`
}

/** The frame of every page: four waves along each side, and a rosette in each corner. */
export const framePicture = drawFrame()

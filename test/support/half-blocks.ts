import decodeQR from 'qr/decode.js'

const SCALE = 4
const scaled = <T>(item: T): T[] => Array.from({ length: SCALE }, () => item)

/** Decodes a QR code of half blocks, white on black, in a text. Other lines of the text are ignored. */
export function scanHalfBlocks(text: string): string {
  const rows = text
    .split('\n')
    .map((line) => line.replace(/[^█▀▄ ]*\u001b\[[\d;]*m/g, ''))
    .filter((line) => /^[█▀▄ ]*[█▀▄][█▀▄ ]*$/.test(line))
    .flatMap((line) => ['█▀', '█▄'].map((light) => [...line].map((block) => light.includes(block))))
  const pixels = rows.flatMap((row) =>
    scaled(row.flatMap((light) => scaled(light ? [255, 255, 255, 255] : [0, 0, 0, 255]).flat())).flat(),
  )
  return decodeQR({ width: (rows[0]?.length ?? 0) * SCALE, height: rows.length * SCALE, data: Uint8Array.from(pixels) })
}

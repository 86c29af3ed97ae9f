import { deflateSync } from 'node:zlib'
import { chunkOf, pngOf } from './chunks.ts'
import { type Picture, predicted } from './read-png.ts'

/** Writes a picture as a PNG of three chunks: size, pixels, end. With alpha only if a pixel needs it. */
export function writePng({ width, height, rgba }: Picture): Uint8Array {
  const isOpaque = rgba.every((byte, at) => at % 4 !== 3 || byte === 255)
  const step = isOpaque ? 3 : 4
  const rows: Uint8Array[] = []
  let above = new Uint8Array(width * step)
  for (let y = 0; y < height; y++) {
    const row = new Uint8Array(width * step)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      row.set(rgba.subarray(at, at + step), x * step)
    }
    rows.push(filtered(row, above, step))
    above = row
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, isOpaque ? 2 : 6, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.concat(rows), { level: 9 })
  return pngOf([chunkOf('IHDR', header), chunkOf('IDAT', pixels), chunkOf('IEND', new Uint8Array())])
}

/** The row under the filter with the smallest differences, which compresses best as a rule (W3C PNG §12.7). */
function filtered(row: Uint8Array, above: Uint8Array, step: number): Uint8Array {
  let best: { sum: number; line: Uint8Array } | undefined
  for (let kind = 0; kind <= 4; kind++) {
    const line = new Uint8Array(row.length + 1)
    line[0] = kind
    let sum = 0
    for (let x = 0; x < row.length; x++) {
      const left = x < step ? 0 : (row[x - step] as number)
      const corner = x < step ? 0 : (above[x - step] as number)
      const difference = ((row[x] as number) - predicted(kind, left, above[x] as number, corner)) & 255
      line[x + 1] = difference
      sum += difference < 128 ? difference : 256 - difference
    }
    if (best === undefined || sum < best.sum) best = { sum, line }
  }
  return (best as { line: Uint8Array }).line
}

import { crc32, deflateSync } from 'node:zlib'
import { encodeQR } from 'qr'
import { QUIET_ZONE, qrPicture } from './pictures.ts'

/** Pixels of one module. A code of 1,000 pixels is sharp on a paper of its own. */
const SCALE = 20

/** The code of a link as pictures, for a paper that a body designs itself. */
export const codePictures = (link: string): { svg: string; png: Uint8Array } => ({
  svg: qrPicture(link),
  png: pngOf(encodeQR(link, 'raw', { ecc: 'medium', border: QUIET_ZONE })),
})

/** One bit for each pixel: 0 is black. @see https://www.w3.org/TR/png-3/ */
function pngOf(rows: readonly (readonly boolean[])[]): Uint8Array {
  const size = rows.length * SCALE
  const line = Math.ceil(size / 8)
  const pixels = Buffer.alloc((line + 1) * size, 0xff)
  for (let y = 0; y < size; y++) {
    const at = y * (line + 1)
    pixels[at] = 0 // no filter
    const row = rows[Math.floor(y / SCALE)] ?? []
    for (let x = 0; x < size; x++)
      if (row[Math.floor(x / SCALE)] === true) {
        const byte = at + 1 + Math.floor(x / 8)
        pixels.writeUInt8(pixels.readUInt8(byte) & (0xff ^ (0x80 >> (x % 8))), byte)
      }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head[8] = 1 // bit depth; colour type 0 is grey
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

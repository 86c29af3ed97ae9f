import { crc32 } from 'node:zlib'
import { imageFault } from './image-fault.ts'

/** One chunk of a PNG (W3C PNG §5.3). Its checksum was right. */
export interface Chunk {
  type: string
  bytes: Uint8Array
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Length, type and checksum. */
const FRAME = 12

/** Splits a PNG. Throws `validation-failed` for another file, a wrong checksum, and anything behind the end. */
export function chunksOf(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength)
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw imageFault('not-a-png')
  const chunks: Chunk[] = []
  for (let at = SIGNATURE.length; at < bytes.length; ) {
    if (chunks.at(-1)?.type === 'IEND' || at + FRAME > bytes.length) throw imageFault('image-damaged')
    const end = at + FRAME + bytes.readUInt32BE(at)
    if (end > bytes.length) throw imageFault('image-damaged')
    const named = bytes.subarray(at + 4, end - 4)
    const type = named.toString('latin1', 0, 4)
    if (!/^[A-Za-z]{4}$/.test(type) || crc32(named) !== bytes.readUInt32BE(end - 4)) throw imageFault('image-damaged')
    chunks.push({ type, bytes: named.subarray(4) })
    at = end
  }
  if (chunks.at(-1)?.type !== 'IEND') throw imageFault('image-damaged')
  return chunks
}

/** One chunk with its length and checksum. */
export function chunkOf(type: string, bytes: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), bytes])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(bytes.length)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}

export const pngOf = (chunks: readonly Buffer[]): Uint8Array => new Uint8Array(Buffer.concat([SIGNATURE, ...chunks]))

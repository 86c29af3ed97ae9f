import { crc32, deflateSync } from 'node:zlib'

const chunk = (type: string, bytes: Uint8Array) => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), bytes])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(bytes.length)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}

/** A PNG of one colour. `text`: what a program wrote into it. */
export function aPicture({
  side = 32,
  colour = [200, 30, 30],
  text,
}: {
  side?: number
  colour?: number[]
  text?: string
} = {}) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.from([0, ...Array.from({ length: side }, () => colour).flat()])
  const rows = Buffer.concat(Array.from({ length: side }, () => row))
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('pHYs', Buffer.from([0, 0, 1, 2, 0, 0, 1, 2, 1])),
      ...(text === undefined ? [] : [chunk('tEXt', Buffer.from(`Author\0${text}`))]),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', new Uint8Array()),
    ]),
  )
}

import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RegistryError } from '../../errors.ts'
import { chunkOf, chunksOf, pngOf } from './chunks.ts'
import { logoLimits } from './image-fault.ts'
import { type Picture, readPng } from './read-png.ts'
import { writePng } from './write-png.ts'

const [WIDTH, HEIGHT] = [20, 18]

function header(change: { width?: number; height?: number; depth?: number; colour?: number; interlace?: number } = {}) {
  const { width = WIDTH, height = HEIGHT, depth = 8, colour = 2, interlace = 0 } = change
  const bytes = Buffer.alloc(13)
  bytes.writeUInt32BE(width, 0)
  bytes.writeUInt32BE(height, 4)
  bytes.set([depth, colour, 0, 0, interlace], 8)
  return chunkOf('IHDR', bytes)
}
const end = chunkOf('IEND', new Uint8Array())
/** Rows without a filter, of so many bytes each. */
const rows = (length: number, fill = (at: number) => at & 255, height = HEIGHT) =>
  Buffer.concat(
    Array.from({ length: height }, (_, y) =>
      Buffer.from([0, ...Array.from({ length }, (_, x) => fill(y * length + x))]),
    ),
  )
const pixels = (raw: Uint8Array) => chunkOf('IDAT', deflateSync(raw))
const usual = (...more: Buffer[]) => pngOf([header(), ...more, pixels(rows(WIDTH * 3)), end])

const reasonOf = (png: Uint8Array): string | undefined => {
  try {
    readPng(png)
    return undefined
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    expect(error.code).toBe('validation-failed')
    return error.faults?.[0]?.reason
  }
}

describe('P013: a logo is decoded within limits, and only its pixels are encoded anew', () => {
  test('nothing but three chunks is left, whatever else the file had', () => {
    const profile = Buffer.concat([Buffer.from('profile\0\0'), deflateSync(Buffer.alloc(5_000_000))])
    const secret = Buffer.from('a name of a person')
    const png = usual(chunkOf('iCCP', profile), chunkOf('pHYs', secret.subarray(0, 9)), chunkOf('prIv', secret))
    const encoded = writePng(readPng(png))
    expect(chunksOf(encoded).map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND'])
    expect(Buffer.from(encoded).includes(secret)).toBe(false)
    expect(readPng(encoded)).toEqual(readPng(png))
  })

  test('any picture is the same after it was encoded, with every filter', () => {
    const picture = fc.record({
      width: fc.integer({ min: 16, max: 40 }),
      height: fc.integer({ min: 16, max: 40 }),
      seed: fc.integer(),
      alpha: fc.boolean(),
    })
    fc.assert(
      fc.property(picture, ({ width, height, seed, alpha }) => {
        const rgba = new Uint8Array(width * height * 4)
        let state = seed
        for (let at = 0; at < rgba.length; at += 4) {
          state = (Math.imul(state, 1_103_515_245) + 12_345) | 0
          const opacity = alpha ? (state >>> 4) & 255 : 255
          if (opacity !== 0) rgba.set([(state >>> 8) & 255, (at >> 2) & 255, (state >>> 24) & 63, opacity], at)
        }
        const stated: Picture = { width, height, rgba }
        expect(readPng(writePng(stated))).toEqual(stated)
      }),
      { numRuns: 40 },
    )
  })

  test.each([
    ['grey of one bit', { colour: 0, depth: 1 }, 3, [], [0x80], [255, 255, 255, 255]],
    ['grey of four bits', { colour: 0, depth: 4 }, 10, [], [0x30], [51, 51, 51, 255]],
    ['grey of sixteen bits', { colour: 0, depth: 16 }, 40, [], [0x12, 0x34], [0x12, 0x12, 0x12, 255]],
    ['grey with alpha', { colour: 4 }, 40, [], [7, 9], [7, 7, 7, 9]],
    [
      'a palette with alpha',
      { colour: 3, depth: 2 },
      5,
      [chunkOf('PLTE', Buffer.from([1, 2, 3, 4, 5, 6])), chunkOf('tRNS', Buffer.from([200, 100]))],
      [0x40],
      [4, 5, 6, 100],
    ],
    [
      'one transparent colour',
      { colour: 2 },
      60,
      [chunkOf('tRNS', Buffer.from([0, 9, 0, 8, 0, 7]))],
      [9, 8, 7],
      [0, 0, 0, 0],
    ],
  ] as const)('%s is read', (_, change, length, more, first, expected) => {
    const raw = rows(length, (at) => first[at] ?? 0)
    const { rgba } = readPng(pngOf([header(change), ...more, pixels(raw), end]))
    expect([...rgba.subarray(0, 4)]).toEqual(expected)
  })

  const whole = usual()
  const cut = (from: number, ...bytes: number[]) =>
    Uint8Array.from([...whole.subarray(0, from), ...bytes, ...whole.subarray(from + bytes.length)])
  test.each([
    ['an SVG with a script', Buffer.from('<svg onload="alert(1)"/>'), 'not-a-png'],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'not-a-png'],
    ['nothing', new Uint8Array(), 'not-a-png'],
    [
      '30,000 by 30,000 pixels',
      pngOf([header({ width: 30_000, height: 30_000 }), pixels(rows(1)), end]),
      'image-too-large',
    ],
    ['a side that is too long', pngOf([header({ width: 2_001, height: 16 }), pixels(rows(1)), end]), 'image-too-large'],
    ['too many pixels', pngOf([header({ width: 1_001, height: 1_000 }), pixels(rows(1)), end]), 'image-too-large'],
    [
      'a size that overflows',
      pngOf([header({ width: 0xffffffff, height: 0xffffffff }), pixels(rows(1)), end]),
      'image-too-large',
    ],
    ['too many bytes', new Uint8Array(logoLimits.bytes + 1), 'image-too-large'],
    ['a side of nothing', pngOf([header({ width: 0 }), pixels(rows(1)), end]), 'image-too-small'],
    ['a bomb: more pixels than it states', pngOf([header(), pixels(Buffer.alloc(50_000_000)), end]), 'image-damaged'],
    ['fewer pixels than it states', pngOf([header(), pixels(rows(10)), end]), 'image-damaged'],
    ['an animation', usual(chunkOf('acTL', Buffer.alloc(8))), 'image-animated'],
    ['a further frame', usual(chunkOf('fdAT', Buffer.alloc(8))), 'image-animated'],
    ['a text', usual(chunkOf('tEXt', Buffer.from('Author\0Somebody'))), 'image-with-texts'],
    ['a packed text', usual(chunkOf('zTXt', Buffer.from('x\0\0'))), 'image-with-texts'],
    ['a text in Unicode', usual(chunkOf('iTXt', Buffer.from('x'))), 'image-with-texts'],
    ['notes of a camera', usual(chunkOf('eXIf', Buffer.from('MM'))), 'image-with-texts'],
    ['a wrong checksum', cut(whole.length - 1, 0), 'image-damaged'],
    ['another program behind its end', Buffer.concat([whole, Buffer.from('PK\x03\x04')]), 'image-damaged'],
    ['no end', whole.subarray(0, -12), 'image-damaged'],
    ['a length beyond the file', cut(8, 0x7f, 0xff, 0xff, 0xff), 'image-damaged'],
    ['no pixels', pngOf([header(), end]), 'image-damaged'],
    [
      'pixels in two places',
      pngOf([header(), pixels(rows(60)), chunkOf('pHYs', new Uint8Array(9)), pixels(rows(60)), end]),
      'image-damaged',
    ],
    ['two headers', pngOf([header(), header(), pixels(rows(60)), end]), 'image-damaged'],
    ['a filter that does not exist', pngOf([header(), pixels(rows(60).fill(9)), end]), 'image-damaged'],
    ['a palette that is missing', pngOf([header({ colour: 3 }), pixels(rows(20)), end]), 'image-damaged'],
    [
      'a colour beyond its palette',
      pngOf([header({ colour: 3 }), chunkOf('PLTE', Buffer.from([1, 2, 3])), pixels(rows(20)), end]),
      'image-damaged',
    ],
    ['interlaced rows', pngOf([header({ interlace: 1 }), pixels(rows(60)), end]), 'image-interlaced'],
    ['a chunk that must be understood', usual(chunkOf('ABCD', new Uint8Array())), 'not-a-png'],
    ['a depth that does not exist', pngOf([header({ depth: 5 }), pixels(rows(60)), end]), 'not-a-png'],
  ])('%s is refused, with a reason', (_, png, reason) => {
    expect(reasonOf(png)).toBe(reason)
  })

  test('any byte that is changed is noticed, or the picture is another one of the same size; nothing else is thrown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Uint8Array.from(whole)
        changed[at] = ((changed[at] as number) + by) & 255
        expect(reasonOf(changed)).toMatch(/^(not-a-png|image-)/)
      }),
      { numRuns: 300 },
    )
  })
})

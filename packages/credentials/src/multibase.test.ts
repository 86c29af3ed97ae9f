import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../../test/support/whole.ts'
import { decodeBase58, encodeBase58 } from './multibase.ts'

// The former code, which read and wrote every key and signature before the library did.
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const DIGITS = new Map([...ALPHABET].map((digit, value) => [digit, value]))

/** The `length` bytes that `text` encodes. Undefined if it is no multibase of exactly that length. */
function formerDecode(text: string, length: number): Uint8Array | undefined {
  if (text[0] !== 'z' || text.length > 2 * length + 1) return undefined
  let at = 1
  while (text[at] === '1') at++
  const zeros = at - 1
  let number = 0n
  while (at < text.length) {
    const end = Math.min(at + 8, text.length)
    let chunk = 0
    let scale = 1
    for (; at < end; at++, scale *= 58) {
      const digit = DIGITS.get(text[at] ?? '')
      if (digit === undefined) return undefined
      chunk = chunk * 58 + digit
    }
    number = number * BigInt(scale) + BigInt(chunk)
  }
  let hex = number === 0n ? '' : number.toString(16)
  if (hex.length % 2 === 1) hex = `0${hex}`
  return zeros + hex.length / 2 === length ? Buffer.from('00'.repeat(zeros) + hex, 'hex') : undefined
}

/** Five digits of base 58, and the bytes in pairs, so that every product is exact in a double. */
const LIMB = 58 ** 5

function formerEncode(bytes: Uint8Array): string {
  const limbs: number[] = []
  const take = (value: number, scale: number) => {
    let carry = value
    for (let at = 0; at < limbs.length; at++) {
      carry += (limbs[at] ?? 0) * scale
      const rest = Math.floor(carry / LIMB)
      limbs[at] = carry - rest * LIMB
      carry = rest
    }
    if (carry > 0) limbs.push(carry)
  }
  const odd = bytes.length % 2
  if (odd === 1) take(bytes[0] ?? 0, 256)
  for (let at = odd; at < bytes.length; at += 2) take((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0), 65_536)
  let digits = ''
  for (const limb of limbs) {
    let rest = limb
    for (let digit = 0; digit < 5; digit++) {
      digits = ALPHABET[rest % 58] + digits
      rest = Math.floor(rest / 58)
    }
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return `z${'1'.repeat(zeros === -1 ? bytes.length : zeros)}${digits.replace(/^1+/, '')}`
}

/** Keys with their prefixes, signatures, and the shortest and longest texts that a caller may send. */
const lengths = [0, 1, 2, 32, 34, 35, 51, 64, 96, 132]
const bytes = fc
  .tuple(
    fc.nat(6),
    fc.constantFrom(...lengths).chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
  )
  .map(([zeros, rest]) => Uint8Array.from([...new Uint8Array(zeros), ...rest]))
const digits = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...ALPHABET) },
  { weight: 6, arbitrary: fc.constant('1') },
  { weight: 1, arbitrary: fc.constantFrom(...'0OIl+/=-_ \t\n\u00a0\u200b\u0661\uff11\u{1d7cf}zZ') },
)
const texts = fc.tuple(
  fc.oneof(
    { weight: 9, arbitrary: fc.constant('z') },
    { weight: 1, arbitrary: fc.constantFrom('', 'Z', 'u', 'm', ' z', 'zz', 'z1', '1z') },
  ),
  fc.oneof(
    fc.array(digits, { maxLength: 140 }).map((all) => all.join('')),
    bytes.map((all) => formerEncode(all).slice(1)),
    fc.tuple(bytes, fc.constantFrom(' ', '\n', '1', '0')).map(([all, last]) => formerEncode(all).slice(1) + last),
  ),
)

describe('multibase z', () => {
  test('every text is read as before, and no other text is accepted', () => {
    let read = 0
    fc.assert(
      fc.property(texts, fc.constantFrom(...lengths), fc.boolean(), ([first, rest], drawn, isFitting) => {
        const text = first + rest
        // Mostly use the length of the text. Otherwise almost nothing would be read.
        const length = isFitting ? (lengths.find((one) => formerDecode(text, one) !== undefined) ?? drawn) : drawn
        const before = formerDecode(text, length)
        const now = decodeBase58(text, length)
        if (now !== undefined) read += 1
        expect(now && Buffer.from(now).toString('hex')).toBe(before && Buffer.from(before).toString('hex'))
      }),
      { numRuns: runs(3_000, 100_000) },
    )
    expect(read).toBeGreaterThan(100)
  })

  test('all bytes are written as before, and can be read back', () => {
    fc.assert(
      fc.property(bytes, (all) => {
        const text = encodeBase58(all)
        expect(text).toBe(formerEncode(all))
        expect(Buffer.from(decodeBase58(text, all.length) ?? [0]).equals(all)).toBe(true)
      }),
      { numRuns: runs(3_000, 100_000) },
    )
  })

  test('a text that is far too long is refused before decoding', () => {
    const began = process.cpuUsage()
    expect(decodeBase58(`z${'2'.repeat(1_000_000)}`, 64)).toBeUndefined()
    expect(process.cpuUsage(began).user).toBeLessThan(1_000_000)
  })
})

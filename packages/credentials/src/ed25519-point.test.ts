import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../../test/support/whole.ts'
import { isEd25519Point } from './ed25519-point.ts'

const P = 2n ** 255n - 19n
/** The order of the base point (RFC 8032 §5.1). */
const L = 2n ** 252n + 27742317777372353535851937790883648493n

const little = (value: bigint): Uint8Array =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse())
const asNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)

/** The answer of another implementation: true for a canonical encoding of a point that is not of small order. */
function saysNoble(bytes: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(Uint8Array.from(bytes), false).isSmallOrder()
  } catch {
    return false
  }
}

const torsion = ed25519.Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')
const smallOrder = Array.from({ length: 8 }, (_, times) =>
  times === 0 ? ed25519.Point.ZERO : torsion.multiplyUnsafe(BigInt(times)),
)
const signBit = 2n ** 255n
/** All encodings of the eight points of small order, canonical or not, with either sign. */
const small = smallOrder
  .map((point) => asNumber(point.toBytes()) & (signBit - 1n))
  .flatMap((y) => [y, y + P])
  .filter((y) => y < signBit)
  .flatMap((y) => [y, y + signBit])
  .map(little)

const scalars = fc.bigInt({ min: 1n, max: L - 1n })
const encodings = fc.oneof(
  { weight: 6, arbitrary: fc.uint8Array({ minLength: 32, maxLength: 32 }) },
  { weight: 2, arbitrary: scalars.map((scalar) => ed25519.Point.BASE.multiply(scalar).toBytes()) },
  // The sum of a point of the group and one of small order. Its order is neither prime nor small.
  {
    weight: 1,
    arbitrary: fc
      .tuple(scalars, fc.constantFrom(...smallOrder))
      .map(([scalar, other]) => ed25519.Point.BASE.multiply(scalar).add(other).toBytes()),
  },
  { weight: 1, arbitrary: fc.constantFrom(...small) },
  // Encodings from P on are not canonical.
  { weight: 1, arbitrary: fc.bigInt({ min: P - 20n, max: signBit - 1n }).map(little) },
  { weight: 1, arbitrary: fc.bigInt({ min: P - 20n, max: signBit - 1n }).map((y) => little(y + signBit)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
)

describe('points of Ed25519', () => {
  test('another implementation accepts exactly the same encodings', () => {
    let points = 0
    fc.assert(
      fc.property(encodings, (bytes) => {
        const is = isEd25519Point(bytes)
        if (is) points += 1
        expect(is).toBe(saysNoble(bytes))
      }),
      { numRuns: runs(400, 20_000) },
    )
    expect(points).toBeGreaterThan(100)
  })

  test('a point of small order is no key, in any encoding', () => {
    expect(small.length).toBeGreaterThan(13)
    for (const bytes of small) expect([isEd25519Point(bytes), saysNoble(bytes)]).toEqual([false, false])
  })
})

describe('signatures', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const verifies = (signature: Uint8Array, message: Uint8Array) => verify(null, message, publicKey, signature)

  test('a signature that the platform accepts is also accepted by another implementation with the strict rules', () => {
    const changed = fc.record({
      message: fc.uint8Array({ maxLength: 80 }),
      how: fc.constantFrom('as it is', 'S + L', 'a bit', 'small R', 'R + P') as fc.Arbitrary<string>,
      at: fc.nat(511),
      r: fc.constantFrom(...small),
    })
    let accepted = 0
    fc.assert(
      fc.property(changed, ({ message, how, at, r }) => {
        const signature = sign(null, message, privateKey)
        if (how === 'S + L') signature.set(little(asNumber(signature.subarray(32)) + L), 32)
        if (how === 'a bit') signature[at >> 3] = (signature[at >> 3] as number) ^ (1 << (at & 7))
        if (how === 'small R') signature.set(r)
        if (how === 'R + P') signature.set(little((asNumber(signature.subarray(0, 32)) + P) % 2n ** 256n))
        const is = verifies(signature, message)
        expect(is).toBe(how === 'as it is')
        if (!is) return
        accepted += 1
        expect(ed25519.verify(Uint8Array.from(signature), message, Uint8Array.from(key), { zip215: false })).toBe(true)
      }),
      { numRuns: runs(200, 5_000) },
    )
    expect(accepted).toBeGreaterThan(10)
  })
})

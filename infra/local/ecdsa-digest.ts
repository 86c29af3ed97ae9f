import { createECDH, type KeyObject, randomBytes } from 'node:crypto'

const curves = {
  prime256v1: {
    name: 'prime256v1',
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    bytes: 32,
  },
  secp384r1: {
    name: 'secp384r1',
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    bytes: 48,
  },
} as const

/**
 * Signs a given digest with ECDSA (FIPS 186-5 §6.4.1), in DER, because node:crypto always hashes its input. The arithmetic on the
 * curve is OpenSSL's. The arithmetic on scalars does not take constant time, so use this only in the emulator.
 */
export function signWithDigest(key: KeyObject, digest: Uint8Array): Buffer {
  const curve = Object.values(curves).find(({ name }) => name === key.asymmetricKeyDetails?.namedCurve)
  if (curve === undefined) throw new TypeError('the key is not of a supported curve')
  const { order, bytes } = curve
  const secret = numberOf(Buffer.from(String(key.export({ format: 'jwk' }).d), 'base64url'))
  for (;;) {
    // 64 bits more than the order, so that the remainder is almost uniform (FIPS 186-5 §A.3.1).
    const k = (numberOf(randomBytes(bytes + 8)) % (order - 1n)) + 1n
    const r = abscissaOf(k, curve) % order
    const s = (inverse(k, order) * (numberOf(digest) + r * secret)) % order
    if (r !== 0n && s !== 0n) return sequence(integer(r, bytes), integer(s, bytes))
  }
}

const numberOf = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const bytesOf = (number: bigint, length: number) => Buffer.from(number.toString(16).padStart(length * 2, '0'), 'hex')

/** The x coordinate of k times the generator, which is the public key of a private key k. */
function abscissaOf(k: bigint, { name, bytes }: { name: string; bytes: number }): bigint {
  const pair = createECDH(name)
  pair.setPrivateKey(bytesOf(k, bytes))
  return numberOf(pair.getPublicKey().subarray(1, bytes + 1))
}

/** The inverse modulo the order, by Fermat's little theorem, because the order is prime. */
function inverse(number: bigint, order: bigint): bigint {
  let [result, base] = [1n, number % order]
  for (let exponent = order - 2n; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * base) % order
    base = (base * base) % order
  }
  return result
}

/** DER. For these curves every length fits in one byte. */
const sequence = (...parts: Buffer[]) => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([0x30, content.length]), content])
}
function integer(number: bigint, length: number): Buffer {
  const bytes = bytesOf(number, length)
  const first = bytes.findIndex((byte) => byte !== 0)
  const shortest = bytes.subarray(first)
  const content = (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest
  return Buffer.concat([Buffer.from([0x02, content.length]), content])
}

import { createPublicKey, ECDH, hash, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { crc32, gzipSync, inflateRawSync } from 'node:zlib'

/** The only access to the platform's cryptography and compression. Everything here is synchronous. */

export type { KeyObject }

export const sha256Hex = (text: string): string => hash('sha256', text, 'hex')
export const sha256 = (text: string | Uint8Array): Uint8Array => hash('sha256', text, 'buffer')

let scratch = Buffer.alloc(65_536)

/**
 * Hash of a text in parts. Separate parts keep one part in a wide script from making the whole text slow to encode. The buffer is reused,
 * because allocating one for each hash costs as much as the hash.
 */
export const sha256OfParts = (parts: readonly string[]): Uint8Array => hash('sha256', encode(parts), 'buffer')

/** Hash of a text that is known to be ASCII, so that each letter is one byte. */
export function sha256OfAscii(text: string): Uint8Array {
  if (text.length > scratch.length) scratch = Buffer.alloc(2 * text.length)
  return hash('sha256', scratch.subarray(0, scratch.write(text, 'latin1')), 'buffer')
}

function encode(parts: readonly string[]): Buffer {
  let length = 0
  for (const part of parts) length += part.length
  // UTF-8 takes at most three bytes a UTF-16 unit.
  if (3 * length > scratch.length) scratch = Buffer.alloc(6 * length)
  let end = 0
  for (const part of parts) end += scratch.write(part, end)
  return scratch.subarray(0, end)
}

export interface Jwk {
  kty: 'OKP' | 'EC'
  crv: string
  x: string
  y?: string
}

const keys = new Map<string, KeyObject>()
const MAX_KEYS = 1000

/** Caches keys, because making one costs a quarter of a signature check. `name` must identify `jwk` completely. */
export function keyOnce(name: string, jwk: () => Jwk): KeyObject {
  const known = keys.get(name)
  if (known !== undefined) return known
  const made = createPublicKey({ key: { ...jwk() }, format: 'jwk' })
  // Evict the oldest, so that keys of strangers cannot fill the memory.
  if (keys.size >= MAX_KEYS) keys.delete(keys.keys().next().value ?? '')
  keys.set(name, made)
  return made
}

export function jwkFromSpki(der: Uint8Array): Jwk {
  const { kty, crv, x, y } = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }).export({
    format: 'jwk',
  })
  if ((kty !== 'OKP' && kty !== 'EC') || crv === undefined || x === undefined)
    throw new TypeError('not a public key of a supported kind')
  return { kty, crv, x, ...(y !== undefined && { y }) }
}

/** The key (SPKI, DER) of the first X.509 certificate, if each was signed by the next. Otherwise undefined. */
export function keyOfChain(ders: readonly Uint8Array[]): Uint8Array | undefined {
  try {
    const chain = ders.map((der) => new X509Certificate(der))
    const isChain = chain.every((certificate, place) => {
      const above = chain[place + 1]
      return above === undefined || (certificate.checkIssued(above) && certificate.verify(above.publicKey))
    })
    // The parser ignores bytes after a certificate.
    const isExact = chain.every(({ raw }, place) => raw.equals(ders[place] ?? new Uint8Array()))
    return isChain && isExact ? chain[0]?.publicKey.export({ format: 'der', type: 'spki' }) : undefined
  } catch {
    return undefined
  }
}

/** The subject and end of an X.509 certificate, and the SHA-256 of its DER as people compare it: pairs of hexadecimal digits. */
export function readX509(der: Uint8Array): { subject: string; until: Date; fingerprint: string } {
  const { subject, validToDate, fingerprint256 } = new X509Certificate(der)
  return { subject, until: validToDate, fingerprint: fingerprint256 }
}

export const verifyEd25519 = (bytes: Uint8Array, key: KeyObject, signature: Uint8Array): boolean =>
  verify(null, bytes, key, signature)

/** `signature` as IEEE P1363: r then s. */
export const verifyEcdsa = (
  digest: 'sha256' | 'sha384',
  bytes: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
): boolean => verify(digest, bytes, { key, dsaEncoding: 'ieee-p1363' }, signature)

const curves = { 'P-256': 'prime256v1', 'P-384': 'secp384r1' } as const

/** Converts a compressed point of 33 or 49 bytes. Throws if the curve has no such point. */
export function decompressPoint(curve: keyof typeof curves, point: Uint8Array): Uint8Array {
  const whole = ECDH.convertKey(Buffer.from(point), curves[curve], undefined, undefined, 'uncompressed')
  return typeof whole === 'string' ? Buffer.from(whole, 'latin1') : whole
}

export const compress = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 9 })

const TRAILER = 8
/**
 * Inflates one gzip member of exactly `length` bytes with nothing before it, after it or in its header. zlib alone would skip trailing
 * bytes and join members, so only the deflate stream is given to it. Never inflates more than `length`. Throws `TypeError` or an error of
 * zlib for anything else.
 */
export function inflateExactly(gzip: Uint8Array, length: number): Uint8Array {
  const [magic1, magic2, method, flags] = gzip
  if (magic1 !== 0x1f || magic2 !== 0x8b || method !== 8 || flags !== 0) throw new TypeError('not a plain gzip member')
  const body = gzip.subarray(10)
  const answer: unknown = inflateRawSync(body, { maxOutputLength: length, info: true })
  const { buffer, engine } = answer as Inflated
  const trailer = Buffer.from(body.subarray(engine.bytesWritten))
  if (buffer.length !== length || trailer.length !== TRAILER)
    throw new TypeError('not exactly one member of this length')
  if (trailer.readUInt32LE(0) !== crc32(buffer) || trailer.readUInt32LE(4) !== length) throw new TypeError('damaged')
  return buffer
}

/** The answer with `info: true`, which the types of Node omit. */
interface Inflated {
  buffer: Buffer
  engine: { bytesWritten: number }
}

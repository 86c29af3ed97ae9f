import { createPublicKey, ECDH, hash, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { crc32, gzipSync, inflateRawSync } from 'node:zlib'

/** The one port to the platform's cryptography and compression; everything here is synchronous. */

export type { KeyObject }

export const sha256Hex = (text: string): string => hash('sha256', text, 'hex')
export const sha256 = (text: string | Uint8Array): Uint8Array => hash('sha256', text, 'buffer')

let scratch = Buffer.alloc(65_536)

/**
 * Hash of a text in parts: one part in a wide script does not make the whole of it slow to encode. The buffer is kept: a fresh one
 * for each hash costs as much as the hash.
 */
export const sha256OfParts = (parts: readonly string[]): Uint8Array => hash('sha256', encode(parts), 'buffer')

/** Of a text that is known to be ASCII, where a byte is a letter. */
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

/** Making a key costs a quarter of a signature check, so it is done once; `name` says all that `jwk` says. */
export function keyOnce(name: string, jwk: () => Jwk): KeyObject {
  const known = keys.get(name)
  if (known !== undefined) return known
  const made = createPublicKey({ key: { ...jwk() }, format: 'jwk' })
  // The oldest leaves: a stranger's keys cannot fill the memory.
  if (keys.size >= MAX_KEYS) keys.delete(keys.keys().next().value ?? '')
  keys.set(name, made)
  return made
}

export function jwkFromSpki(der: Uint8Array): Jwk {
  const { kty, crv, x, y } = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }).export({
    format: 'jwk',
  })
  if ((kty !== 'OKP' && kty !== 'EC') || crv === undefined || x === undefined) throw new TypeError('not a key of ours')
  return { kty, crv, x, ...(y !== undefined && { y }) }
}

/** The key (SPKI, DER) of the first of these X.509 certificates, where each was signed by the next; nothing where it is no such chain. */
export function keyOfChain(ders: readonly Uint8Array[]): Uint8Array | undefined {
  try {
    const chain = ders.map((der) => new X509Certificate(der))
    const isChain = chain.every((certificate, place) => {
      const above = chain[place + 1]
      return above === undefined || (certificate.checkIssued(above) && certificate.verify(above.publicKey))
    })
    // What stands after a certificate is read over by the parser.
    const isExact = chain.every(({ raw }, place) => raw.equals(ders[place] ?? new Uint8Array()))
    return isChain && isExact ? chain[0]?.publicKey.export({ format: 'der', type: 'spki' }) : undefined
  } catch {
    return undefined
  }
}

/** What an X.509 certificate says of itself, and the SHA-256 of its DER as people compare it: pairs of hexadecimal digits. */
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

/** From 33 or 49 bytes to the whole point; throws where the curve has none. */
export function decompressPoint(curve: keyof typeof curves, point: Uint8Array): Uint8Array {
  const whole = ECDH.convertKey(Buffer.from(point), curves[curve], undefined, undefined, 'uncompressed')
  return typeof whole === 'string' ? Buffer.from(whole, 'latin1') : whole
}

export const compress = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 9 })

const TRAILER = 8
/**
 * One gzip member of exactly `length` bytes with nothing before, after or in its header: zlib alone would skip trailing bytes
 * and join members, so the deflate stream is read by itself. Never inflates more than `length`. Throws otherwise.
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

/** What `info: true` answers; the types of Node do not say so. */
interface Inflated {
  buffer: Buffer
  engine: { bytesWritten: number }
}

import { decompressPoint, type Jwk, jwkFromSpki, type KeyObject, keyOnce } from './crypto.ts'
import { isEd25519Point } from './ed25519-point.ts'
import { decodeBase58, encodeBase58 } from './multibase.ts'

/** All differences between kinds of keys. The prefixes are those of multicodec, as varints (CID 1.0 §2.2.2). */
const kinds = {
  Ed25519: { prefix: [0xed, 0x01], length: 32 },
  'P-256': { prefix: [0x80, 0x24], length: 33 },
  'P-384': { prefix: [0x81, 0x24], length: 49 },
} as const

export type KeyAlgorithm = keyof typeof kinds
const algorithms = Object.keys(kinds) as KeyAlgorithm[]

export interface PublicKey {
  algorithm: KeyAlgorithm
  /** 32 bytes for Ed25519, else the compressed point. */
  bytes: Uint8Array
}

/** `bytes`: 32 for Ed25519, else the compressed point. */
export function encodeMultikey({ algorithm, bytes }: PublicKey): string {
  const { prefix, length } = kinds[algorithm]
  if (bytes.length !== length) throw new TypeError(`not a public key for ${algorithm}`)
  return encodeBase58(Buffer.concat([Buffer.from(prefix), bytes]))
}

/** Throws `TypeError` for anything but a point of one of the three curves. */
export function decodeMultikey(text: string): PublicKey {
  for (const algorithm of algorithms) {
    const { prefix, length } = kinds[algorithm]
    const all = decodeBase58(text, length + 2)
    if (all === undefined || all[0] !== prefix[0] || all[1] !== prefix[1]) continue
    const key = { algorithm, bytes: all.subarray(2) }
    jwkFromKey(key)
    return key
  }
  throw new TypeError('not a Multikey for Ed25519, P-256 or P-384')
}

/** The JWK of a public key. Throws `TypeError` if its point is not on the curve. */
export function jwkFromKey({ algorithm, bytes }: PublicKey): Jwk {
  if (algorithm === 'Ed25519') {
    if (!isEd25519Point(bytes)) throw new TypeError('not a point of Ed25519')
    return { kty: 'OKP', crv: algorithm, x: base64url(bytes) }
  }
  let point: Uint8Array
  try {
    point = decompressPoint(algorithm, bytes)
  } catch {
    throw new TypeError(`not a point of ${algorithm}`)
  }
  const half = (point.length - 1) / 2
  return {
    kty: 'EC',
    crv: algorithm,
    x: base64url(point.subarray(1, half + 1)),
    y: base64url(point.subarray(half + 1)),
  }
}

/** The key for checking signatures, cached. */
export const keyObject = (multikey: string): KeyObject => keyOnce(multikey, () => jwkFromKey(decodeMultikey(multikey)))

/** Converts the answer of KMS (SubjectPublicKeyInfo, DER). Throws `TypeError` for another kind of key. */
export function multikeyFromSpki(der: Uint8Array): string {
  const { crv, x, y } = jwkFromSpki(der)
  const algorithm = algorithms.find((name) => name === crv)
  if (algorithm === undefined) throw new TypeError('not a key for Ed25519, P-256 or P-384')
  const left = Buffer.from(x, 'base64url')
  if (y === undefined) return encodeMultikey({ algorithm, bytes: left })
  const isOdd = ((Buffer.from(y, 'base64url').at(-1) ?? 0) & 1) === 1
  return encodeMultikey({ algorithm, bytes: Buffer.concat([Buffer.from([isOdd ? 3 : 2]), left]) })
}

/** The Multikey of `did:key:z…#z…`, or of the bare DID. Throws `TypeError` if the fragment is another key. */
export function multikeyFromDidKey(didUrl: string): string {
  const [did = '', fragment] = didUrl.split('#')
  const multikey = did.slice('did:key:'.length)
  if (!did.startsWith('did:key:') || (fragment !== undefined && fragment !== multikey) || didUrl.length > 300) {
    throw new TypeError('not a did:key')
  }
  decodeMultikey(multikey)
  return multikey
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

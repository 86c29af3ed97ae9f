import { createPublicKey, hash, verify } from 'node:crypto'

/** The only access to the platform's cryptography. A browser needs another file with these two functions. */

/** Returns a plain array, because a `Buffer` never equals a `Uint8Array` in tests and its `slice` behaves differently. */
export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', bytes, 'buffer'))

/** Verifies over the unhashed bytes (RFC 8032). `publicKey` has 32 bytes. A signature that does not have 64 bytes is `false`. */
export function verifyEd25519(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  const x = Buffer.from(publicKey).toString('base64url')
  return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature)
}

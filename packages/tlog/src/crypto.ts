import { createPublicKey, hash, verify } from 'node:crypto'

/** The one port to the platform's cryptography: a browser needs another file with these two. */

/** A plain array: a Buffer would be equal to none, and its `slice` is another. */
export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', bytes, 'buffer'))

/** RFC 8032, over the bytes as they are. `publicKey` is 32 bytes; whatever is no signature of 64 bytes is `false`. */
export function verifyEd25519(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  const x = Buffer.from(publicKey).toString('base64url')
  return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature)
}

import { verifyEd25519 } from './crypto.ts'
import { keyObject } from './multikey.ts'

/** Did this Ed25519 key (Multikey) sign these bytes? Throws `TypeError` for no key, and for one of another kind. */
export function isSignedByKey(publicKeyMultibase: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = keyObject(publicKeyMultibase)
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key')
  return verifyEd25519(bytes, key, signature)
}

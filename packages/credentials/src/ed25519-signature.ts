import { verifyEd25519 } from './crypto.ts'
import { keyObject } from './multikey.ts'

/** True if this Ed25519 key (Multikey) signed these bytes. Throws `TypeError` for another kind of key, or no key. */
export function isSignedByKey(publicKeyMultibase: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = keyObject(publicKeyMultibase)
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key')
  return verifyEd25519(bytes, key, signature)
}

import type { Did } from './did.ts'
import { isSignedByKey } from './ed25519-signature.ts'

/** The claim that somebody owns a key that is outside of this registry. */
export interface KeyClaim {
  /** Address of the registry in which the key is to be pinned. */
  registry: string
  did: Did
  /** Fragment of its DID URL. */
  kid: string
  /** Multikey of an Ed25519 key. */
  publicKeyMultibase: string
}

/** The text that the owner signs, as UTF-8. It names registry, DID and key, so that the signature cannot be used anywhere else. */
export const possessionText = ({ registry, did, kid, publicKeyMultibase }: KeyClaim): string =>
  ['sijil key possession v1', registry, did, kid, publicKeyMultibase, ''].join('\n')

/** True if this Ed25519 signature (64 bytes, base64url) proves the claim. Throws `TypeError` if the key is no Ed25519 key. */
export function showsPossession(claim: KeyClaim, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  const isSigned = isSignedByKey(claim.publicKeyMultibase, Buffer.from(possessionText(claim)), bytes)
  return isSigned && bytes.length === 64 && bytes.toString('base64url') === signature
}

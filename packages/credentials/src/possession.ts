import type { Did } from './did.ts'
import { isSignedByKey } from './ed25519-signature.ts'

/** A key that lies where we cannot reach it, and who says that it is his. */
export interface KeyClaim {
  /** Address of the registry that is to pin it. */
  registry: string
  did: Did
  /** Fragment of its DID URL. */
  kid: string
  /** Multikey of an Ed25519 key. */
  publicKeyMultibase: string
}

/** What its holder signs, as UTF-8. It names registry, DID and key, so that the signature shows nothing anywhere else. */
export const possessionText = ({ registry, did, kid, publicKeyMultibase }: KeyClaim): string =>
  ['sijil key possession v1', registry, did, kid, publicKeyMultibase, ''].join('\n')

/** Does this Ed25519 signature (64 bytes, base64url) show that whoever made the claim holds the key? Throws `TypeError` for no such key. */
export function showsPossession(claim: KeyClaim, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  const isSigned = isSignedByKey(claim.publicKeyMultibase, Buffer.from(possessionText(claim)), bytes)
  return isSigned && bytes.length === 64 && bytes.toString('base64url') === signature
}

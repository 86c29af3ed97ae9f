import { canonicalHash } from './canonical.ts'
import { sha256 } from './crypto.ts'
import { isSignedByKey } from './ed25519-signature.ts'
import { decodeBase58 } from './multibase.ts'
import { parseProfile } from './profile.ts'
import type { ProfileDocument, Proof } from './profile-document.ts'
import { canonicalProofOptions, SIGNATURE_BYTES } from './proof-options.ts'
import { readJson } from './read-json.ts'

/** Hashes of checked documents, so that each is computed once. */
const hashes = new WeakMap<ProfileDocument, Uint8Array>()

function hashOf(document: ProfileDocument): Uint8Array {
  const known = hashes.get(document)
  if (known !== undefined) return known
  const made = canonicalHash(document)
  hashes.set(document, made)
  return made
}

/** SHA-256 of the canonical form without the proof, base64url: the same value as `PreparedCredential.hash`. */
export function documentHash(document: ProfileDocument): string {
  return Buffer.from(hashOf(document)).toString('base64url')
}

/** True if this key signed the document. Throws `TypeError` if it is no Ed25519 key, which is a fault of our own record. */
export function verifyProof(document: ProfileDocument, publicKeyMultibase: string): boolean {
  return isSignedBy(publicKeyMultibase, document.proof, hashOf(document))
}

export function isSignedBy(publicKeyMultibase: string, proof: Readonly<Proof>, documentHash: Uint8Array): boolean {
  const signature = decodeBase58(proof.proofValue, SIGNATURE_BYTES)
  if (signature === undefined) return false
  const bytes = Buffer.concat([sha256(canonicalProofOptions(proof)), documentHash])
  return isSignedByKey(publicKeyMultibase, bytes, signature)
}

/** Parses and verifies a text. `keyFor` finds the public key (Multikey) of a verification method. Throws `DocumentFault`. */
export function verifyText(text: string, keyFor: (verificationMethod: string) => string | undefined): boolean {
  const document = parseProfile(readJson(text))
  const key = keyFor(document.proof.verificationMethod)
  return key !== undefined && verifyProof(document, key)
}

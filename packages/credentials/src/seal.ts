import { encodeBase58 } from './multibase.ts'
import type { PreparedCredential } from './prepare.ts'
import type { Proof } from './profile-document.ts'
import { SIGNATURE_BYTES } from './proof-options.ts'

/** The JSON text of the signed certificate. It does not check the signature: use `verifyProof`. */
export function sealCredential({ document, proofOptions }: PreparedCredential, signature: Uint8Array): string {
  return JSON.stringify({ ...document, proof: proofOf(proofOptions, signature) })
}

export function proofOf(
  { created, verificationMethod }: PreparedCredential['proofOptions'],
  signature: Uint8Array,
): Proof {
  if (signature.length !== SIGNATURE_BYTES) throw new TypeError('an Ed25519 signature has 64 bytes')
  return {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created,
    verificationMethod,
    proofPurpose: 'assertionMethod',
    proofValue: encodeBase58(signature),
  }
}

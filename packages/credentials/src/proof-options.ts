import { decodeBase58 } from './multibase.ts'
import type { Proof, ProofOptions } from './profile-document.ts'
import { DocumentFault } from './read-json.ts'
import { isText, splitVerificationMethod } from './values.ts'

const members = new Set(['type', 'cryptosuite', 'created', 'verificationMethod', 'proofPurpose', 'proofValue'])

/** Requires one proof of one suite with exactly these members, so that no verifier can overlook or misread one. Throws `DocumentFault`. */
export function requireProof(value: unknown): asserts value is Proof {
  if (value === undefined || value === null) throw new DocumentFault('proof-missing', '/proof', 'there is no proof')
  if (typeof value !== 'object' || Array.isArray(value)) refuse('', 'must be one proof object')
  const proof = value as Record<string, unknown>
  for (const name in proof) if (!members.has(name)) refuse('', 'a member that the profile does not have')
  for (const name of members) if (!Object.hasOwn(proof, name)) refuse(`/${name}`, 'is missing')
  if (proof.type !== 'DataIntegrityProof' || proof.cryptosuite !== 'eddsa-rdfc-2022') {
    throw new DocumentFault('suite-not-allowed', '/proof/cryptosuite', 'not eddsa-rdfc-2022')
  }
  if (proof.proofPurpose !== 'assertionMethod') refuse('/proofPurpose', 'not assertionMethod')
  requireProofOptions(proof)
  if (typeof proof.proofValue !== 'string' || decodeBase58(proof.proofValue, SIGNATURE_BYTES) === undefined) {
    refuse('/proofValue', 'not 64 bytes in base58')
  }
}

/** The length of an Ed25519 signature. */
export const SIGNATURE_BYTES = 64

export function requireProofOptions({ created, verificationMethod }: { [N in keyof ProofOptions]?: unknown }): void {
  if (!isText('instant', created)) refuse('/created', 'not an instant in UTC')
  if (splitVerificationMethod(verificationMethod) === undefined) refuse('/verificationMethod', 'not a DID URL of a key')
}

function refuse(pointer: string, message: string): never {
  throw new DocumentFault('proof-malformed', `/proof${pointer}`, message)
}

/**
 * The canonical form of the proof's options. It is always one blank node with these five lines, in this order.
 * @see https://www.w3.org/TR/vc-di-eddsa/#proof-configuration-eddsa-rdfc-2022
 */
export function canonicalProofOptions({ created, verificationMethod }: ProofOptions): string {
  return (
    `_:c14n0 <http://purl.org/dc/terms/created> "${created}"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n` +
    '_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .\n' +
    '_:c14n0 <https://w3id.org/security#cryptosuite> "eddsa-rdfc-2022"^^<https://w3id.org/security#cryptosuiteString> .\n' +
    '_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .\n' +
    `_:c14n0 <https://w3id.org/security#verificationMethod> <${verificationMethod}> .\n`
  )
}

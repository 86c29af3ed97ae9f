import { canonicalDecision } from './canonical.ts'
import { canonicalJson } from './canonical-json.ts'
import { sha256 } from './crypto.ts'
import {
  documentOf,
  requireDecisionAgreement,
  type SingleDecision,
  type UnsecuredDecision,
} from './decision-document.ts'
import { decisionShape } from './decision-shape.ts'
import { isObjectOrList } from './json-object.ts'
import { requireReadableTexts } from './names.ts'
import type { Proof, ProofOptions } from './profile-document.ts'
import { CONTEXT_URLS } from './profile-shape.ts'
import { canonicalProofOptions, requireProof, requireProofOptions } from './proof-options.ts'
import { DocumentFault } from './read-json.ts'
import { proofOf } from './seal.ts'
import { requireShape } from './shape-check.ts'
import { isSignedBy } from './verify-proof.ts'

declare const prepared: unique symbol
interface Prepared {
  readonly document: Readonly<UnsecuredDecision>
  readonly proofOptions: Readonly<ProofOptions>
  /** The 64 bytes to sign with the host's key for decisions. */
  readonly bytes: Uint8Array
  /** SHA-256 of the canonical form, base64url. This is the recorded hash. */
  readonly hash: string
}
/** Only `prepareDecision` makes one. */
export type PreparedDecision = Prepared & { readonly [prepared]: true }

declare const checked: unique symbol
/** A decision in exactly our form, with one proof. Its signature is not verified yet. Only `parseDecision` makes one. */
export type DecisionDocument = Readonly<UnsecuredDecision> & {
  readonly proof: Readonly<Proof>
  readonly [checked]: true
}

/**
 * The digest of a signed certificate: SHA-256 of its JSON in the canonical form of RFC 8785, with its proof, as a multihash. So it does not
 * depend on the spaces and the order of a file.
 */
export const digestOfSigned = (document: object): string =>
  `u${Buffer.concat([Uint8Array.of(0x12, 0x20), sha256(canonicalJson(document))]).toString('base64url')}`

/** Throws `DocumentFault` if the result would not match the shape, or if a text is misleading. */
export function prepareDecision(decision: SingleDecision, options: ProofOptions): PreparedDecision {
  const document = documentOf(decision)
  requireShape(document, decisionShape, CONTEXT_URLS)
  requireDecisionAgreement(document)
  requireReadableTexts(document)
  requireProofOptions(options)
  const { created, verificationMethod } = options
  if (!verificationMethod.startsWith(`${document.issuer.id}#`))
    throw new DocumentFault('proof-malformed', '/proof/verificationMethod', "not a key of the issuer's")
  const hash = sha256(canonicalDecision(document))
  const fields: Prepared = {
    document,
    proofOptions: { created, verificationMethod },
    bytes: Buffer.concat([sha256(canonicalProofOptions({ created, verificationMethod })), hash]),
    hash: Buffer.from(hash).toString('base64url'),
  }
  return fields as PreparedDecision // the only place that makes this type
}

/** The JSON text of the signed decision. */
export const sealDecision = ({ document, proofOptions }: PreparedDecision, signature: Uint8Array): string =>
  JSON.stringify({ ...document, proof: proofOf(proofOptions, signature) })

/** True for a document that calls itself an endorsement, whatever its form. */
export const claimsToBeDecision = (document: unknown): boolean =>
  isObjectOrList(document) && 'type' in document && [document.type].flat().includes('EndorsementCredential')

/** Checks the closed profile, before any cryptography. Throws `DocumentFault`. */
export function parseDecision(value: unknown): DecisionDocument {
  requireShape(value, decisionShape, CONTEXT_URLS, 'proof')
  // Every member was checked above, and the rest is checked before the return. Only this place makes the type.
  const document = value as DecisionDocument
  requireDecisionAgreement(document)
  requireProof(document.proof)
  return document
}

/** The same value as `PreparedDecision.hash`. */
export const decisionHash = (document: DecisionDocument): string => Buffer.from(hashOf(document)).toString('base64url')

/** True if this key signed the decision. Throws `TypeError` if it is no Ed25519 key, which is a fault of our own record. */
export const verifyDecisionProof = (document: DecisionDocument, publicKeyMultibase: string): boolean =>
  isSignedBy(publicKeyMultibase, document.proof, hashOf(document))

const hashOf = ({ proof: _, ...document }: DecisionDocument): Uint8Array => sha256(canonicalDecision(document))

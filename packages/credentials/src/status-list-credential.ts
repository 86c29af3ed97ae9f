import { canonicalStatusListHash } from './canonical.ts'
import type { Instant, StatusPurpose } from './certificate.ts'
import { sha256 } from './crypto.ts'
import type { Proof, ProofOptions } from './profile-document.ts'
import { CREDENTIALS_V2_URL, statusListShape } from './profile-shape.ts'
import { canonicalProofOptions, requireProof, requireProofOptions } from './proof-options.ts'
import { DocumentFault } from './read-json.ts'
import { proofOf } from './seal.ts'
import { requireShape } from './shape-check.ts'
import { decodeList, type StatusBits } from './status-list.ts'
import { isSignedBy } from './verify-proof.ts'

/** A Bitstring Status List credential of this registry. @see https://www.w3.org/TR/vc-bitstring-status-list/ */
export interface StatusListDocument {
  '@context': readonly string[]
  id: string
  type: readonly ['VerifiableCredential', 'BitstringStatusListCredential']
  /** The DID as a string, because verifiers compare it with the certificate's issuer. */
  issuer: string
  validFrom: Instant
  validUntil: Instant
  credentialSubject: { id: string; type: 'BitstringStatusList'; statusPurpose: StatusPurpose; encodedList: string }
}

export interface StatusListContent {
  /** URL of the list. */
  id: string
  issuer: string
  purpose: StatusPurpose
  encodedList: string
  validFrom: Instant
  validUntil: Instant
}

declare const prepared: unique symbol
interface Prepared {
  readonly document: Readonly<StatusListDocument>
  readonly proofOptions: Readonly<ProofOptions>
  /** The 64 bytes to sign with the issuer's list key. */
  readonly bytes: Uint8Array
}
/** Only `prepareStatusList` makes one. */
export type PreparedStatusList = Prepared & { readonly [prepared]: true }

const contexts = [CREDENTIALS_V2_URL]

export function prepareStatusList(content: StatusListContent, options: ProofOptions): PreparedStatusList {
  const { id, issuer, purpose, encodedList, validFrom, validUntil } = content
  const document: StatusListDocument = {
    '@context': contexts,
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom,
    validUntil,
    credentialSubject: { id: `${id}#list`, type: 'BitstringStatusList', statusPurpose: purpose, encodedList },
  }
  requireShape(document, statusListShape, contexts)
  decodeList(encodedList)
  requireProofOptions(options)
  const { created, verificationMethod } = options
  const bytes = Buffer.concat([sha256(canonicalProofOptions(options)), canonicalStatusListHash(document)])
  const fields: Prepared = { document, proofOptions: { created, verificationMethod }, bytes }
  return fields as PreparedStatusList // the only place that makes this type
}

export function sealStatusList(
  { document, proofOptions }: PreparedStatusList,
  signature: Uint8Array,
): StatusListDocument & { proof: Proof } {
  return { ...document, proof: proofOf(proofOptions, signature) }
}

/**
 * The bits of a list, if it has the expected id, issuer and purpose, is signed with this key, and is in force now. Otherwise throws
 * `DocumentFault`, because a list that cannot be read proves nothing about any certificate.
 */
export function verifyStatusList(
  value: unknown,
  expected: { publicKeyMultibase: string; id: string; issuer: string; purpose: StatusPurpose; now: Date },
): StatusBits {
  requireShape(value, statusListShape, contexts, 'proof')
  const { proof, ...document } = value as StatusListDocument & { proof: unknown }
  requireProof(proof)
  if (document.id !== expected.id) throw fault('/id', 'another list')
  if (document.issuer !== expected.issuer) throw fault('/issuer', "another issuer's list")
  if (!proof.verificationMethod.startsWith(`${expected.issuer}#`)) throw fault('/proof', "not a key of the issuer's")
  if (document.credentialSubject.statusPurpose !== expected.purpose) {
    throw fault('/credentialSubject/statusPurpose', 'a list for another purpose')
  }
  const now = expected.now.getTime()
  if (now < Date.parse(document.validFrom) || now >= Date.parse(document.validUntil)) {
    throw fault('/validUntil', 'not in force now')
  }
  if (!isSignedBy(expected.publicKeyMultibase, proof, canonicalStatusListHash(document))) {
    throw fault('/proof/proofValue', 'not signed by this key')
  }
  return decodeList(document.credentialSubject.encodedList)
}

const fault = (pointer: string, message: string) =>
  new DocumentFault(pointer.startsWith('/proof') ? 'proof-malformed' : 'malformed-value', pointer, message)

import { hash } from 'node:crypto'
import { encodeBase58 } from '../multibase.ts'
import type { KeyAlgorithm } from '../multikey.ts'
import { DocumentFault } from '../read-json.ts'
import { canonicalizeQuads, toQuads } from './canonicalize.ts'
import { contextsOfOneDocument } from './context-resolver.ts'
import { CREDENTIALS_V1, DATA_INTEGRITY_V2 } from './contexts.ts'
import { readDateTimeStamp } from './date-time-stamp.ts'
import { readUnsecured, requireReadable } from './examine-credential.ts'
import { isObject, type JsonObject, malformed } from './json.ts'
import { idOf } from './shape.ts'
import { type Cryptosuite, signingOf } from './suites.ts'

const prepared = Symbol('prepared')

/** A credential that passed every rule for signing in the sandbox. Only `prepareSandboxDocument` makes one. */
export interface PreparedSandboxDocument {
  readonly [prepared]: true
  readonly document: Readonly<JsonObject>
  readonly proof: Readonly<{
    type: 'DataIntegrityProof'
    cryptosuite: Cryptosuite
    created: string
    verificationMethod: string
    proofPurpose: 'assertionMethod'
  }>
  /** The bytes to sign. For ECDSA they are the message before hashing. */
  readonly bytes: Uint8Array
  /** Hash of the canonical document without proof, base64url: SHA-384 for P-384, otherwise SHA-256. */
  readonly digest: string
  readonly signatureLength: number
}

export interface SandboxDocumentOptions {
  /** The DID that the credential must name as its issuer. */
  issuer: string
  cryptosuite: Cryptosuite
  algorithm: KeyAlgorithm
  /** XML Schema dateTimeStamp. */
  created: string
  verificationMethod: string
  /** Added to the status entries of the credential. */
  statusEntry?: object
}

/**
 * Types that a signer for everybody must never sign: certificates of our profile in any spelling, and status lists. Compared with the types
 * that the signature would cover.
 */
const neverSigned = [
  /^https:\/\/purl\.imsglobal\.org\/spec\/vc\/ob\/vocab\.html#(?:OpenBadge|Achievement|Endorsement)Credential$/,
  /#(?:Bitstring)?StatusList(?:2021)?(?:Credential)?$/,
  /#RevocationList2020(?:Credential)?$/,
]

/** Prepares a document for the sandbox: VCDM 2.0 or 1.1, with any types that the pinned contexts define. Throws `DocumentFault`. */
export async function prepareSandboxDocument(
  credential: unknown,
  options: SandboxDocumentOptions,
): Promise<PreparedSandboxDocument> {
  const { issuer, cryptosuite, algorithm, created, verificationMethod } = options
  const signing = signingOf(cryptosuite, algorithm)
  if (signing === undefined) throw new DocumentFault('suite-not-allowed', '', 'this cryptosuite has no such key')
  if (readDateTimeStamp(created) === undefined) throw new TypeError('created is not a dateTimeStamp')

  const document = withWhatIssuingAdds(requireReadable(credential), options)
  requireReadable(document)
  if (idOf(document.issuer, ['issuer']) !== issuer) throw malformed(['issuer'], 'not the issuer that signs')
  const contexts = contextsOfOneDocument()
  const { facts, quads } = await readUnsecured(document, contexts)
  if (facts.allTypes.some((type) => neverSigned.some((pattern) => pattern.test(type)))) {
    throw malformed(['type'], 'certificates and status lists are not signed here')
  }

  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite,
    created,
    verificationMethod,
    proofPurpose: 'assertionMethod',
  } as const
  const optionQuads = await toQuads({ '@context': document['@context'], ...proof }, contexts)
  const digest = hash(signing.digest, await canonicalizeQuads(quads, signing.digest), 'buffer')
  const bytes = Buffer.concat([
    hash(signing.digest, await canonicalizeQuads(optionQuads, signing.digest), 'buffer'),
    digest,
  ])
  const { signatureLength } = signing
  return { [prepared]: true, document, proof, bytes, digest: digest.toString('base64url'), signatureLength }
}

/** `signature` is raw. For ECDSA it is r then s (IEEE P1363). Throws `TypeError` for another length. */
export function sealSandboxDocument(
  { document, proof, signatureLength }: PreparedSandboxDocument,
  signature: Uint8Array,
): JsonObject {
  if (signature.length !== signatureLength) throw new TypeError(`not a signature of ${signatureLength} bytes`)
  return structuredClone({ ...document, proof: { ...proof, proofValue: encodeBase58(signature) } })
}

/** A copy with the additions of issuing. VCDM 1.1 gets a second context, because its own has no Data Integrity proofs. */
function withWhatIssuingAdds(credential: JsonObject, { statusEntry }: SandboxDocumentOptions): JsonObject {
  if ('proof' in credential) throw malformed(['proof'], 'it has a proof already')
  const document = structuredClone(credential)
  const context = document['@context']
  if (Array.isArray(context) && context[0] === CREDENTIALS_V1 && !context.includes(DATA_INTEGRITY_V2)) {
    document['@context'] = [...context, DATA_INTEGRITY_V2]
  }
  if (statusEntry !== undefined) {
    if (Array.isArray(context) && context[0] === CREDENTIALS_V1 && !context.some(isObject))
      throw malformed(['@context', 0], 'VCDM 1.1 has no words for such a status: use VCDM 2.0, or ask for none')
    const given = document.credentialStatus
    const entries: unknown[] = given === undefined ? [] : isObject(given) ? [given] : [given].flat()
    document.credentialStatus = entries.length === 0 ? { ...statusEntry } : [...entries, { ...statusEntry }]
  }
  return document
}

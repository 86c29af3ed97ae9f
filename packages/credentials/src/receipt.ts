import { canonicalReceipt } from './canonical.ts'
import type { Instant } from './certificate.ts'
import { sha256 } from './crypto.ts'
import { isObject } from './json-object.ts'
import { requireReadableTexts } from './names.ts'
import type { Proof, ProofOptions } from './profile-document.ts'
import { CONTEXT_URLS } from './profile-shape.ts'
import { canonicalProofOptions, requireProof, requireProofOptions } from './proof-options.ts'
import { DocumentFault } from './read-json.ts'
import { RECEIPT_COMMENT, RECEIPT_NAME, receiptShape } from './receipt-shape.ts'
import { proofOf } from './seal.ts'
import { requireShape } from './shape-check.ts'
import { isSignedBy } from './verify-proof.ts'

/** What an authority says when it got a portfolio. It names no person. */
export interface Receipt {
  /** `urn:uuid:…` of the receipt. */
  id: string
  authority: { id: string; name: string; url: string }
  /** The address of the receipt, which names track and manifest. */
  address: string
  /** The address of the track. */
  track: string
  /** SHA-256 of the manifest, in hex. */
  manifest: string
  receivedOn: string
  validFrom: Instant
}

interface UnsecuredReceipt {
  '@context': readonly string[]
  id: string
  type: readonly ['VerifiableCredential', 'EndorsementCredential']
  name: typeof RECEIPT_NAME
  issuer: { id: string; type: readonly ['Profile']; name: string; url: string }
  validFrom: Instant
  credentialSubject: { id: string; type: readonly ['EndorsementSubject']; endorsementComment: typeof RECEIPT_COMMENT }
  relatedResource: readonly [{ id: string; digestMultibase: string }]
  evidence: readonly [{ id: string; type: 'Evidence'; genre: 'Portfolio received'; name: string; narrative: string }]
}

declare const prepared: unique symbol
interface Prepared {
  readonly document: Readonly<UnsecuredReceipt>
  readonly proofOptions: Readonly<ProofOptions>
  /** The 64 bytes to sign with the authority's key for decisions. */
  readonly bytes: Uint8Array
  /** SHA-256 of the canonical form, base64url. This is the recorded hash. */
  readonly hash: string
}
/** Only `prepareReceipt` makes one. */
export type PreparedReceipt = Prepared & { readonly [prepared]: true }

declare const checked: unique symbol
/** A receipt in exactly our form, with one proof. Its signature is not verified yet. Only `parseReceipt` makes one. */
export type ReceiptDocument = Readonly<UnsecuredReceipt> & { readonly proof: Readonly<Proof>; readonly [checked]: true }

/** SHA-256 as a multihash in base64url begins with these bytes. */
const MULTIHASH = Uint8Array.of(0x12, 0x20)

function documentOf({ id, authority, address, track, manifest, receivedOn, validFrom }: Receipt): UnsecuredReceipt {
  const digest = Buffer.concat([MULTIHASH, Buffer.from(manifest, 'hex')]).toString('base64url')
  const evidence = { id: `${id}#evidence-1`, type: 'Evidence', genre: 'Portfolio received' } as const
  return {
    '@context': CONTEXT_URLS,
    id,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: RECEIPT_NAME,
    issuer: { id: authority.id, type: ['Profile'], name: authority.name, url: authority.url },
    validFrom,
    credentialSubject: { id: address, type: ['EndorsementSubject'], endorsementComment: RECEIPT_COMMENT },
    relatedResource: [{ id: address, digestMultibase: `u${digest}` }],
    evidence: [{ ...evidence, name: receivedOn, narrative: track }],
  }
}

/** Throws `DocumentFault` if the result would not match the shape, or if a text is misleading. */
export function prepareReceipt(receipt: Receipt, options: ProofOptions): PreparedReceipt {
  const document = documentOf(receipt)
  requireShape(document, receiptShape, CONTEXT_URLS)
  requireReadableTexts(document)
  requireProofOptions(options)
  const { created, verificationMethod } = options
  if (!verificationMethod.startsWith(`${document.issuer.id}#`))
    throw new DocumentFault('proof-malformed', '/proof/verificationMethod', "not a key of the issuer's")
  const hash = sha256(canonicalReceipt(document))
  const fields: Prepared = {
    document,
    proofOptions: { created, verificationMethod },
    bytes: Buffer.concat([sha256(canonicalProofOptions({ created, verificationMethod })), hash]),
    hash: Buffer.from(hash).toString('base64url'),
  }
  return fields as PreparedReceipt // the only place that makes this type
}

/** The signed receipt. */
export const sealReceipt = ({ document, proofOptions }: PreparedReceipt, signature: Uint8Array): object => ({
  ...document,
  proof: proofOf(proofOptions, signature),
})

/** True for a document that calls itself a receipt, whatever its form. */
export const claimsToBeReceipt = (document: unknown): boolean => isObject(document) && document.name === RECEIPT_NAME

/** Checks the closed profile, before any cryptography. Throws `DocumentFault`. */
export function parseReceipt(value: unknown): ReceiptDocument {
  requireShape(value, receiptShape, CONTEXT_URLS, 'proof')
  // Every member was checked above, and the proof is checked before the return. Only this place makes the type.
  const document = value as ReceiptDocument
  if (document.relatedResource[0].id !== document.credentialSubject.id)
    throw new DocumentFault('malformed-value', '/relatedResource/0/id', 'not the subject')
  requireProof(document.proof)
  return document
}

/** The inverse of `prepareReceipt`. It never fails for a checked document. */
export function fromReceipt({ id, issuer, credentialSubject, relatedResource, evidence, validFrom }: ReceiptDocument) {
  const [{ digestMultibase }] = relatedResource
  const [{ name: receivedOn, narrative: track }] = evidence
  const manifest = Buffer.from(digestMultibase.slice(1), 'base64url').subarray(MULTIHASH.length).toString('hex')
  const authority = { id: issuer.id, name: issuer.name, url: issuer.url }
  return { id, authority, address: credentialSubject.id, track, manifest, receivedOn, validFrom } satisfies Receipt
}

/** The same value as `PreparedReceipt.hash`. */
export const receiptHash = (document: ReceiptDocument): string => Buffer.from(hashOf(document)).toString('base64url')

/** True if this key signed the receipt. Throws `TypeError` if it is no Ed25519 key, which is a fault of our own record. */
export const verifyReceiptProof = (document: ReceiptDocument, publicKeyMultibase: string): boolean =>
  isSignedBy(publicKeyMultibase, document.proof, hashOf(document))

const hashOf = ({ proof: _, ...document }: ReceiptDocument): Uint8Array => sha256(canonicalReceipt(document))

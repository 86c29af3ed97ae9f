import { canonicalHashOfText } from './canonical.ts'
import type { Certificate } from './certificate.ts'
import { sha256 } from './crypto.ts'
import { requireReadable } from './names.ts'
import { toOpenBadge } from './open-badge.ts'
import { parseUnsecured } from './profile.ts'
import type { ProofOptions, UnsecuredDocument } from './profile-document.ts'
import { canonicalProofOptions, requireProofOptions } from './proof-options.ts'
import { DocumentFault } from './read-json.ts'

declare const prepared: unique symbol
interface Prepared {
  readonly document: Readonly<UnsecuredDocument>
  readonly proofOptions: Readonly<ProofOptions>
  /** The 64 bytes to sign: the hash of the proof's options, then the hash of the document. */
  readonly bytes: Uint8Array
  /** SHA-256 of the document's canonical form, base64url. This is the recorded hash. */
  readonly hash: string
}
/** A certificate that passed the whole profile, ready to be signed. Only `prepareCredential` makes one. */
export type PreparedCredential = Prepared & { readonly [prepared]: true }

/** Throws `DocumentFault` if the result would not match the profile, or if a text is misleading. */
export function prepareCredential(
  certificate: Certificate,
  { created, verificationMethod }: ProofOptions,
): PreparedCredential {
  const document = parseUnsecured(toOpenBadge(certificate))
  requireProofOptions({ created, verificationMethod })
  if (!verificationMethod.startsWith(`${document.issuer.id}#`)) {
    throw new DocumentFault('proof-malformed', '/proof/verificationMethod', "not a key of the issuer's")
  }
  const { hash: documentHash, isPlain } = canonicalHashOfText(document)
  requireReadable(document, isPlain)
  const fields: Prepared = {
    document,
    proofOptions: { created, verificationMethod },
    bytes: Buffer.concat([sha256(canonicalProofOptions({ created, verificationMethod })), documentHash]),
    hash: Buffer.from(documentHash).toString('base64url'),
  }
  return fields as PreparedCredential // the only place that makes this type
}

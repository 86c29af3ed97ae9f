import { sha256OfAscii, sha256OfParts } from './crypto.ts'
import { certificateLines, statusListLines } from './lines.generated.ts'
import { partsOf } from './node-lines.ts'
import type { UnsecuredDocument } from './profile-document.ts'

/**
 * The RDFC-1.0 canonical N-Quads of a document that has one of our shapes, by code that was made from what jsonld.js says of them
 * (`generate-lines.ts`). It checks nothing: it holds for checked documents only. Equality with jsonld.js and rdf-canonize is tested
 * over random and mutated documents (`canonical.test.ts`).
 */
export const canonicalForm = (document: UnsecuredDocument): string => joined(partsOf(document, certificateLines).parts)
/** SHA-256 of the canonical form. */
export const canonicalHash = (document: UnsecuredDocument): Uint8Array => canonicalHashOfText(document).hash

/** The same, and whether every text of the document is printable ASCII that needs no escape. */
export const canonicalHashOfText = (document: UnsecuredDocument): { hash: Uint8Array; isPlain: boolean } => {
  const { parts, isPlain } = partsOf(document, certificateLines)
  return { hash: hashOf(parts, isPlain), isPlain }
}

export const canonicalStatusList = (document: object): string => joined(partsOf(document, statusListLines).parts)
export const canonicalStatusListHash = (document: object): Uint8Array => {
  const { parts, isPlain } = partsOf(document, statusListLines)
  return hashOf(parts, isPlain)
}

/** All of it at once is the quickest, unless one wide letter makes each of its letters wide. */
const hashOf = (parts: readonly string[], isPlain: boolean) =>
  isPlain ? sha256OfAscii(joined(parts)) : sha256OfParts(parts)

/** One rope, which is written out once: `join` would write it twice. */
function joined(parts: readonly string[]): string {
  let text = ''
  for (const part of parts) text += part
  return text
}

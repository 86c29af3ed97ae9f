import { sha256OfAscii, sha256OfParts } from './crypto.ts'
import { certificateLines, decisionLines, receiptLines, statusListLines } from './lines.generated.ts'
import { type LinesOf, partsOf } from './node-lines.ts'
import type { UnsecuredDocument } from './profile-document.ts'

/**
 * The RDFC-1.0 canonical N-Quads of a document in one of our shapes. The code was generated from the answers of jsonld.js
 * (`generate-lines.ts`). It checks nothing, so pass only checked documents. `canonical.test.ts` compares it with jsonld.js and
 * rdf-canonize over random and mutated documents.
 */
export const canonicalForm = (document: UnsecuredDocument): string => joined(partsOf(document, certificateLines).parts)
/** SHA-256 of the canonical form. */
export const canonicalHash = (document: UnsecuredDocument): Uint8Array => canonicalHashOfText(document).hash

/** Also answers whether every text of the document is printable ASCII without characters to escape. */
export const canonicalHashOfText = (document: UnsecuredDocument): { hash: Uint8Array; isPlain: boolean } => {
  const { parts, isPlain } = partsOf(document, certificateLines)
  return { hash: hashOf(parts, isPlain), isPlain }
}

export const canonicalStatusList = (document: object): string => joined(partsOf(document, statusListLines).parts)
export const canonicalStatusListHash = (document: object): Uint8Array => {
  const { parts, isPlain } = partsOf(document, statusListLines)
  return hashOf(parts, isPlain)
}

/**
 * A decision describes one node twice: the certificate is its subject, and the resource with the digest. So its lines are sorted as a whole.
 * No two literals of one member differ, so the order of UTF-16 units is that of code points.
 */
export const canonicalDecision = (document: object): string => sortedLines(document, decisionLines)
/** The same for a receipt, whose manifest is its subject. */
export const canonicalReceipt = (document: object): string => sortedLines(document, receiptLines)

function sortedLines(document: object, linesOf: LinesOf): string {
  const lines = joined(partsOf(document, linesOf).parts)
    .split('\n')
    .filter((line) => line !== '')
  return `${[...new Set(lines)].sort().join('\n')}\n`
}

/** One hash of the whole text is fastest, except if one wide letter would make every letter of it wide. */
const hashOf = (parts: readonly string[], isPlain: boolean) =>
  isPlain ? sha256OfAscii(joined(parts)) : sha256OfParts(parts)

/** Concatenation makes one rope, which is written once. `join` would write it twice. */
function joined(parts: readonly string[]): string {
  let text = ''
  for (const part of parts) text += part
  return text
}

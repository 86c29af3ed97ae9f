import { type Artefact, type RoadmapStep, restrictedArtefacts } from './roadmap.ts'

/** A document that everybody can read at its address. The registry never fetches it: the hash says which text was meant. */
export interface PublicEvidence {
  access: 'public'
  artefact: Artefact
  title: string
  /** With https. */
  address: string
  /** SHA-256 of the file, 64 hex digits in small letters. */
  sha256: string
}

/**
 * A document of which only its kind and a hash are public. The hash is over the document's own and random bits that the parties keep, so that
 * nobody can guess a short document, and equal documents do not look equal.
 */
export interface RestrictedEvidence {
  access: 'hash-only'
  artefact: Artefact
  commitment: string
}
export type Evidence = PublicEvidence | RestrictedEvidence

/** What the parties keep of it. It is in no public record. */
export interface KeptEvidence {
  access: 'hash-only'
  artefact: Artefact
  title: string
  sha256: string
  /** At least 128 random bits, in hex. */
  nonce: string
}
export type OfferedEvidence = PublicEvidence | KeptEvidence

export interface CorridorFault {
  /** JSON Pointer (RFC 6901) into what was stated. */
  pointer: string
  detail: string
}

const SHA256 = /^[0-9a-f]{64}$/
/** SHA-256 of nothing. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** The whole SHA-256 of a file that is not empty (Z001). */
export const isWholeHash = (text: string): boolean => SHA256.test(text) && text !== EMPTY

/** The fault of a hash that is no whole SHA-256 of a file, if it has one. */
export const wholeHashFaults = (pointer: string, text: string): CorridorFault[] =>
  isWholeHash(text) ? [] : [{ pointer, detail: 'must be the whole SHA-256 of a file, in small hex digits' }]

/** One document has one title, so that no other one hides behind its hash (Z001). `titles` learns the title. */
export function titleFaults(
  pointer: string,
  { sha256, title }: { sha256: string; title: string },
  titles: Map<string, string>,
): CorridorFault[] {
  const other = titles.get(sha256)
  titles.set(sha256, title)
  return other === undefined || other === title
    ? []
    : [{ pointer, detail: 'must not be the hash of a document with another title' }]
}

/** Every fault of evidence for one step. `known`: hashes that have a title already, in the same track. It names places, never a text. */
export function evidenceFaults(
  evidence: readonly OfferedEvidence[],
  { artefacts }: Pick<RoadmapStep, 'artefacts'>,
  known: ReadonlyMap<string, string> = new Map(),
): CorridorFault[] {
  const titles = new Map(known)
  return evidence.flatMap((one, at) => {
    const { access, artefact, sha256 } = one
    const pointer = `/evidence/${at}`
    const faults: CorridorFault[] = []
    if (!artefacts.includes(artefact))
      faults.push({
        pointer: `${pointer}/artefact`,
        detail: `must be a document of this step: ${artefacts.join(', ')}`,
      })
    if (restrictedArtefacts.has(artefact) && access !== 'hash-only')
      faults.push({ pointer: `${pointer}/access`, detail: 'must be hash-only for this document' })
    const ofHash = `${pointer}/sha256`
    return [...faults, ...wholeHashFaults(ofHash, sha256), ...titleFaults(ofHash, one, titles)]
  })
}

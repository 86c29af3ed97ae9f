import { type Checkpoint, parseCheckpoint, parseNote } from '@sijil/tlog'
import { digestOf } from '../artefacts.ts'

/**
 * Begins the bytes of an entry that says "released", and the line of a checkpoint that says where such entries begin. The canonical form
 * of a document begins otherwise, so no document has such an entry as its hash.
 */
const LABEL = 'sijil/released/v1'

/** The entry of a certificate that was released: SHA-256 over the label and the 32 bytes of the document's hash, base64url. */
export const releasedEntry = (documentHash: string): string => {
  const bytes = Buffer.concat([Buffer.from(LABEL), Buffer.from(documentHash, 'base64url')])
  return Buffer.from(digestOf(bytes), 'hex').toString('base64url')
}

/** The extension line of a checkpoint. A certificate whose hash stands before this place has no entry that says "released". */
export const releasedLine = (from: number): string => `${LABEL} ${from}`

/** The place that a checkpoint states. `undefined`: its log does not have such entries, or not yet. */
export function releasedFrom({ extensions }: Pick<Checkpoint, 'extensions'>): number | undefined {
  const places = extensions.filter((line) => line.startsWith(`${LABEL} `)).map((line) => line.slice(LABEL.length + 1))
  const from = places.find((place) => /^(?:0|[1-9]\d{0,15})$/.test(place))
  return from === undefined ? undefined : Number(from)
}

/** The same for a note that this registry recorded. */
export const releasedFromNote = (note: string): number | undefined =>
  releasedFrom(parseCheckpoint(parseNote(Buffer.from(note)).text))

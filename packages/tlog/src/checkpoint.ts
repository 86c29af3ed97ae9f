import { decodeBase64, encodeBase64, isEqual } from './bytes.ts'
import { TlogError } from './error.ts'
import { type OpenedNote, openNote } from './note.ts'
import { emptyRoot, isHash, isSize } from './tree.ts'
import type { VerifierKey } from './verifier-key.ts'

/** The head of a log's tree. C2SP tlog-checkpoint, "Note text". */
export interface Checkpoint {
  /** The name of the log, in one line. */
  readonly origin: string
  /** The number of leaves, 0 to 2^53 - 1. */
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
  /** Opaque lines, none empty. Best left empty: nobody audits extensions. */
  readonly extensions: readonly string[]
}

/** Writes the note text that `signNote` signs. Throws `malformed-checkpoint` if `parseCheckpoint` would refuse the text. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  requireCheckpoint({ origin, size, root, extensions })
  return `${[origin, size, encodeBase64(root), ...extensions].join('\n')}\n`
}

/**
 * Reads a note text, and accepts exactly what `formatCheckpoint` writes. It checks no signature: `openCheckpoint` does.
 * Throws `malformed-checkpoint`.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', base64 = '', ...rest] = text.split('\n')
  const root = decodeBase64(base64)
  // The text ends in a newline, so the last part is empty.
  if (rest.pop() !== '' || !/^(?:0|[1-9]\d{0,15})$/.test(size) || root === undefined) throw malformed()
  const checkpoint = { origin, size: Number(size), root, extensions: rest }
  requireCheckpoint(checkpoint)
  return checkpoint
}

const isLine = (text: string) => text.isWellFormed() && /^[^\x00-\x1f]+$/.test(text)
const malformed = () => new TlogError('malformed-checkpoint', 'not origin, size, root and extension lines')

function requireCheckpoint({ origin, size, root, extensions }: Checkpoint): void {
  if (![origin, ...extensions].every(isLine) || !isSize(size) || !isHash(root)) throw malformed()
  if (size === 0 && !isEqual(root, emptyRoot())) throw malformed()
}

export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint
  readonly note: OpenedNote
}

/**
 * Opens a checkpoint that its log signed. `keys` are the keys of the log: more than one while a key is being replaced. Throws as
 * `openNote` and `parseCheckpoint`, and `wrong-origin` for a checkpoint of another log under the same key.
 */
export function openCheckpoint(
  bytes: Uint8Array,
  { origin, keys }: { origin: string; keys: readonly VerifierKey<'ed25519'>[] },
): OpenedCheckpoint {
  const note = openNote(bytes, keys)
  const checkpoint = parseCheckpoint(note.text)
  if (checkpoint.origin !== origin) throw new TlogError('wrong-origin', 'a checkpoint of another log')
  return { checkpoint, note }
}

import { encodeUtf8 } from './bytes.ts'
import { TlogError } from './error.ts'
import { type NoteSigner, openNote, signNote } from './note.ts'
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifier-key.ts'

/**
 * A handover is a note that replaces a log's key by another key of the same name. Both keys sign it: the old key, so that clients
 * that trust it can trust the new one, and the new key, to prove that the log holds it. It cannot be read as a checkpoint, because
 * its second line is not a number.
 */
const HEADER = 'log-key-handover/v1'

const textOf = (key: VerifierKey<'ed25519'>) => `${HEADER}\n${key.name}\n${formatVerifierKey(key)}\n`

/** Throws as `signNote`, and `wrong-origin` if the names of the keys differ. */
export function signHandover({ from, to }: { from: NoteSigner; to: NoteSigner }): Promise<Uint8Array> {
  if (from.key.name !== to.key.name) throw new TlogError('wrong-origin', 'the two keys belong to different logs')
  return signNote(textOf(to.key), [from, to])
}

/**
 * Reads the new key from a handover by a known key. Throws as `openNote`, `not-signed` if one of the two keys has not signed,
 * `wrong-origin` for a key of another log, and `malformed-note` for a note of another kind.
 */
export function openHandover(bytes: Uint8Array, from: VerifierKey<'ed25519'>): VerifierKey<'ed25519'> {
  const { text } = openNote(bytes, [from])
  const to = parseVerifierKey('ed25519', text.split('\n')[2] ?? '')
  if (to.name !== from.name) throw new TlogError('wrong-origin', 'the new key belongs to another log')
  if (text !== textOf(to)) throw new TlogError('malformed-note', 'the note is not a handover of a key')
  openNote(bytes, [to])
  return to
}

/** A key in a log's own list of its keys. */
export interface ListedKey {
  readonly key: VerifierKey<'ed25519'>
  /** If true, neither its signatures nor its handover to the next key are trusted. */
  readonly isCompromised: boolean
  /** The handover note from the previous key. */
  readonly handover?: string
}

/**
 * Returns the keys that a client with the key `known` may trust: `known` itself and every later one, newest last, each named by the
 * one before it. `list` is untrusted input, oldest first. Throws as `openHandover`, and `not-handed-over` if the list does not lead
 * from `known` to its last key.
 */
export function followKeys(known: VerifierKey<'ed25519'>, list: readonly ListedKey[]): VerifierKey<'ed25519'>[] {
  const text = formatVerifierKey(known)
  const at = list.findIndex(({ key }) => formatVerifierKey(key) === text)
  if (at < 0) throw new TlogError('not-handed-over', 'the known key is not in the list of the log')
  const followed = [known]
  for (const [step, { key, handover }] of list.slice(at + 1).entries()) {
    const before = list[at + step]
    if (before === undefined || before.isCompromised || handover === undefined)
      throw new TlogError('not-handed-over', 'a key of the log has no handover from the previous key')
    const next = openHandover(encodeUtf8(handover), before.key)
    if (formatVerifierKey(next) !== formatVerifierKey(key))
      throw new TlogError('not-handed-over', 'a handover names another key than the list')
    followed.push(next)
  }
  if (list.at(-1)?.isCompromised)
    throw new TlogError('not-handed-over', 'the newest key of the log is marked as compromised')
  return followed
}

import { encodeUtf8 } from './bytes.ts'
import { TlogError } from './error.ts'
import { type NoteSigner, openNote, signNote } from './note.ts'
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifier-key.ts'

/**
 * That a log's key is followed by another of the same name: a note that both sign, the old one because whoever knows it shall know the
 * new one, the new one because it is held. No checkpoint reads like it, for its second line is no number.
 */
const HEADER = 'log-key-handover/v1'

const textOf = (key: VerifierKey<'ed25519'>) => `${HEADER}\n${key.name}\n${formatVerifierKey(key)}\n`

/** Throws as `signNote`, and `wrong-origin` for keys of two names. */
export function signHandover({ from, to }: { from: NoteSigner; to: NoteSigner }): Promise<Uint8Array> {
  if (from.key.name !== to.key.name) throw new TlogError('wrong-origin', 'keys of two logs')
  return signNote(textOf(to.key), [from, to])
}

/**
 * The key after one that is known. Throws as `openNote`, `not-signed` where either has not signed, `wrong-origin` for another log's
 * key, `malformed-note` for a note of another kind.
 */
export function openHandover(bytes: Uint8Array, from: VerifierKey<'ed25519'>): VerifierKey<'ed25519'> {
  const { text } = openNote(bytes, [from])
  const to = parseVerifierKey('ed25519', text.split('\n')[2] ?? '')
  if (to.name !== from.name) throw new TlogError('wrong-origin', 'a key of another log')
  if (text !== textOf(to)) throw new TlogError('malformed-note', 'no handover of a key')
  openNote(bytes, [to])
  return to
}

/** One of the keys of a log, as the log says. */
export interface ListedKey {
  readonly key: VerifierKey<'ed25519'>
  /** Nothing that it signed is believed any more, nor the key that it names. */
  readonly isCompromised: boolean
  /** The note by which the key before it named it. */
  readonly handover?: string
}

/**
 * The keys that whoever knows `known` may believe, from there on, newest last: each named by the one before. Of a list, oldest first,
 * in which anything may stand. Throws `not-handed-over` where the list does not lead from the known key to its end, or as `openHandover`.
 */
export function followKeys(known: VerifierKey<'ed25519'>, list: readonly ListedKey[]): VerifierKey<'ed25519'>[] {
  const text = formatVerifierKey(known)
  const at = list.findIndex(({ key }) => formatVerifierKey(key) === text)
  if (at < 0) throw new TlogError('not-handed-over', 'the log does not name the key that was known')
  const followed = [known]
  for (const [step, { key, handover }] of list.slice(at + 1).entries()) {
    const before = list[at + step]
    if (before === undefined || before.isCompromised || handover === undefined)
      throw new TlogError('not-handed-over', 'a key of the log was replaced without being named by the one before')
    const next = openHandover(encodeUtf8(handover), before.key)
    if (formatVerifierKey(next) !== formatVerifierKey(key))
      throw new TlogError('not-handed-over', 'the key before named another one')
    followed.push(next)
  }
  if (list.at(-1)?.isCompromised) throw new TlogError('not-handed-over', 'the key of the log was compromised')
  return followed
}

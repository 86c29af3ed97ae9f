import { concat, decodeBase64, decodeUtf8, encodeBase64, encodeUtf8, fromHex, toHex } from './bytes.ts'
import { verifyEd25519 } from './crypto.ts'
import { TlogError } from './error.ts'
import { isKeyName, type VerifierKey } from './verifier-key.ts'

/** A verifier must accept 16 signatures of up to 5 kB each, and should set limits. C2SP signed-note, "Format". */
export const MAX_SIGNATURES = 16
export const MAX_NOTE_BYTES = 131_072

const KEY_ID_BYTES = 4

export interface NoteSignature {
  readonly name: string
  /** 8 lower-case hexadecimal digits. */
  readonly keyId: string
  /** The bytes after the key id, at least one. */
  readonly signature: Uint8Array
}

/** A note whose signatures were not checked. Do not trust its text. */
export interface UnverifiedNote {
  /** Ends in a newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A note that known keys signed. */
export interface OpenedNote extends UnverifiedNote {
  /** At least one key, each once. */
  readonly signedBy: readonly VerifierKey<'ed25519'>[]
}

/** Signs with a key that this package does not hold, such as one in KMS. */
export interface NoteSigner<Key extends VerifierKey = VerifierKey<'ed25519'>> {
  readonly key: Key
  /** Returns the Ed25519 signature (64 bytes) over exactly these bytes. KMS: message type RAW, at most 4,096 bytes. */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>
}

/** Reads a note and checks no signature. Throws `malformed-note` outside C2SP signed-note, "Format", or the limits above. */
export function parseNote(bytes: Uint8Array): UnverifiedNote {
  const whole = bytes.length <= MAX_NOTE_BYTES ? decodeUtf8(bytes) : undefined
  if (whole === undefined || !isNoteText(whole)) throw malformed('not UTF-8 lines within the limit')
  const blank = whole.lastIndexOf('\n\n')
  if (blank < 0) throw malformed('no blank line before the signatures')
  const lines = whole.slice(blank + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw malformed(`more than ${MAX_SIGNATURES} signatures`)
  return { text: whole.slice(0, blank + 1), signatures: lines.map(parseSignature) }
}

function parseSignature(line: string): NoteSignature {
  const [dash, name = '', base64 = '', ...rest] = line.split(' ')
  const bytes = decodeBase64(base64)
  if (dash !== '—' || !isKeyName(name) || bytes === undefined || bytes.length <= KEY_ID_BYTES || rest.length > 0)
    throw malformed('not a signature line')
  return { name, keyId: toHex(bytes.subarray(0, KEY_ID_BYTES)), signature: bytes.subarray(KEY_ID_BYTES) }
}

/** Whole lines without control characters, and without halves of surrogate pairs, which UTF-8 cannot encode. */
const isNoteText = (text: string) => text.endsWith('\n') && text.isWellFormed() && !/[\x00-\x09\x0b-\x1f]/.test(text)

function requireText(text: string): void {
  if (!isNoteText(text)) throw malformed('not lines of text')
}

const malformed = (message: string) => new TlogError('malformed-note', message)

/** Writes a note. Throws `malformed-note` if `parseNote` would refuse it. */
export function formatNote({ text, signatures }: UnverifiedNote): Uint8Array {
  requireText(text)
  const lines = signatures.map(({ name, keyId, signature }) => {
    if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(keyId)) throw malformed('not the name and id of a key')
    return `— ${name} ${encodeBase64(concat(fromHex(keyId), signature))}\n`
  })
  const bytes = encodeUtf8(`${text}\n${lines.join('')}`)
  parseNote(bytes)
  return bytes
}

/**
 * Signs a note with one signature of each signer. Throws `malformed-note` for a text that cannot be a note, and `signature-failed`
 * if a signer's key does not verify its signature, so that no such note is released.
 */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<Uint8Array> {
  requireText(text)
  const signatures: NoteSignature[] = []
  for (const { key, sign } of signers) {
    signatures.push({ name: key.name, keyId: key.id, signature: await sign(encodeUtf8(text)) })
  }
  const bytes = formatNote({ text, signatures })
  openNote(
    bytes,
    signers.map(({ key }) => key),
  )
  return bytes
}

/**
 * Opens a note whose text may be trusted. Signatures by other keys are ignored. Throws `malformed-note`, `signature-failed` if a
 * signature of one of `keys` does not verify, and `not-signed` if none of `keys` signed. C2SP signed-note, "Signatures".
 */
export function openNote(bytes: Uint8Array, keys: readonly VerifierKey<'ed25519'>[]): OpenedNote {
  const note = parseNote(bytes)
  const text = encodeUtf8(note.text)
  const signedBy = keys.filter((key) => {
    const found = signaturesBy(key, note)
    for (const signature of found) requireSignature(key, text, signature)
    return found.length > 0
  })
  if (signedBy.length === 0) throw new TlogError('not-signed', 'no known key signed the note')
  return { ...note, signedBy }
}

/** The signatures of this key. Both name and id must match, because another key may have the same name or the same id. */
export const signaturesBy = ({ name, id }: VerifierKey, { signatures }: UnverifiedNote): readonly Uint8Array[] =>
  signatures.filter((line) => line.name === name && line.keyId === id).map(({ signature }) => signature)

export function requireSignature(key: VerifierKey, message: Uint8Array, signature: Uint8Array): void {
  if (!verifyEd25519(key.publicKey, message, signature))
    throw new TlogError('signature-failed', 'a signature of a known key does not verify')
}

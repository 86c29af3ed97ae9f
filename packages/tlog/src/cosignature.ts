import { concat, encodeUtf8 } from './bytes.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { TlogError } from './error.ts'
import { type NoteSignature, type NoteSigner, requireSignature, signaturesBy, type UnverifiedNote } from './note.ts'
import { isSize } from './tree.ts'
import type { VerifierKey } from './verifier-key.ts'

/**
 * A witness's statement that, at a time, this was the largest consistent checkpoint it had seen.
 * C2SP tlog-cosignature, "Ed25519 signed message".
 */
export interface Cosignature {
  readonly key: VerifierKey<'cosignature'>
  /** Seconds since 1970, by the clock of the witness. */
  readonly time: number
}

const TIME_BYTES = 8

const messageOf = (text: string, time: number) => encodeUtf8(`cosignature/v1\ntime ${time}\n${text}`)

/**
 * Makes a witness's signature over a checkpoint's note text, to be added to the signatures of the note. The caller must have checked
 * that the checkpoint is consistent with every checkpoint that it cosigned before. `time` is in seconds since 1970. Throws
 * `malformed-checkpoint`, `out-of-range` for an impossible time, and `signature-failed` if the signer's key does not verify its
 * signature.
 */
export async function cosign(
  text: string,
  { key, sign, time }: NoteSigner<VerifierKey<'cosignature'>> & { readonly time: number },
): Promise<NoteSignature> {
  parseCheckpoint(text)
  if (!isSize(time)) throw new TlogError('out-of-range', 'a time is a whole number of seconds')
  const message = messageOf(text, time)
  const made = await sign(message)
  requireSignature(key, message, made)
  const stamp = new Uint8Array(TIME_BYTES)
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time))
  return { name: key.name, keyId: key.id, signature: concat(stamp, made) }
}

/**
 * Finds which of these witnesses cosigned the checkpoint, each once with its earliest time. The caller decides how many are enough,
 * and whether a time lies in the future. Signatures by other keys are ignored. Throws `malformed-checkpoint`, and `signature-failed`
 * if a line of one of these keys does not verify.
 */
export function verifyCosignatures(note: UnverifiedNote, keys: readonly VerifierKey<'cosignature'>[]): Cosignature[] {
  parseCheckpoint(note.text)
  return keys.flatMap((key) => {
    const times = signaturesBy(key, note).map((signature) => verifiedTime(key, note.text, signature))
    return times.length === 0 ? [] : [{ key, time: Math.min(...times) }]
  })
}

function verifiedTime(key: VerifierKey<'cosignature'>, text: string, stamped: Uint8Array): number {
  const { buffer, byteOffset, length } = stamped
  const time = length < TIME_BYTES ? -1 : Number(new DataView(buffer, byteOffset, length).getBigUint64(0))
  if (!isSize(time)) throw new TlogError('signature-failed', 'a cosignature of a known key has no time')
  requireSignature(key, messageOf(text, time), stamped.subarray(TIME_BYTES))
  return time
}

import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './bytes.ts'
import { openCheckpoint } from './checkpoint.ts'
import { type Cosignature, verifyCosignatures } from './cosignature.ts'
import { TlogError } from './error.ts'
import { MAX_NOTE_BYTES, parseNote } from './note.ts'
import { isHash, isSize } from './tree.ts'
import type { VerifierKey } from './verifier-key.ts'
import { verifyInclusion } from './verify.ts'

/** What can be kept beside a document, and checked without a network. C2SP tlog-proof, "Format". */
export interface TlogProof {
  /** From 0. */
  readonly index: number
  /** PATH of RFC 6962, Section 2.1.1: from the leaf up. */
  readonly hashes: readonly Uint8Array[]
  /** The signed note, with whatever cosignatures it had. */
  readonly checkpoint: Uint8Array
  /** Of the application, and signed by nobody: believe nothing in it. Not empty. */
  readonly extra?: Uint8Array
}

/** By convention a file of this name. */
export const PROOF_EXTENSION = '.tlog-proof'

const HEADER = 'c2sp.org/tlog-proof@v1'
/** A tree of 2^53 - 1 leaves is 53 nodes high. */
const MAX_HASHES = 53
const MAX_EXTRA_BYTES = 16_384
export const MAX_PROOF_BYTES = MAX_NOTE_BYTES + 32_768

/** Throws `malformed-proof`, or as `parseNote`, for what `parseProof` would not read. */
export function formatProof(proof: TlogProof): Uint8Array {
  requireProof(proof)
  const { index, hashes, checkpoint, extra } = proof
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${encodeBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(encodeBase64),
    '',
    decodeUtf8(checkpoint) ?? '', // a note is UTF-8
  ]
  return encodeUtf8(lines.join('\n'))
}

/**
 * Reads exactly what `formatProof` writes, and trusts nothing in it: see `openProof`. Throws `malformed-proof`, or as `parseNote`
 * for what is no signed note.
 */
export function parseProof(bytes: Uint8Array): TlogProof {
  const text = bytes.length <= MAX_PROOF_BYTES ? decodeUtf8(bytes) : undefined
  const blank = text?.indexOf('\n\n') ?? -1
  if (text === undefined || blank < 0) throw malformed('no blank line before the checkpoint, or too long')
  const [header, ...lines] = text.slice(0, blank).split('\n')
  if (header !== HEADER) throw malformed('not the first line of a proof')
  const extra = lines[0]?.startsWith('extra ') ? decodeBase64(lines.shift()?.slice('extra '.length) ?? '') : null
  if (extra === undefined) throw malformed('an extra line that is no base64')
  const [, index] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '') ?? []
  if (index === undefined) throw malformed('not the index of an entry')
  const hashes = lines.map(decodeBase64)
  if (!hashes.every((hash) => hash !== undefined)) throw malformed('not hashes, one a line')
  const proof = {
    index: Number(index),
    hashes,
    checkpoint: encodeUtf8(text.slice(blank + 2)),
    ...(extra && { extra }),
  }
  requireProof(proof)
  return proof
}

function requireProof({ index, hashes, checkpoint, extra }: TlogProof): void {
  if (!isSize(index)) throw malformed('not the index of an entry')
  if (hashes.length > MAX_HASHES || !hashes.every(isHash)) throw malformed(`not at most ${MAX_HASHES} hashes`)
  if (extra !== undefined && (extra.length === 0 || extra.length > MAX_EXTRA_BYTES))
    throw malformed('the extra is empty or too long')
  parseNote(checkpoint)
}

const malformed = (message: string) => new TlogError('malformed-proof', message)

/** Whom the reader of a proof believes. */
export interface ProofPolicy {
  /** Of the log; one line. */
  readonly origin: string
  /** The log's own, more than one where a key was replaced. */
  readonly keys: readonly VerifierKey<'ed25519'>[]
  readonly witnesses: readonly VerifierKey<'cosignature'>[]
  /** So many of them must have cosigned. 0 says that the log alone is believed. */
  readonly atLeast: number
}

export interface OpenedProof {
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
  /** Of the log's keys, those that signed. */
  readonly signedBy: readonly VerifierKey<'ed25519'>[]
  /** Of the witnesses that were named, those that cosigned, each with its time; whether that time may be, the caller decides. */
  readonly cosignatures: readonly Cosignature[]
}

/**
 * What the proof shows of the entry with this leaf hash. C2SP tlog-proof, "Verifying a tlog proof". Throws as `openCheckpoint` and
 * `verifyCosignatures`; `not-witnessed` where too few cosigned, a key counting once by whatever names it goes; `not-included`
 * where the hashes do not lead from the leaf to the signed root.
 */
export function openProof(
  { index, hashes, checkpoint: bytes }: TlogProof,
  leaf: Uint8Array,
  { origin, keys, witnesses, atLeast }: ProofPolicy,
): OpenedProof {
  if (!isSize(atLeast)) throw new TlogError('out-of-range', 'no number of witnesses')
  const { checkpoint, note } = openCheckpoint(bytes, { origin, keys })
  const cosignatures = verifyCosignatures(note, witnesses)
  const { size, root } = checkpoint
  if (new Set(cosignatures.map(({ key }) => encodeBase64(key.publicKey))).size < atLeast)
    throw new TlogError('not-witnessed', 'too few of the witnesses cosigned the checkpoint')
  if (!verifyInclusion({ index, size, root, leaf, proof: hashes }))
    throw new TlogError('not-included', 'the proof does not lead from the entry to the signed root')
  return { index, size, root, signedBy: note.signedBy, cosignatures }
}

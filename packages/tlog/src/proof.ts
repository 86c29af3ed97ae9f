import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './bytes.ts'
import { openCheckpoint } from './checkpoint.ts'
import { type Cosignature, verifyCosignatures } from './cosignature.ts'
import { TlogError } from './error.ts'
import { MAX_NOTE_BYTES, parseNote } from './note.ts'
import { isHash, isSize } from './tree.ts'
import type { VerifierKey } from './verifier-key.ts'
import { verifyInclusion } from './verify.ts'

/** A proof of inclusion that is stored beside a document and verified without a network. C2SP tlog-proof, "Format". */
export interface TlogProof {
  /** From 0. */
  readonly index: number
  /** From the leaf up: PATH of RFC 6962, Section 2.1.1. */
  readonly hashes: readonly Uint8Array[]
  /** The signed note, with the cosignatures that it had. */
  readonly checkpoint: Uint8Array
  /** Bytes of the application. They are unsigned, so do not trust them. Not empty. */
  readonly extra?: Uint8Array
}

/** The conventional file extension. C2SP tlog-proof. */
export const PROOF_EXTENSION = '.tlog-proof'

const HEADER = 'c2sp.org/tlog-proof@v1'
/** A tree of 2^53 - 1 leaves has 53 levels above its leaves. */
const MAX_HASHES = 53
const MAX_EXTRA_BYTES = 16_384
export const MAX_PROOF_BYTES = MAX_NOTE_BYTES + 32_768

/** Writes a proof. Throws `malformed-proof`, or as `parseNote`, if `parseProof` would refuse it. */
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
 * Reads exactly what `formatProof` writes. It verifies nothing: `openProof` does. Throws `malformed-proof`, or as `parseNote` if
 * the checkpoint is not a signed note.
 */
export function parseProof(bytes: Uint8Array): TlogProof {
  const text = bytes.length <= MAX_PROOF_BYTES ? decodeUtf8(bytes) : undefined
  const blank = text?.indexOf('\n\n') ?? -1
  if (text === undefined || blank < 0) throw malformed('no blank line before the checkpoint, or too long')
  const [header, ...lines] = text.slice(0, blank).split('\n')
  if (header !== HEADER) throw malformed('the first line is not that of a proof')
  const extra = lines[0]?.startsWith('extra ') ? decodeBase64(lines.shift()?.slice('extra '.length) ?? '') : null
  if (extra === undefined) throw malformed('the extra line is not base64')
  const [, index] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '') ?? []
  if (index === undefined) throw malformed('no index line, or not a whole number')
  const hashes = lines.map(decodeBase64)
  if (!hashes.every((hash) => hash !== undefined)) throw malformed('a line after the index is not a hash in base64')
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
  if (!isSize(index)) throw malformed('the index is not a whole number from 0 to 2^53 - 1')
  if (hashes.length > MAX_HASHES || !hashes.every(isHash))
    throw malformed(`more than ${MAX_HASHES} hashes, or one that is not 32 bytes`)
  if (extra !== undefined && (extra.length === 0 || extra.length > MAX_EXTRA_BYTES))
    throw malformed(`the extra bytes are empty or more than ${MAX_EXTRA_BYTES}`)
  parseNote(checkpoint)
}

const malformed = (message: string) => new TlogError('malformed-proof', message)

/** The log and the witnesses that the verifier of a proof trusts. */
export interface ProofPolicy {
  /** The name of the log, in one line. */
  readonly origin: string
  /** The keys of the log: more than one if a key was replaced. */
  readonly keys: readonly VerifierKey<'ed25519'>[]
  readonly witnesses: readonly VerifierKey<'cosignature'>[]
  /** The number of witnesses that must have cosigned. 0: the log alone is trusted. */
  readonly atLeast: number
}

export interface OpenedProof {
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
  /** The keys of the log that signed. */
  readonly signedBy: readonly VerifierKey<'ed25519'>[]
  /** The trusted witnesses that cosigned, each with its time. The caller decides whether a time is plausible. */
  readonly cosignatures: readonly Cosignature[]
}

/**
 * Verifies the proof for the entry with this leaf hash. C2SP tlog-proof, "Verifying a tlog proof". Throws as `openCheckpoint` and
 * `verifyCosignatures`, `not-witnessed` if too few witnesses cosigned (one key under several names counts once), and
 * `not-included` if the hashes do not lead from the leaf to the signed root.
 */
export function openProof(
  { index, hashes, checkpoint: bytes }: TlogProof,
  leaf: Uint8Array,
  { origin, keys, witnesses, atLeast }: ProofPolicy,
): OpenedProof {
  if (!isSize(atLeast)) throw new TlogError('out-of-range', 'atLeast is not a whole number')
  const { checkpoint, note } = openCheckpoint(bytes, { origin, keys })
  const cosignatures = verifyCosignatures(note, witnesses)
  const { size, root } = checkpoint
  if (new Set(cosignatures.map(({ key }) => encodeBase64(key.publicKey))).size < atLeast)
    throw new TlogError('not-witnessed', 'too few witnesses cosigned the checkpoint')
  if (!verifyInclusion({ index, size, root, leaf, proof: hashes }))
    throw new TlogError('not-included', 'the proof does not lead from the entry to the signed root')
  return { index, size, root, signedBy: note.signedBy, cosignatures }
}

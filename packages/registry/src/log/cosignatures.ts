import {
  formatNote,
  formatVerifierKey,
  type NoteSignature,
  openCheckpoint,
  parseNote,
  parseVerifierKey,
  TILE_WIDTH,
  TlogError,
  type VerifierKey,
  verifyCosignatures,
} from '@sijil/tlog'
import { WITNESS_TOLERANCE_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import type { LeafEvent } from './grow.ts'
import { verifierKeysOf } from './log-keys.ts'
import { type LogName, originOf } from './logs.ts'
import { fromBase64, latestCheckpoint, toBase64 } from './read-log.ts'

export type Witness = VerifierKey<'cosignature'>

/** Parses verifier keys (C2SP signed-note), separated by spaces, commas or line ends. Throws `TypeError` if one is malformed. */
export const parseWitnesses = (text: string): Witness[] =>
  text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => parseVerifierKey('cosignature', word))

/** The same keys as checked text. Throws like `parseWitnesses`. */
export const witnessKeys = (text: string): string[] => parseWitnesses(text).map(formatVerifierKey)

interface CosignatureEvent {
  type: 'cosigned'
  size: number
  witness: string
  keyId: string
  /** By the witness's clock, RFC 3339 UTC. */
  time: string
  /** The bytes of the signature line after the key id, base64. */
  signature: string
}

/** The tile of level 0 in which a log of this size ends. */
const tileOf = (size: number) => Math.floor((size - 1) / TILE_WIDTH)

/**
 * Stores the cosignatures of a note. The note must be a checkpoint that this log signed. Only signatures of witnesses that this
 * deployment names count. Answers how many are new. Throws `validation-failed`.
 */
export async function recordCosignatures(
  { log, note: bytes }: { log: LogName; note: Uint8Array },
  { store, witnesses, baseUrl, now }: { store: CommitStore; witnesses: readonly Witness[]; baseUrl: string; now: Date },
): Promise<number> {
  const keys = await verifierKeysOf(log, baseUrl, store)
  const { checkpoint, note, signed } = opened(bytes, { origin: originOf(baseUrl, log), keys, witnesses })
  if (signed.length === 0) throw invalid('no witness that is known here signed this note')
  if (signed.some(({ time }) => time * 1_000 > now.getTime() + WITNESS_TOLERANCE_MS))
    throw invalid('the time of the cosignature lies in the future; check the clock of the witness')
  // A cosignature of an empty tree proves nothing about any entry.
  if (checkpoint.size === 0) return 0
  let added = 0
  for (const { key, time } of signed) {
    const stream = streams.logCosigned(log, tileOf(checkpoint.size))
    const history = await store.read<CosignatureEvent>(stream)
    const isKept = history.some(({ events }) =>
      events.some(({ size, keyId, witness }) => size === checkpoint.size && keyId === key.id && witness === key.name),
    )
    if (isKept) continue
    const line = note.signatures.find((signature) => isOf(signature, key, time)) as NoteSignature // `opened` verified it
    const event: CosignatureEvent = {
      type: 'cosigned',
      size: checkpoint.size,
      witness: key.name,
      keyId: key.id,
      time: new Date(time * 1_000).toISOString(),
      signature: toBase64(line.signature),
    }
    await store.append(nextCommit(stream, history, { events: [event], actor: 'system:witness', now }))
    added += 1
  }
  return added
}

function opened(
  bytes: Uint8Array,
  about: { origin: string; keys: readonly VerifierKey<'ed25519'>[]; witnesses: readonly Witness[] },
) {
  try {
    const { checkpoint, note } = openCheckpoint(bytes, about)
    return { checkpoint, note, signed: verifyCosignatures(note, about.witnesses) }
  } catch (error) {
    if (!(error instanceof TlogError)) throw error
    throw invalid('this is not a checkpoint of this log with a valid cosignature', error)
  }
}

const invalid = (detail: string, cause?: unknown) =>
  new RegistryError('validation-failed', 'the cosignature is not accepted', {
    faults: [{ pointer: '', detail }],
    cause,
  })

const isOf = ({ name, keyId, signature }: NoteSignature, key: Witness, time: number) =>
  name === key.name &&
  keyId === key.id &&
  Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)) === time

/** The last checkpoint as it is published, with the cosignatures received for it. `undefined` if the log has not begun. */
export async function readCheckpoint(log: LogName, reader: CommitReader): Promise<Uint8Array | undefined> {
  const last = await latestCheckpoint(log, reader)
  if (last === undefined) return undefined
  const { text, signatures } = parseNote(Buffer.from(last.note))
  const cosigned = last.size === 0 ? [] : await readCosigned(log, tileOf(last.size), reader)
  const lines = cosigned
    .filter(({ size }) => size === last.size)
    .map(({ witness, keyId, signature }) => ({ name: witness, keyId, signature: fromBase64(signature) }))
  return formatNote({ text, signatures: [...signatures, ...lines].slice(0, 16) })
}

async function readCosigned(log: LogName, tile: number, reader: CommitReader): Promise<CosignatureEvent[]> {
  const commits = await reader.read<CosignatureEvent>(streams.logCosigned(log, tile))
  return commits.flatMap(({ events }) => events)
}

/** Tiles that are searched for the first cosignature after a leaf. Beyond them the answer is that none is known. */
const MOST_TILES = 64

/**
 * The moment by which an outside witness had cosigned a checkpoint of the certificates' log that covers this hash. `undefined` if none
 * had. The time is the witness's own, but never earlier than the moment at which the hash got its place in the log.
 */
export async function witnessedAt(hash: string, reader: CommitReader): Promise<string | undefined> {
  const pointer = await reader.latest<LeafEvent>(streams.logLeaf('certificates', hash))
  const index = pointer?.events[0]?.index
  const last = index === undefined ? undefined : await latestCheckpoint('certificates', reader)
  if (pointer === undefined || index === undefined || last === undefined) return undefined
  const first = Math.floor(index / TILE_WIDTH)
  const end = Math.min(tileOf(last.size), first + MOST_TILES)
  for (let tile = first; tile <= end; tile++) {
    const times = (await readCosigned('certificates', tile, reader))
      .filter(({ size }) => size > index)
      .map(({ time }) => (time > pointer.recordedAt ? time : pointer.recordedAt))
    if (times.length > 0) return times.reduce((one, other) => (one < other ? one : other))
  }
  return undefined
}

import { canonicalJson } from '@sijil/credentials'
import { type Framework, listFrameworks } from '@sijil/qualifications'
import { formatCheckpoint, leafHash, signNote, TILE_WIDTH } from '@sijil/tlog'
import { DAY_MS } from '../clocks.ts'
import type { Signer } from '../ports.ts'
import {
  type Commit,
  type CommitReader,
  type CommitStore,
  nextCommit,
  ownerOf,
  type StreamId,
  streams,
} from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import { isWhole, type TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import { type LogKey, noteSignersAt, readLogKeys } from './log-keys.ts'
import type { PublicEntry } from './logs.ts'
import { latestCheckpoint, readEntries } from './read-log.ts'

/** Every listed entity, as the log records it. Verifiers use it where there is no network. */
export interface TrustBundle {
  /** The registry's address, without a trailing slash. */
  registry: string
  /** The roots that the registry accepts, and the issuers that it refuses. */
  policy: TrustPolicy
  /** Size of the log's tree. A verifier that has seen a larger tree of this registry must reject a bundle of a smaller one. */
  size: number
  /** Signed head of the log from which the bundle was made. */
  checkpoint: string
  madeAt: string
  validUntil: string
  /** Includes every key and grant that ever existed, with its later changes. */
  entities: Entity[]
  /** Every entry of the log, in order. They make the tree of the checkpoint. The entities are their fold. */
  entries: PublicEntry[]
  /** How national levels relate to the AQRF, by which report, and whether the national authority confirmed the table. */
  levels: Pick<Framework, 'id' | 'state' | 'referencing' | 'table'>[]
}

/** The part of a bundle that says which list it is. It is signed by itself too, so that a long list can be handed on in slices. */
export type BundleHead = Pick<TrustBundle, 'registry' | 'policy' | 'size' | 'checkpoint' | 'madeAt' | 'validUntil'>

interface BundleEvent {
  type: 'bundle-signed'
  size: number
  madeAt: string
  /** The key that signed. */
  kid?: string
  /** Length of the bundle's file. Absent from bundles that were made before the length was recorded. */
  bytes?: number
}

/** How long a verifier may rely on a bundle without asking again. */
const VALID_MS = DAY_MS
const RENEW_MS = VALID_MS / 2
/** Bytes of UTF-8 in one part. An item of the store holds 400 KB. */
const PART = 200_000
/** In bytes. Three quarters of what another registry accepts in one request (docs/runbook.md). */
const NEARLY_FULL = 3 * 1024 * 1024
const ACTOR = 'system:log'

/** First line of the signed note: a C2SP checkpoint of a tree whose only leaf is the canonical JSON of the bundle. */
export const bundleOrigin = (baseUrl: string) => `${new URL(baseUrl).host}/trust-bundle`

/** First line of the note over the head of a bundle, in the same form. */
export const bundleHeadOrigin = (baseUrl: string) => `${bundleOrigin(baseUrl)}-head`

/**
 * Signs a new bundle if the log has grown, half of the last bundle's validity has passed, or its key was replaced. Answers whether it
 * did. After an interruption the next run makes a whole new bundle.
 */
export async function publishBundle({
  store,
  signer,
  policy,
  baseUrl,
  now,
}: {
  store: CommitStore
  signer: Signer
  policy: TrustPolicy
  baseUrl: string
  now: Date
}): Promise<boolean> {
  const head = await latestCheckpoint('registry', store)
  const last = await store.latest<BundleEvent>(streams.logBundles())
  const [known] = last?.events ?? []
  const keys = await readLogKeys(store)
  const kid = keys.at(-1)?.kid
  const isRecent = known !== undefined && now.getTime() - Date.parse(known.madeAt) < RENEW_MS
  // If another key signed the last bundle, the current key signs a new one.
  const isFresh = isRecent && known.kid === kid
  if (head === undefined || (isFresh && known.size >= head.size)) return false
  const entries = await entriesOf(head.size, store)
  const bundleHead: BundleHead = {
    registry: baseUrl,
    policy,
    size: head.size,
    checkpoint: head.note,
    madeAt: now.toISOString(),
    validUntil: new Date(now.getTime() + VALID_MS).toISOString(),
  }
  const bundle: TrustBundle = {
    ...bundleHead,
    entities: entitiesOf(entries),
    entries,
    levels: listFrameworks().map(({ id, state, referencing, table }) => ({
      id,
      state,
      referencing,
      ...(table && { table }),
    })),
  }
  const text = canonicalJson(bundle)
  const by = { signer, now, keys }
  const note = await signed(text, { ...by, origin: bundleOrigin(baseUrl) })
  const headNote = await signed(canonicalJson(bundleHead), { ...by, origin: bundleHeadOrigin(baseUrl) })
  const file = `{"bundle":${text},"note":${JSON.stringify(note)},"head":${JSON.stringify(headNote)}}`
  await writeParts(streams.logBundle(bundle.madeAt), file, { store, now })
  const event: BundleEvent = {
    type: 'bundle-signed',
    size: head.size,
    madeAt: bundle.madeAt,
    bytes: Buffer.byteLength(file),
    ...(kid && { kid }),
  }
  const history = last === undefined ? [] : [last]
  // Recorded last, because readers follow it: by now every part is stored.
  await store.append(nextCommit(streams.logBundles(), history, { events: [event], actor: ACTOR, now }))
  return true
}

async function signed(
  text: string,
  { signer, origin, now, keys }: { signer: Signer; origin: string; now: Date; keys: readonly LogKey[] },
): Promise<string> {
  const root = leafHash(new TextEncoder().encode(text))
  const checkpoint = formatCheckpoint({ origin, size: 1, root, extensions: [] })
  const note = await signNote(checkpoint, noteSignersAt(now, keys, origin, signer))
  return Buffer.from(note).toString('utf8')
}

/** A bundle contains only entries that a checkpoint covers. */
async function entriesOf(size: number, reader: CommitReader): Promise<PublicEntry[]> {
  const entries: PublicEntry[] = []
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const tile = await readEntries('registry', index, reader)
    for (const text of tile.entries.slice(0, size - index * TILE_WIDTH)) entries.push(JSON.parse(text))
  }
  return entries
}

/**
 * Made from the entries alone, so that a reader of the bundle can repeat it. An entity with an entry that is not known is left out, and
 * does not stop the bundle for all others.
 */
function entitiesOf(entries: readonly PublicEntry[]): Entity[] {
  return [...historiesOf(entries)].flatMap(([id, history]) =>
    isWhole(history) ? (entityAt(id, history, EVERYTHING) ?? []) : [],
  )
}

/** The trust streams that the entries record, by owner. */
export function historiesOf(entries: readonly PublicEntry[]): Map<string, Commit<TrustEvent>[]> {
  const histories = new Map<string, Commit<TrustEvent>[]>()
  for (const { stream, ...entry } of entries) {
    const id = ownerOf(stream)
    const commit = { ...entry, events: entry.events as TrustEvent[], stream: stream as StreamId, actor: ACTOR }
    const history = histories.get(id)
    if (history === undefined) histories.set(id, [commit])
    else history.push(commit)
  }
  for (const history of histories.values()) history.sort((one, other) => one.number - other.number)
  return histories
}

interface PartEvent {
  type: 'bundle-part'
  text: string
}

async function writeParts(stream: StreamId, text: string, { store, now }: { store: CommitStore; now: Date }) {
  const history: Commit<PartEvent>[] = []
  for (const part of partsOf(text, PART)) {
    const event: PartEvent = { type: 'bundle-part', text: part }
    const commit = nextCommit<PartEvent>(stream, history, { events: [event], actor: ACTOR, now })
    await store.append(commit)
    history.push(commit)
  }
}

/** Cuts a text into parts of at most so many bytes of UTF-8, and never within a character. */
export function partsOf(text: string, most: number): string[] {
  const bytes = Buffer.from(text)
  const parts: string[] = []
  for (let from = 0; from < bytes.length; ) {
    let to = Math.min(from + most, bytes.length)
    // A byte of the form 10xxxxxx continues a character (RFC 3629, section 3).
    while (to < bytes.length && ((bytes[to] ?? 0) & 0xc0) === 0x80) to--
    parts.push(bytes.toString('utf8', from, to))
    from = to
  }
  return parts
}

/** Length of the last bundle in bytes, if it is over three quarters of the limit. Operators should act before it is reached. */
export async function nearlyFullBundle(reader: CommitReader): Promise<{ bytes: number } | undefined> {
  const last = await reader.latest<BundleEvent>(streams.logBundles())
  const bytes = last?.events[0]?.bytes ?? 0
  return bytes > NEARLY_FULL ? { bytes } : undefined
}

/** The last bundle, byte for byte as it was signed. */
export async function readBundle(reader: CommitReader): Promise<string | undefined> {
  const last = await reader.latest<BundleEvent>(streams.logBundles())
  const [known] = last?.events ?? []
  if (known === undefined) return undefined
  const parts = await reader.read<PartEvent>(streams.logBundle(known.madeAt))
  return parts.flatMap(({ events }) => events.map(({ text }) => text)).join('')
}

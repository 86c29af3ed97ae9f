import { canonicalJson } from '@sijil/credentials'
import { type Framework, nationalFrameworks } from '@sijil/qualifications'
import { formatCheckpoint, leafHash, signNote, TILE_WIDTH } from '@sijil/tlog'
import { type CheckedReader, type CheckedStore, type NamedArtefact, artefacts as names } from '../artefacts.ts'
import { listBaselineFrameworks } from '../catalogue/baseline.ts'
import { baselineOnly } from '../catalogue/baseline-at.ts'
import type { BaselineEvent, CatalogueEvent, FrameworkEvent } from '../catalogue/events.ts'
import { DAY_MS } from '../clocks.ts'
import { RegistryError, unlessAway } from '../errors.ts'
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
import { catalogueRecord, type PublicEntry } from './logs.ts'
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
  /** The records of the baseline about which no owner stated anything, as they were loaded. Absent from older bundles. */
  baseline?: readonly PublicEntry[]
  /** The log of what owners stated about the catalogue. Absent until it is signed, and from older bundles. */
  catalogue?: CatalogueHead
}

/** The head of the log `catalogue`. Statements are not in a bundle: a verifier brings those that it needs, each with a proof. */
export interface CatalogueHead {
  size: number
  /** Signed by the key of the logs. */
  checkpoint: string
  /** Ids of the baseline about which an owner stated something. The baseline answers for all others. */
  stated: readonly string[]
}

/** The part of a bundle that says which list it is. It is signed by itself too, so that a long list can be handed on in slices. */
export type BundleHead = Pick<TrustBundle, 'registry' | 'policy' | 'size' | 'checkpoint' | 'madeAt' | 'validUntil'>

interface BundleEvent {
  type: 'bundle-signed'
  size: number
  /** Size of the log `catalogue`. Absent from bundles that were made before there was one. */
  catalogue?: number
  madeAt: string
  /** The key that signed. */
  kid?: string
  /** Length of the bundle's file. Absent from bundles that were made before the length was recorded. */
  bytes?: number
  /** The bundle's file. Absent from those in the stream `logBundles`: their text is in the stream `logBundle`, in parts. */
  artefact?: NamedArtefact
}

/** How long a verifier may rely on a bundle without asking again. */
const VALID_MS = DAY_MS
const RENEW_MS = VALID_MS / 2
/** In bytes. Three quarters of what another registry accepts in one request, the limit that is reached first (docs/runbook.md). */
const NEARLY_FULL = 3 * 1024 * 1024
const ACTOR = 'system:log'
const AT_ONCE = 10

/** First line of the signed note: a C2SP checkpoint of a tree whose only leaf is the canonical JSON of the bundle. */
export const bundleOrigin = (baseUrl: string) => `${new URL(baseUrl).host}/trust-bundle`

/** First line of the note over the head of a bundle, in the same form. */
export const bundleHeadOrigin = (baseUrl: string) => `${bundleOrigin(baseUrl)}-head`

/**
 * Signs a new bundle if the log has grown, half of the last bundle's validity has passed, its key was replaced, or its file is lost.
 * Answers whether it did. After an interruption the next run makes a whole new bundle.
 */
export async function publishBundle({
  store,
  artefacts,
  signer,
  policy,
  baseUrl,
  now,
}: {
  store: CommitStore
  artefacts: CheckedStore
  signer: Signer
  policy: TrustPolicy
  baseUrl: string
  now: Date
}): Promise<boolean> {
  const head = await latestCheckpoint('registry', store)
  const catalogue = await latestCheckpoint('catalogue', store)
  const last = await store.latest<BundleEvent>(streams.logBundleFiles())
  const known = await lastBundle(store)
  const keys = await readLogKeys(store)
  const kid = keys.at(-1)?.kid
  const isRecent = known !== undefined && now.getTime() - Date.parse(known.madeAt) < RENEW_MS
  // If another key signed the last bundle, the current key signs a new one.
  const isOfToday = known !== undefined && known.size >= (head?.size ?? 0) && known.catalogue === catalogue?.size
  const isFresh = isRecent && isOfToday && known.kid === kid
  if (head === undefined || (isFresh && !(await isLost(known, artefacts)))) return false
  const entries = await entriesOf(head.size, store)
  const bundleHead: BundleHead = {
    registry: baseUrl,
    policy,
    size: head.size,
    checkpoint: head.note,
    madeAt: now.toISOString(),
    validUntil: new Date(now.getTime() + VALID_MS).toISOString(),
  }
  // Only a statement changes them, and each is in the log.
  const isSame = catalogue !== undefined && known?.catalogue === catalogue.size
  const { baseline, stated } = (isSame && (await baselineIn(known, artefacts))) || (await readBaseline(store))
  const bundle: TrustBundle = {
    ...bundleHead,
    entities: entitiesOf(entries),
    entries,
    levels: (await listBaselineFrameworks(store)).map(({ id, state, referencing, table }) => ({
      id,
      state,
      referencing,
      ...(table && { table }),
    })),
    baseline,
    ...(catalogue && { catalogue: { size: catalogue.size, checkpoint: catalogue.note, stated } }),
  }
  const text = canonicalJson(bundle)
  const by = { signer, now, keys }
  const note = await signed(text, { ...by, origin: bundleOrigin(baseUrl) })
  const headNote = await signed(canonicalJson(bundleHead), { ...by, origin: bundleHeadOrigin(baseUrl) })
  const file = `{"bundle":${text},"note":${JSON.stringify(note)},"head":${JSON.stringify(headNote)}}`
  const bytes = new TextEncoder().encode(file)
  const event: BundleEvent = {
    type: 'bundle-signed',
    size: head.size,
    ...(catalogue && { catalogue: catalogue.size }),
    madeAt: bundle.madeAt,
    bytes: bytes.length,
    artefact: await artefacts.put(names.bundle, bytes),
    ...(kid && { kid }),
  }
  const history = last === undefined ? [] : [last]
  // Recorded last, because readers follow it: by now the file is stored.
  await store.append(nextCommit(streams.logBundleFiles(), history, { events: [event], actor: ACTOR, now }))
  return true
}

/** Earlier bundles have a stream of their own, so that the code of then can be put back and reads it. */
async function lastBundle(store: CommitReader): Promise<BundleEvent | undefined> {
  const last =
    (await store.latest<BundleEvent>(streams.logBundleFiles())) ??
    (await store.latest<BundleEvent>(streams.logBundles()))
  return last?.events[0]
}

/** Whether the file is missing or differs. While its store is away this is not known, and nothing is made again. */
async function isLost({ artefact }: BundleEvent, artefacts: CheckedReader): Promise<boolean> {
  if (artefact === undefined) return false
  const answered = await unlessAway(artefacts.read(artefact).then((bytes) => ({ bytes })))
  return answered !== undefined && answered.bytes === undefined
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

/** What the last bundle says. Undefined if its file cannot be read, or if it is of before a baseline was in it. */
async function baselineIn({ artefact }: BundleEvent, artefacts: CheckedReader): Promise<BaselineInBundle | undefined> {
  const bytes = artefact && (await unlessAway(artefacts.read(artefact)))
  if (bytes === undefined) return undefined
  const { baseline, catalogue } = (JSON.parse(new TextDecoder().decode(bytes)) as { bundle: TrustBundle }).bundle
  return baseline && catalogue && { baseline, stated: catalogue.stated }
}

interface BaselineInBundle {
  baseline: readonly PublicEntry[]
  stated: readonly string[]
}

/** The commits of records that nobody has stated, and the ids of the others. */
async function readBaseline(store: CommitReader): Promise<BaselineInBundle> {
  const loaded = await store.read<BaselineEvent>(streams.baseline())
  const qualifications = loaded.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'baseline-begun' ? event.qualifications : [])),
  )
  const records = [
    ...[...new Set(qualifications)].map((id) => ({ id, stream: streams.qualification(id) })),
    ...nationalFrameworks.map(({ id }) => ({ id, stream: streams.framework(id) })),
  ]
  const baseline: PublicEntry[] = []
  const stated: string[] = []
  for (let at = 0; at < records.length; at += AT_ONCE) {
    const some = records.slice(at, at + AT_ONCE)
    const read = await Promise.all(some.map(({ stream }) => store.read<CatalogueEvent | FrameworkEvent>(stream)))
    for (const [place, commits] of read.entries()) {
      const own = baselineOnly(commits)
      if (own.length < commits.length) stated.push(some[place]?.id as string)
      else baseline.push(...own.map((commit) => JSON.parse(catalogueRecord(commit)) as PublicEntry))
    }
  }
  return { baseline, stated }
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

/** Length of the last bundle in bytes, if it is over three quarters of the limit. Operators should act before it is reached. */
export async function nearlyFullBundle(reader: CommitReader): Promise<{ bytes: number } | undefined> {
  const bytes = (await lastBundle(reader))?.bytes ?? 0
  return bytes > NEARLY_FULL ? { bytes } : undefined
}

interface BundleDeps {
  store: CommitReader
  artefacts: CheckedReader
}

/** The last bundle, byte for byte as it was signed. Throws `dependency-unavailable` while a lost file waits for the next run. */
export async function readBundle({ store, artefacts }: BundleDeps): Promise<string | undefined> {
  const known = await lastBundle(store)
  if (known === undefined) return undefined
  if (known.artefact === undefined) return readParts(known.madeAt, store)
  const bytes = await artefacts.read(known.artefact)
  if (bytes === undefined)
    throw new RegistryError('dependency-unavailable', 'The bundle is being made again. Ask again in a minute.')
  return new TextDecoder().decode(bytes)
}

interface PartEvent {
  type: 'bundle-part'
  text: string
}

async function readParts(madeAt: string, store: CommitReader): Promise<string> {
  const parts = await store.read<PartEvent>(streams.logBundle(madeAt))
  return parts.flatMap(({ events }) => events.map(({ text }) => text)).join('')
}

import { canonicalJson, isObjectOrList } from '@sijil/credentials'
import {
  appendLeaves,
  type Checkpoint,
  createVerifierKey,
  emptyFrontier,
  followLog,
  frontierRoot,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  TlogError,
} from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import { type BundleHead, bundleOrigin, type CatalogueHead, historiesOf, type TrustBundle } from '../log/bundle.ts'
import { originOf, type PublicEntry } from '../log/logs.ts'
import { isWhole, type TrustHistory } from '../trust/events.ts'

/** The tree of the log at the last bundle that was accepted. `root` in base64. */
export interface SeenTree {
  size: number
  root: string
}

/** The head of the log `catalogue`, as a bundle carries it and its registry signed it. */
export interface OpenedCatalogue extends Pick<CatalogueHead, 'size'> {
  root: Uint8Array
}

/** A bundle that a key of the registry signed and whose entries match the tree of its checkpoint. */
export interface OpenedBundle
  extends Pick<TrustBundle, 'registry' | 'policy' | 'size' | 'madeAt' | 'validUntil' | 'entries'> {
  /** The history of each entity by its id, in the order of recording. */
  histories: ReadonlyMap<string, TrustHistory>
  /** Absent if the registry signed no log of its catalogue yet. */
  catalogue?: OpenedCatalogue
  /** The records of its baseline that answer for it. */
  baseline: readonly PublicEntry[]
  tree: SeenTree
}

/**
 * Opens a bundle with the keys of the registry's log (C2SP verifier keys). Any one of them may have signed. Throws `validation-failed`
 * if none of them signed, if the entries do not match the tree of the checkpoint, or if the tree is smaller than `seen` or does not
 * extend it. It does not check the validity period: an expired bundle opens, and its user checks the period.
 */
export function openBundle(
  file: unknown,
  { keys, seen }: { keys: readonly string[]; seen?: SeenTree | undefined },
): OpenedBundle {
  return refusing(() => open(file, keys, seen))
}

/** Turns errors of what reads the file into a refusal. */
export function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RegistryError) throw error
    // TypeError: not the shape of a bundle, or of a key.
    if (!(error instanceof TlogError || error instanceof TypeError)) throw error
    // The caller must not see messages of the runtime (I48).
    const why = error instanceof TlogError ? error.message : 'it does not have the form of a bundle'
    throw new RegistryError('validation-failed', `This is not a trust bundle signed by a known key: ${why}`, {
      cause: error,
      reason: 'not-a-bundle',
    })
  }
}

/** The same depth as for every document that the registry reads. A bundle needs half of it. */
const MAX_DEPTH = 16

/** Runs before any recursive code, so that a deeply nested file is refused and cannot overflow the stack (I10). */
export function requireFlat(value: unknown, depth: number): void {
  if (!isObjectOrList(value)) return
  if (depth === MAX_DEPTH) throw refused(`it is nested more than ${MAX_DEPTH} deep. Fetch it again from its registry`)
  for (const member of Object.values(value)) requireFlat(member, depth + 1)
}

function open(file: unknown, keys: readonly string[], seen: SeenTree | undefined): OpenedBundle {
  requireFlat(file, 0)
  const { bundle, note } = file as { bundle: TrustBundle; note: string }
  const { registry, policy, size, madeAt, validUntil, entries, catalogue, baseline = [] } = bundle
  const head = openSigned(bundle, note, { keys, origin: bundleOrigin(registry) })
  const leaves = entries.map((entry) => utf8(canonicalJson(entry)))
  followLog(emptyFrontier, leaves, head)
  if (seen !== undefined) requireGrown(leaves, seen)
  return {
    registry,
    policy,
    size,
    madeAt,
    validUntil,
    entries,
    baseline,
    histories: wholeHistories(entries),
    ...(catalogue && { catalogue: openCatalogue(catalogue, { registry, keys }) }),
    tree: { size, root: Buffer.from(head.root).toString('base64') },
  }
}

/** Checks who signed a bundle, or the head of one. Answers the head of its log's tree. */
export function openSigned(
  signed: BundleHead,
  note: string,
  { keys, origin }: { keys: readonly string[]; origin: string },
): Checkpoint {
  const { registry, size, checkpoint, madeAt, validUntil } = signed
  const log = originOf(registry, 'registry')
  const logKeys = keys.map((text) => parseVerifierKey('ed25519', text))
  const stranger = logKeys.find(({ name }) => name !== log)
  if (stranger !== undefined) throw refused(`the key belongs to ${stranger.name}, and the bundle to ${log}`)
  const bundleKeys = logKeys.map(({ publicKey }) => createVerifierKey('ed25519', origin, publicKey))
  const { root } = openCheckpoint(utf8(note), { origin, keys: bundleKeys }).checkpoint
  if (!isSame(root, leafHash(utf8(canonicalJson(signed))))) throw refused('its content is not what was signed')
  if (!isMoment(madeAt) || !isMoment(validUntil)) throw refused('its moments must be RFC 3339 in UTC with milliseconds')
  const head = openCheckpoint(utf8(checkpoint), { origin: log, keys: logKeys }).checkpoint
  if (head.size !== size) throw refused('its size differs from that of its checkpoint')
  return head
}

/** The keys of the logs sign the log `catalogue` as well, each under the name of that log. */
function openCatalogue(
  { size, checkpoint, stated }: CatalogueHead,
  { registry, keys }: { registry: string; keys: readonly string[] },
): OpenedCatalogue {
  const origin = originOf(registry, 'catalogue')
  const logKeys = keys.map((text) => createVerifierKey('ed25519', origin, parseVerifierKey('ed25519', text).publicKey))
  const head = openCheckpoint(utf8(checkpoint), { origin, keys: logKeys }).checkpoint
  if (head.size !== size || !Array.isArray(stated)) throw refused('the head of its catalogue is not what was signed')
  return { size, root: head.root }
}

/** Throws unless the new tree extends the tree that was seen (I31). */
function requireGrown(leaves: readonly Uint8Array[], { size, root }: SeenTree): void {
  if (leaves.length < size) throw refused(`it has ${leaves.length} entries, and ${size} were seen before`)
  const before = frontierRoot(appendLeaves(emptyFrontier, leaves.slice(0, size).map(leafHash)))
  if (size > 0 && Buffer.from(before).toString('base64') !== root)
    throw refused('its log is not the one seen before. Keep both files as evidence')
}

/** The histories by entity. Leaves out a history with gaps, and one that contains commits of another stream. */
function wholeHistories(entries: readonly PublicEntry[]): Map<string, TrustHistory> {
  const histories = historiesOf(entries)
  for (const [id, history] of histories) {
    const isOfOne = history.every(({ stream }) => stream === `${id}/trust`)
    if (!isOfOne || !isWhole(history)) histories.delete(id)
  }
  return histories
}

/** True for the one spelling of a moment that can be compared as text: RFC 3339, UTC, with milliseconds. */
const isMoment = (text: unknown): boolean =>
  typeof text === 'string' && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text

const utf8 = (text: string) => new TextEncoder().encode(text)
const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0
export const refused = (why: string) =>
  new RegistryError('validation-failed', `The trust bundle is refused: ${why}.`, { reason: 'not-a-bundle' })

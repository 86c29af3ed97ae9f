import { isObjectOrList, issuerOfDid } from '@sijil/credentials'
import {
  appendLeaves,
  createVerifierKey,
  emptyFrontier,
  followLog,
  frontierRoot,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  TlogError,
} from '@sijil/tlog'
import { canonicalJson } from '../canonical-json.ts'
import { RegistryError } from '../errors.ts'
import { bundleOrigin, historiesOf, type TrustBundle } from '../log/bundle.ts'
import { originOf, type PublicEntry } from '../log/logs.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { isWhole, type TrustHistory } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { RemoteRegistry } from '../verification/remote-registry.ts'

/** How far the log was when a bundle was taken last; base64. */
export interface SeenTree {
  size: number
  root: string
}

/** A bundle that was signed by the registry's key, and whose entries are the tree of its checkpoint. */
export interface OpenedBundle
  extends Pick<TrustBundle, 'registry' | 'policy' | 'size' | 'madeAt' | 'validUntil' | 'entries'> {
  /** By the id of whom they are about, in the order of recording. */
  histories: ReadonlyMap<string, TrustHistory>
  tree: SeenTree
}

/**
 * Opens a bundle by the keys of the registry's log (C2SP verifier keys), any of which may have signed. Throws `validation-failed` for what they did not sign, for
 * entries that do not make the tree of its checkpoint, and for a tree that is smaller than the one seen before, or another. Whether it
 * still counts is asked when it is used: an old one is a good one that has ended.
 */
export function openBundle(
  file: unknown,
  { keys, seen }: { keys: readonly string[]; seen?: SeenTree | undefined },
): OpenedBundle {
  try {
    return open(file, keys, seen)
  } catch (error) {
    if (error instanceof RegistryError) throw error
    // TypeError: not the shape of a bundle, or of a key.
    if (!(error instanceof TlogError || error instanceof TypeError)) throw error
    // The words of the runtime are for us, not for who handed it in (I48).
    const why = error instanceof TlogError ? error.message : 'it has not the form of one'
    throw new RegistryError('validation-failed', `This is no trust bundle that a known key signed: ${why}`, {
      cause: error,
    })
  }
}

/** As deep as any document that the registry reads; a bundle needs half of it. */
const MAX_DEPTH = 16

/** Before anything walks through it by calling itself: a file of any depth is refused and overflows no stack (I10). */
function requireFlat(value: unknown, depth: number): void {
  if (!isObjectOrList(value)) return
  if (depth === MAX_DEPTH) throw refused(`it is nested more than ${MAX_DEPTH} deep. Fetch it anew from its registry`)
  for (const member of Object.values(value)) requireFlat(member, depth + 1)
}

function open(file: unknown, keys: readonly string[], seen: SeenTree | undefined): OpenedBundle {
  requireFlat(file, 0)
  const { bundle, note } = file as { bundle: TrustBundle; note: string }
  const { registry, policy, size, checkpoint, madeAt, validUntil, entries } = bundle
  const log = originOf(registry, 'registry')
  const logKeys = keys.map((text) => parseVerifierKey('ed25519', text))
  const stranger = logKeys.find(({ name }) => name !== log)
  if (stranger !== undefined) throw refused(`the key is that of ${stranger.name}, and the bundle that of ${log}`)
  const origin = bundleOrigin(registry)
  const bundleKeys = logKeys.map(({ publicKey }) => createVerifierKey('ed25519', origin, publicKey))
  const { root } = openCheckpoint(utf8(note), { origin, keys: bundleKeys }).checkpoint
  if (!isSame(root, leafHash(utf8(canonicalJson(bundle))))) throw refused('its content is not what was signed')
  if (!isMoment(madeAt) || !isMoment(validUntil)) throw refused('its moments are not written as moments are here')
  const head = openCheckpoint(utf8(checkpoint), { origin: log, keys: logKeys }).checkpoint
  if (head.size !== size) throw refused('it is not made from its checkpoint')
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
    histories: wholeHistories(entries),
    tree: { size, root: Buffer.from(head.root).toString('base64') },
  }
}

/** A log that was seen does not become smaller, nor another. */
function requireGrown(leaves: readonly Uint8Array[], { size, root }: SeenTree): void {
  if (leaves.length < size) throw refused(`it is of ${leaves.length} entries, and ${size} were seen before`)
  const before = frontierRoot(appendLeaves(emptyFrontier, leaves.slice(0, size).map(leafHash)))
  if (size > 0 && Buffer.from(before).toString('base64') !== root)
    throw refused('its log is not the one seen before: keep both files, they are the evidence')
}

/** Without those whose history is not whole, or not theirs alone. */
function wholeHistories(entries: readonly PublicEntry[]): Map<string, TrustHistory> {
  const histories = historiesOf(entries)
  for (const [id, history] of histories) {
    const isOfOne = history.every(({ stream }) => stream === `${id}/trust`)
    if (!isOfOne || !isWhole(history)) histories.delete(id)
  }
  return histories
}

/** In the one spelling that can be compared as text. */
const isMoment = (text: unknown): boolean =>
  typeof text === 'string' && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text

const utf8 = (text: string) => new TextEncoder().encode(text)
const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0
const refused = (why: string) => new RegistryError('validation-failed', `The trust bundle is refused: ${why}.`)

/** Every body in it that signs for itself; the sandbox is none. */
export const bodiesOf = ({ histories }: OpenedBundle): string[] =>
  [...histories.keys()].filter((id) => isBody(id, histories))

function isBody(id: string, histories: OpenedBundle['histories']): boolean {
  const entity = entityAt(id, histories.get(id) ?? [], EVERYTHING)
  return entity?.kind === 'body' && !entity.sandbox
}

/** What an opened bundle says to who verifies with it. `narrower`: roots that the verifier accepts, of those that the registry does. */
export function listOf(
  { registry, policy, size, madeAt, validUntil, histories }: OpenedBundle,
  narrower: Partial<TrustPolicy> = {},
  brought: Pick<RemoteRegistry, 'statusList' | 'logged'> = {},
): RemoteRegistry {
  return {
    registry,
    age: { size, madeAt, validUntil },
    keepsLog: true,
    policy: narrowed(policy, narrower),
    trust: async (id) => histories.get(id) ?? [],
    idOf(did) {
      const id = issuerOfDid(did, registry)
      return id !== undefined && isBody(id, histories) ? id : undefined
    },
    ...brought,
  }
}

function narrowed(
  policy: TrustPolicy,
  { demonstration = true, roots, refused = [] }: Partial<TrustPolicy>,
): TrustPolicy {
  const both = policy.roots && roots ? policy.roots.filter((root) => roots.includes(root)) : (roots ?? policy.roots)
  return {
    demonstration: policy.demonstration && demonstration,
    ...(both && { roots: both }),
    refused: [...(policy.refused ?? []), ...refused],
  }
}

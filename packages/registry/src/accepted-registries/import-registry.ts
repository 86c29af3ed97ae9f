import { canonicalJson, isDid, isObjectOrList } from '@sijil/credentials'
import { DAY_MS, REGISTRY_TOLERANCE_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { isLostRace } from '../lost-race.ts'
import { type Commit, type CommitStore, nextCommit, ownerOf, pagesOf, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import type { TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { requireMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { hostOf, requireList } from './accepted-lists.ts'
import { type DidListed, headOf, idOfListed, type RegistryImported } from './copied-lists.ts'
import { type OpenedBundle, openBundle } from './open-bundle.ts'

const ACTOR = 'system:list'
const PAGE = 200
/** Seven days in milliseconds. Our own bundles are valid for a day. With a longer life, a withdrawal would take too long to arrive. */
const MAX_LIFE_MS = 7 * DAY_MS

/**
 * Copies a newer bundle of a registry whose list was accepted. Its entries become streams here, commit by commit, as they were recorded
 * there. Any officer of the authority may submit it, because the other registry signed its content. If it stops at a write, the same
 * bundle or a later one finishes the work. Throws `not-found` if the list was not accepted, `conflict` if the list is suspended.
 */
export async function importRegistry(
  request: { authority: string; subject: string; file: unknown },
  { store, now }: { store: CommitStore; now: Date },
): Promise<{ registry: string; size: number; madeAt: string; validUntil: string; added: number }> {
  const { authority, subject, file } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: store })
  const entity = entityAt(authority, await trustOf(store)(authority), EVERYTHING)
  const { registry, keys, keysSince, suspendedAt } = requireList(entity, registryOf(file))
  if (suspendedAt !== undefined)
    throw new RegistryError('conflict', 'this list is suspended: two officers must accept it again first')
  const before = await headOf(registry, store)
  const bundle = openBundle(file, { keys, seen: before })
  if (bundle.registry !== registry) throw new RegistryError('not-found', 'no such list')
  requirePlausible(bundle, now)
  // If the keys have changed since the last copy, the same bundle must be copied again.
  if (before !== undefined && before.takenAt >= keysSince && bundle.madeAt <= before.madeAt) {
    const { size, madeAt, validUntil } = before
    return { registry, size, madeAt, validUntil, added: 0 }
  }
  const copied = before?.size ?? 0
  await indexNames(bundle.entries.slice(0, copied), registry, store)
  for (const entry of bundle.entries.slice(copied)) await copy(entry, registry, store)
  const { tree, madeAt, validUntil, policy } = bundle
  const taken: RegistryImported = { type: 'list-taken', ...tree, madeAt, validUntil, policy }
  const stream = streams.remoteHead(hostOf(registry))
  const last = await store.latest<RegistryImported>(stream)
  const head = last && last.recordedAt >= keysSince ? last.events[0] : undefined
  // A newer bundle was copied in the meantime. The head must never go back (I31).
  if (head !== undefined && head.madeAt >= madeAt)
    return { registry, size: head.size, madeAt: head.madeAt, validUntil: head.validUntil, added: 0 }
  await store.append(nextCommit(stream, last ? [last] : [], { events: [taken], actor: ACTOR, now }))
  return { registry, size: tree.size, madeAt, validUntil, added: tree.size - (before?.size ?? 0) }
}

function requirePlausible({ madeAt, validUntil }: OpenedBundle, now: Date): void {
  if (Date.parse(madeAt) > now.getTime() + REGISTRY_TOLERANCE_MS)
    throw new RegistryError(
      'validation-failed',
      'This bundle was made in the future. The clock of that registry or of this one is wrong.',
    )
  if (!(Date.parse(validUntil) - Date.parse(madeAt) <= MAX_LIFE_MS))
    throw new RegistryError(
      'validation-failed',
      'This bundle is valid for longer than a week. Ask its registry for one that is valid for a week at most.',
    )
}

/** The registry that the file names. It is used only to look up the keys. Nothing in the file is trusted before they verify it. */
function registryOf(file: unknown): string {
  const bundle = isObjectOrList(file) ? file.bundle : undefined
  const registry = isObjectOrList(bundle) ? bundle.registry : undefined
  return typeof registry === 'string' ? registry : ''
}

/**
 * Copies one commit with its number, both moments and the authority that it names. A commit that an interrupted run wrote stays, and
 * must be the same.
 */
async function copy(entry: OpenedBundle['entries'][number], registry: string, store: CommitStore): Promise<void> {
  const id = ownerOf(entry.stream)
  if (entry.stream !== `${id}/trust`)
    throw new RegistryError('validation-failed', 'Its log holds an entry that is not in the trust stream of an entity.')
  const { number, effectiveAt, recordedAt, by } = entry
  const events = entry.events as TrustEvent[]
  const stream = streams.remoteTrust(hostOf(registry), id)
  // The DID is written first, so that every listed body can be found by its DID.
  for (const event of events)
    if (event.type === 'body-registered' && event.elsewhere && isDid(event.did))
      await appendOnce<DidListed>(
        {
          stream: streams.remoteDid(hostOf(registry), event.did),
          number: 0,
          events: [{ type: 'did-listed', id }],
          actor: ACTOR,
          effectiveAt,
          recordedAt,
        },
        store,
      )
  const commit: Commit<TrustEvent> = {
    stream,
    number,
    events,
    actor: ACTOR,
    effectiveAt,
    recordedAt,
    ...(by && { by }),
    // The index lets its names be compared with names that are registered here.
    ...(events.some((event) => 'identity' in event) && { index: `LISTED#${hostOf(registry)}` as const }),
  }
  if (await appendOnce(commit, store)) return
  // Two signed logs differ in this commit, or one log holds it twice. This registry cannot tell which of them is true.
  const there = (await store.read<TrustEvent>(stream)).find((other) => other.number === number)
  if (there === undefined || comparableText(there) !== comparableText(commit))
    throw new RegistryError(
      'validation-failed',
      'Its log differs from what was copied before. Keep the file as evidence.',
    )
}

/**
 * Puts names into the index that were copied before there was one: a commit stays as it was written, so each gets another beside it.
 * Their streams decide, so an entry that a lagging index shows too late is indexed twice without harm.
 */
async function indexNames(copied: OpenedBundle['entries'], registry: string, store: CommitStore): Promise<void> {
  if (copied.length === 0) return
  const host = hostOf(registry)
  const index = `LISTED#${host}` as const
  const indexed = new Set<string>()
  for await (const commits of pagesOf(store, index, { limit: PAGE, newestFirst: false }))
    for (const { stream } of commits) indexed.add(idOfListed(host, stream))
  for (const { stream, events, effectiveAt, recordedAt } of copied) {
    const id = ownerOf(stream)
    const named = (events as TrustEvent[]).filter((event) => 'identity' in event)
    if (named.length === 0 || indexed.has(id)) continue
    const beside = streams.remoteNames(host, id)
    await appendOnce({ stream: beside, number: 0, events: named, actor: ACTOR, effectiveAt, recordedAt, index }, store)
  }
}

const comparableText = ({ events, effectiveAt, recordedAt, by }: Commit<TrustEvent>) =>
  canonicalJson({ events, effectiveAt, recordedAt, by })

/** True if the commit was written now, false if one with its number existed. */
async function appendOnce<E>(commit: Commit<E>, store: CommitStore): Promise<boolean> {
  try {
    await store.append(commit)
    return true
  } catch (error) {
    if (!isLostRace(error)) throw error
    return false
  }
}

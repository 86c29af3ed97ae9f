import { isDid, isObjectOrList } from '@sijil/credentials'
import { canonicalJson } from '../canonical-json.ts'
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
/** Ours live for a day; whoever lets a list live for years could withdraw nothing. */
const MAX_LIFE_MS = 7 * DAY_MS

/**
 * Takes over a newer bundle of a registry whose list was accepted: its entries become streams here, commit by commit, as they were
 * recorded there. Any officer of the authority may hand it in, for what it says was signed elsewhere. Stopped at any
 * write, it is finished by the same bundle or a later one. Throws `not-found` where nobody accepted the list.
 */
export async function importRegistry(
  request: { authority: string; subject: string; file: unknown },
  { store, now }: { store: CommitStore; now: Date },
): Promise<{ registry: string; size: number; madeAt: string; validUntil: string; added: number }> {
  const { authority, subject, file } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: store })
  const entity = entityAt(authority, await trustOf(store)(authority), EVERYTHING)
  const { registry, keys, keysSince, suspendedAt } = requireList(entity, registryOf(file))
  if (suspendedAt !== undefined) throw new RegistryError('conflict', 'this list is suspended: accept it again first')
  const before = await headOf(registry, store)
  const bundle = openBundle(file, { keys, seen: before })
  if (bundle.registry !== registry) throw new RegistryError('not-found', 'no such list')
  requirePlausible(bundle, now)
  // Of keys that count no more it has to be taken anew, also where it is the same.
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
  // Somebody handed in a newer one meanwhile: what was seen never becomes older again (I31).
  if (head !== undefined && head.madeAt >= madeAt)
    return { registry, size: head.size, madeAt: head.madeAt, validUntil: head.validUntil, added: 0 }
  await store.append(nextCommit(stream, last ? [last] : [], { events: [taken], actor: ACTOR, now }))
  return { registry, size: tree.size, madeAt, validUntil, added: tree.size - (before?.size ?? 0) }
}

function requirePlausible({ madeAt, validUntil }: OpenedBundle, now: Date): void {
  if (Date.parse(madeAt) > now.getTime() + REGISTRY_TOLERANCE_MS)
    throw new RegistryError('validation-failed', 'This bundle is of a time to come: a clock is wrong, there or here.')
  if (!(Date.parse(validUntil) - Date.parse(madeAt) <= MAX_LIFE_MS))
    throw new RegistryError('validation-failed', 'This bundle claims to count for longer than a week.')
}

/** Whose it says it is, so that the keys can be looked up; nothing is believed of it before they are. */
function registryOf(file: unknown): string {
  const bundle = isObjectOrList(file) ? file.bundle : undefined
  const registry = isObjectOrList(bundle) ? bundle.registry : undefined
  return typeof registry === 'string' ? registry : ''
}

/** As it was recorded there: its number, both its moments, and in whose name. What an interrupted run wrote stays. */
async function copy(entry: OpenedBundle['entries'][number], registry: string, store: CommitStore): Promise<void> {
  const id = ownerOf(entry.stream)
  if (entry.stream !== `${id}/trust`)
    throw new RegistryError('validation-failed', 'Its log tells of what is no trust of anybody.')
  const { number, effectiveAt, recordedAt, by } = entry
  const events = entry.events as TrustEvent[]
  const stream = streams.remoteTrust(hostOf(registry), id)
  // First, so that nobody is listed whom his DID does not find.
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
    // So that its names can be compared with those that are registered here.
    ...(events.some((event) => 'identity' in event) && { index: `LISTED#${hostOf(registry)}` as const }),
  }
  if (await appendOnce(commit, store)) return
  // Two logs that differ in it were signed, or one tells of it twice: which of them is true nobody here can say.
  const there = (await store.read<TrustEvent>(stream)).find((other) => other.number === number)
  if (there === undefined || comparableText(there) !== comparableText(commit))
    throw new RegistryError('validation-failed', 'Its log tells what was taken over in another way: keep the file.')
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

/** Answers whether it was written now. */
async function appendOnce<E>(commit: Commit<E>, store: CommitStore): Promise<boolean> {
  try {
    await store.append(commit)
    return true
  } catch (error) {
    if (!isLostRace(error)) throw error
    return false
  }
}

import { isObjectOrList } from '@sijil/credentials'
import { appendLeaves, emptyFrontier, type Frontier, frontierRoot } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import { type CommitStore, ownerOf, pagesOf, streams } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { hostOf } from './accepted-lists.ts'
import { headOf, idOfListed } from './copied-lists.ts'
import { appendOnce, copiedFrontier, copyEntries, isAnotherLog, leafOf, requireCopyable } from './copy-entries.ts'
import { importSlice } from './import-slice.ts'
import { type ImportedRegistry, recordHead, requireCounting, requirePlausible } from './list-import.ts'
import { type OpenedBundle, openBundle } from './open-bundle.ts'

const ACTOR = 'system:list'
const PAGE = 200

/**
 * Copies a newer bundle of a registry whose list was accepted, or a slice of one. Its entries become streams here, commit by commit, as
 * they were recorded there. Any officer of the authority may submit it, because the other registry signed its content. Everything is
 * checked before the first write. If it stops at a write, the same bundle or a later one continues there. Throws `not-found` if the
 * list was not accepted, `conflict` if the list is suspended.
 */
export async function importRegistry(
  request: { authority: string; subject: string; file: unknown },
  { store, now }: { store: CommitStore; now: Date },
): Promise<ImportedRegistry> {
  const { file } = request
  if (isObjectOrList(file) && 'slice' in file)
    return importSlice({ ...request, file: { slice: file.slice } }, { store, now })
  const { registry, keys, keysSince } = await requireCounting(request, registryOf(file), store)
  const before = await headOf(registry, store)
  const bundle = openBundle(file, { keys, seen: before })
  if (bundle.registry !== registry)
    throw new RegistryError('not-found', 'no such list', { reason: 'list-not-accepted' })
  requirePlausible(bundle, now)
  // If the keys have changed since the last copy, the same bundle must be copied again.
  if (before !== undefined && before.takenAt >= keysSince && bundle.madeAt <= before.madeAt) {
    const { size, madeAt, validUntil } = before
    return { registry, size, madeAt, validUntil, added: 0 }
  }
  const done = before?.size ?? 0
  const start = await continued(bundle.entries, done, registry, store)
  requireCopyable(bundle.entries)
  await indexNames(bundle.entries.slice(0, done), registry, store)
  await copyEntries(bundle.entries.slice(start.size), start, registry, { store, now })
  return recordHead(bundle, { registry, keysSince, before }, { store, now })
}

/** Where the copy goes on: after the last complete copy, or further if a copy was stopped since. */
async function continued(
  entries: OpenedBundle['entries'],
  done: number,
  registry: string,
  store: CommitStore,
): Promise<Frontier> {
  const copied = await copiedFrontier(registry, store)
  // If the copy of a later bundle was stopped further on, this one is compared commit by commit.
  const size = copied.size > entries.length ? done : Math.max(done, copied.size)
  const start = appendLeaves(emptyFrontier, entries.slice(0, size).map(leafOf))
  if (copied.size === size && !isSameTree(start, copied)) throw isAnotherLog()
  return start
}

const isSameTree = (one: Frontier, other: Frontier): boolean =>
  one.size === other.size && Buffer.compare(frontierRoot(one), frontierRoot(other)) === 0

/** The registry that the file names. It is used only to look up the keys. Nothing in the file is trusted before they verify it. */
function registryOf(file: unknown): string {
  const bundle = isObjectOrList(file) ? file.bundle : undefined
  const registry = isObjectOrList(bundle) ? bundle.registry : undefined
  return typeof registry === 'string' ? registry : ''
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

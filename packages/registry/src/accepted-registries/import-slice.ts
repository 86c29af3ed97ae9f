import { isObjectOrList } from '@sijil/credentials'
import { appendLeaves, type Frontier, frontierRoot } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import type { PublicEntry } from '../log/logs.ts'
import type { CommitStore } from '../stream.ts'
import { openSlice } from './bundle-slice.ts'
import { headOf, type ListHead } from './copied-lists.ts'
import { copiedFrontier, copyEntries, isAnotherLog, leafOf } from './copy-entries.ts'
import { type ImportedRegistry, recordHead, requireCounting, requirePlausible } from './list-import.ts'

/** How far a list was copied. It counts once `copied` is `size`. */
export interface ImportedSlice extends ImportedRegistry {
  /** The entries that were copied so far. The next slice starts there. */
  copied: number
}

/**
 * Copies the next entries of a list that is too long for one request. Each slice is proved to belong to the signed log before its first
 * entry is written, and nothing of the list counts before the last one. Answers where the next slice starts. A slice of other entries
 * changes nothing, so a sender that was stopped asks with any slice. Throws as `importRegistry`.
 */
export async function importSlice(
  request: { authority: string; subject: string; file: { slice: unknown } },
  { store, now }: { store: CommitStore; now: Date },
): Promise<ImportedSlice> {
  const { slice: given } = request.file
  const { registry, keys, keysSince } = await requireCounting(request, registryOf(given), store)
  const before = await headOf(registry, store)
  const copied = await copiedFrontier(registry, store)
  const { head, entries, tree, isNext } = openSlice(given, { keys, before: copied })
  requirePlausible(head, now)
  const { madeAt, validUntil, policy } = head
  if (before !== undefined && before.takenAt >= keysSince && madeAt <= before.madeAt)
    return {
      registry,
      size: before.size,
      madeAt: before.madeAt,
      validUntil: before.validUntil,
      added: 0,
      copied: before.size,
    }
  if (copied.size > tree.size)
    throw new RegistryError(
      'validation-failed',
      'A part of a later bundle of this registry is here already. Fetch its newest bundle and hand that in.',
    )
  const answer = { registry, size: tree.size, madeAt, validUntil }
  if (!isNext) return { ...answer, added: 0, copied: copied.size }
  if (before !== undefined) requireGrownFrom(before, copied, entries)
  await copyEntries(entries, copied, registry, { store, now })
  const reached = copied.size + entries.length
  if (reached < tree.size) return { ...answer, added: entries.length, copied: reached }
  const recorded = await recordHead(
    { tree, madeAt, validUntil, policy },
    { registry, keysSince, before },
    { store, now },
  )
  return { ...recorded, copied: reached }
}

/** The registry that the slice names. It is used only to look up the keys. */
function registryOf(slice: unknown): string {
  const head = isObjectOrList(slice) ? slice.head : undefined
  const registry = isObjectOrList(head) ? head.registry : undefined
  return typeof registry === 'string' ? registry : ''
}

/** Throws if the log leaves the tree of the last complete copy (I31). Slices that pass it were checked when they passed it. */
function requireGrownFrom({ size, root }: ListHead, copied: Frontier, entries: readonly PublicEntry[]): void {
  if (size < copied.size || size > copied.size + entries.length) return
  const there = appendLeaves(copied, entries.slice(0, size - copied.size).map(leafOf))
  if (Buffer.from(frontierRoot(there)).toString('base64') !== root) throw isAnotherLog()
}

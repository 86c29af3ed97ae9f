import { DAY_MS, REGISTRY_TOLERANCE_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { type AcceptedList, EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { requireMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { hostOf, requireList } from './accepted-lists.ts'
import type { ListHead, RegistryImported } from './copied-lists.ts'
import type { OpenedBundle } from './open-bundle.ts'

/** Seven days in milliseconds. Our own bundles are valid for a day. With a longer life, a withdrawal would take too long to arrive. */
const MAX_LIFE_MS = 7 * DAY_MS

export interface ImportedRegistry {
  registry: string
  size: number
  madeAt: string
  validUntil: string
  added: number
}

/** The list that this authority accepted. Throws `not-found`, or `conflict` if it is suspended, unless an officer of the authority asks. */
export async function requireCounting(
  { authority, subject }: { authority: string; subject: string },
  registry: string,
  store: CommitStore,
): Promise<AcceptedList> {
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: store })
  const entity = entityAt(authority, await trustOf(store)(authority), EVERYTHING)
  const list = requireList(entity, registry)
  if (list.suspendedAt !== undefined)
    throw new RegistryError('conflict', 'this list is suspended: two officers must accept it again first', {
      reason: 'list-suspended',
    })
  return list
}

export function requirePlausible({ madeAt, validUntil }: Pick<OpenedBundle, 'madeAt' | 'validUntil'>, now: Date): void {
  if (Date.parse(madeAt) > now.getTime() + REGISTRY_TOLERANCE_MS)
    throw new RegistryError(
      'validation-failed',
      'This bundle was made in the future. The clock of that registry or of this one is wrong.',
      { reason: 'not-a-bundle' },
    )
  if (!(Date.parse(validUntil) - Date.parse(madeAt) <= MAX_LIFE_MS))
    throw new RegistryError(
      'validation-failed',
      'This bundle is valid for longer than a week. Ask its registry for one that is valid for a week at most.',
      { reason: 'not-a-bundle' },
    )
}

/** Written last: from here on the list counts with everything that was copied. */
export async function recordHead(
  { tree, madeAt, validUntil, policy }: Pick<OpenedBundle, 'tree' | 'madeAt' | 'validUntil' | 'policy'>,
  { registry, keysSince, before }: { registry: string; keysSince: string; before: ListHead | undefined },
  { store, now }: { store: CommitStore; now: Date },
): Promise<ImportedRegistry> {
  const taken: RegistryImported = { type: 'list-taken', ...tree, madeAt, validUntil, policy }
  const stream = streams.remoteHead(hostOf(registry))
  const last = await store.latest<RegistryImported>(stream)
  const head = last && last.recordedAt >= keysSince ? last.events[0] : undefined
  // A newer bundle was copied in the meantime. The head must never go back (I31).
  if (head !== undefined && head.madeAt >= madeAt)
    return { registry, size: head.size, madeAt: head.madeAt, validUntil: head.validUntil, added: 0 }
  await store.append(nextCommit(stream, last ? [last] : [], { events: [taken], actor: 'system:list', now }))
  return { registry, size: tree.size, madeAt, validUntil, added: tree.size - (before?.size ?? 0) }
}

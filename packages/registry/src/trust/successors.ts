import type { CommitReader } from '../stream.ts'
import { EVERYTHING, successorOn } from './entity.ts'
import { trustOf } from './reader.ts'
import { type Place, walkGrants } from './walk-grants.ts'

/** The last one in the line of successors, or `id` itself if nobody has succeeded it by now. Undefined for one that is not registered. */
export function lastSuccessor(
  id: string,
  { store, now }: { store: CommitReader; now: Date },
): Promise<string | undefined> {
  return walkGrants<Place, string | undefined>(
    { id },
    {
      trust: trustOf(store),
      recorded: EVERYTHING,
      async answer(entity, _, follow) {
        const successor = successorOn(entity, now.toISOString())
        return successor === undefined ? entity.id : follow({ id: successor.id })
      },
      nowhere: undefined,
    },
  )
}

/** True if `id` is by now the successor of `former`, directly or through other successors. */
export function isSuccessor(
  id: string,
  former: string,
  { store, now }: { store: CommitReader; now: Date },
): Promise<boolean> {
  return walkGrants<Place, boolean>(
    { id: former },
    {
      trust: trustOf(store),
      recorded: EVERYTHING,
      async answer(entity, _, follow) {
        const successor = successorOn(entity, now.toISOString())
        return successor !== undefined && (successor.id === id || (await follow({ id: successor.id })))
      },
      nowhere: false,
    },
  )
}

/** True if `id` is a successor of any of `formers`. */
export async function isSuccessorOfAny(
  id: string,
  formers: readonly string[],
  deps: { store: CommitReader; now: Date },
): Promise<boolean> {
  for (const former of formers) if (await isSuccessor(id, former, deps)) return true
  return false
}

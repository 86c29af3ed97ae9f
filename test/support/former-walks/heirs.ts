import type { CommitReader } from '../../../packages/registry/src/stream.ts'
import { EVERYTHING } from '../../../packages/registry/src/trust/entity.ts'
import { entityAt } from '../../../packages/registry/src/trust/fold.ts'
import { trustOf } from '../../../packages/registry/src/trust/reader.ts'

/** As long as any chain of ours; a circle of successions ends. */
const MOST_STEPS = 5

/** It has taken the place of `former` by now, or of who did, and so on. */
async function isSuccessor(
  id: string,
  former: string,
  { store, now }: { store: CommitReader; now: Date },
): Promise<boolean> {
  let current = former
  for (let step = 0; step < MOST_STEPS; step++) {
    const successor = entityAt(current, await trustOf(store)(current), EVERYTHING)?.successor
    if (successor === undefined || successor.from > now.toISOString()) return false
    if (successor.id === id) return true
    current = successor.id
  }
  return false
}

/** Any of these. */
export async function isSuccessorOfAny(
  id: string,
  formers: readonly string[],
  deps: { store: CommitReader; now: Date },
): Promise<boolean> {
  for (const former of formers) if (await isSuccessor(id, former, deps)) return true
  return false
}

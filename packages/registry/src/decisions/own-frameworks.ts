import { type FrameworkHistory, frameworkAt } from '../catalogue/framework-at.ts'
import { ownerOfRecord } from '../catalogue/owner.ts'
import { listFrameworkHistories } from '../catalogue/reader.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { isSuccessor } from '../trust/successors.ts'
import type { DecideReader } from './decide-deps.ts'

/** True for the owner of the framework, and for one whose successor it is. Such an authority states what the framework is. */
export async function isOwnFramework(
  { id, commits }: FrameworkHistory,
  authority: string,
  deps: Pick<DecideReader, 'store' | 'now'>,
): Promise<boolean> {
  const named = ownerOfRecord(id, commits)
  return named !== undefined && (named === authority || (await isSuccessor(authority, named, deps)))
}

/** Every framework that this authority states, also one that counts from a later day on. Eventually consistent. */
export async function listOwnFrameworks(
  authority: string,
  deps: Pick<DecideReader, 'store' | 'now'>,
): Promise<readonly FrameworkHistory[]> {
  const own: FrameworkHistory[] = []
  for (const history of await listFrameworkHistories(deps.store)) {
    const isStated = frameworkAt(history, { effective: EVERYTHING, recorded: EVERYTHING }) !== undefined
    if (isStated && (await isOwnFramework(history, authority, deps))) own.push(history)
  }
  return own
}

import type { FrameworkHistory } from '../catalogue/framework-at.ts'
import { ownerOfRecord } from '../catalogue/owner.ts'
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

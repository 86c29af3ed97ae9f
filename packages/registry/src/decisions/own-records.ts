import type { CatalogueCommits, FrameworkCommits } from '../catalogue/events.ts'
import { EVER, type FrameworkHistory, frameworkAt } from '../catalogue/framework-at.ts'
import { ownerOfRecord } from '../catalogue/owner.ts'
import { listFrameworkHistories } from '../catalogue/reader.ts'
import { isSuccessor } from '../trust/successors.ts'
import type { DecideReader } from './decide-deps.ts'

type OwnerDeps = Pick<DecideReader, 'store' | 'now'>

/** True for the owner of a record, and for one whose successor it is. Such a body or authority states what the record says. */
export const actsForOwner = async (id: string, owner: string | undefined, deps: OwnerDeps): Promise<boolean> =>
  owner !== undefined && (owner === id || (await isSuccessor(id, owner, deps)))

/** The same for a qualification or a framework. */
export const isOwnRecord = (
  record: { id: string; commits: CatalogueCommits | FrameworkCommits },
  id: string,
  deps: OwnerDeps,
): Promise<boolean> => actsForOwner(id, ownerOfRecord(record.id, record.commits), deps)

/** Every framework that this authority states, also one that counts from a later day on. Eventually consistent. */
export async function listOwnFrameworks(authority: string, deps: OwnerDeps): Promise<readonly FrameworkHistory[]> {
  const own: FrameworkHistory[] = []
  for (const history of await listFrameworkHistories(deps.store)) {
    const isStated = frameworkAt(history, EVER) !== undefined
    if (isStated && (await isOwnRecord(history, authority, deps))) own.push(history)
  }
  return own
}

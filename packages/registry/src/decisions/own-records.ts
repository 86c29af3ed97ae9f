import type { CatalogueCommits, FrameworkCommits } from '../catalogue/events.ts'
import { EVER, type FrameworkHistory, frameworkAt } from '../catalogue/framework-at.ts'
import { ownerOfRecord } from '../catalogue/owner.ts'
import { listFrameworkHistories } from '../catalogue/reader.ts'
import { RegistryError } from '../errors.ts'
import { lastSuccessor } from '../trust/successors.ts'
import type { DecideReader } from './decide-deps.ts'

type OwnerDeps = Pick<DecideReader, 'store' | 'now'>

/**
 * True for the one that states what the records of this owner say now: the owner, or after a succession its last successor. One that was
 * succeeded states nothing more.
 */
export const actsForOwner = async (id: string, owner: string | undefined, deps: OwnerDeps): Promise<boolean> =>
  owner !== undefined && (await lastSuccessor(owner, deps)) === id

/** The same for a qualification or a framework. It is asked again when a proposal is approved, because the owner may have changed. */
export const isOwnRecord = (
  record: { id: string; commits: CatalogueCommits | FrameworkCommits },
  id: string,
  deps: OwnerDeps,
): Promise<boolean> => actsForOwner(id, ownerOfRecord(record.id, record.commits, deps.now.toISOString()), deps)

/** Throws `conflict` if anything about the record was recorded after the proposal. No approval covers what nobody was shown (Q009). */
export function requireAsProposed({ length }: readonly unknown[], version: number | undefined): void {
  if (version !== undefined && version !== length)
    throw new RegistryError(
      'conflict',
      'this record was restated after this was proposed: look at it, and propose again',
      { reason: 'stated-meanwhile' },
    )
}

/** Every framework that this authority states, also one that counts from a later day on. Eventually consistent. */
export async function listOwnFrameworks(authority: string, deps: OwnerDeps): Promise<readonly FrameworkHistory[]> {
  const own: FrameworkHistory[] = []
  for (const history of await listFrameworkHistories(deps.store)) {
    const isStated = frameworkAt(history, EVER) !== undefined
    if (isStated && (await isOwnRecord(history, authority, deps))) own.push(history)
  }
  return own
}

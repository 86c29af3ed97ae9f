import { isOwnerId } from '../stream.ts'
import type { CatalogueCommits, FrameworkCommits } from './events.ts'

/** The part of an id after the owner. */
const LOCAL = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/

/** The owner that the id of a record names, `{owner}.{local}`. Undefined: an id of the baseline, whose owner is recorded. */
export function findOwner(id: string): string | undefined {
  const [owner = '', local, ...rest] = id.split('.')
  return local !== undefined && rest.length === 0 && isOwnerId(owner) && LOCAL.test(local) ? owner : undefined
}

/**
 * The owner of a record at a moment: the one that its id names, or the one to which the root of its state assigned it. An assignment
 * counts from its own day on. Of several that count, the one that was recorded last takes the place of the earlier ones.
 */
export function ownerOfRecord(
  id: string,
  commits: CatalogueCommits | FrameworkCommits,
  moment: string,
): string | undefined {
  const assigned = commits.flatMap(({ events, effectiveAt }) =>
    effectiveAt > moment ? [] : events.flatMap((event) => (event.type === 'assigned' ? event.owner : [])),
  )
  return findOwner(id) ?? assigned.at(-1)
}

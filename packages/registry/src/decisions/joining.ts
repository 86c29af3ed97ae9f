import { catalogueOfAll } from '../accepted-registries/catalogue-of-all.ts'
import { RegistryError } from '../errors.ts'
import { EVERYTHING, type Grant } from '../trust/entity.ts'
import { type GrantTerms, groundsOf } from '../trust/events.ts'
import { isJoined, termsAt } from '../trust/grant.ts'
import { trustOf } from '../trust/reader.ts'
import { type Change, decide } from './accredit.ts'
import type { DecideDeps } from './decide-deps.ts'
import { requireHeld } from './holding.ts'

/**
 * The second of two grantors joins the decisions that wait for it. They count from then on. It can join only a scope that it holds
 * itself. `joins` names the decisions that waited at the proposal (`awaitedSince`). Throws `conflict` if none waits, or if others have
 * been added since, because its officers have not seen them.
 */
export async function joinAccreditation(
  request: Change & { joins?: readonly string[] },
  deps: DecideDeps,
): Promise<void> {
  const { grant, by, effectiveAt, joins } = request
  await decide(request, { type: 'accreditation-joined', grant, by, ...groundsOf(request) }, deps, async (grantee) => {
    const found = grantee.grants.find(({ id }) => id === grant)
    if (found === undefined || !found.grantors.includes(by))
      throw new RegistryError('not-found', 'no such accreditation')
    const open = awaitedOf(found, by)
    if (open.length === 0)
      throw new RegistryError('conflict', 'no decision about this accreditation waits for this grantor')
    if (joins !== undefined && joins.join() !== awaitedSince(found, by).join())
      throw new RegistryError(
        'conflict',
        'this accreditation was changed after this was proposed: look at it, and propose again',
      )
    for (const { scope, until } of open)
      await requireHeld(
        by,
        grantee,
        { right: found.right, scope, effectiveAt, ...(until && { until }) },
        { trust: trustOf(deps.store), catalogue: catalogueOfAll(deps), policy: deps.policy },
      )
  })
}

/** The terms of each decision that still waits for a grantor, oldest first. */
export function awaitedOf(grant: Grant, by: string): GrantTerms[] {
  const current = termsAt(grant, EVERYTHING)
  return awaiters(grant, by).map((decision) => ('scope' in decision ? decision : current))
}

/** When each waiting decision was recorded. It identifies the decision: no two commits of a stream share a moment. */
export const awaitedSince = (grant: Grant, by: string): string[] =>
  awaiters(grant, by).map(({ recordedAt }) => recordedAt)

const awaiters = (grant: Grant, by: string) =>
  [grant, ...grant.changes].filter((decision) => {
    const awaits = 'awaits' in decision ? decision.awaits : undefined
    return awaits?.includes(by) && !isJoined({ ...decision, awaits: [by] }, grant, EVERYTHING)
  })

import type { DecideDeps } from '../../../packages/registry/src/decisions/decide-deps.ts'
import { type Entity, EVERYTHING, type Grant } from '../../../packages/registry/src/trust/entity.ts'
import { entityAt } from '../../../packages/registry/src/trust/fold.ts'
import { isJoined } from '../../../packages/registry/src/trust/grant.ts'
import { isRoot, isWholeRoot } from '../../../packages/registry/src/trust/policy.ts'
import { trustOf } from '../../../packages/registry/src/trust/reader.ts'
import { isSuccessorOfAny } from './heirs.ts'
import { vouchedFor } from './in-force.ts'
import { MAX_CHAIN_LENGTH } from './standing.ts'

/** A root that is accepted here, or who holds some right now: nobody else decides anything. */
const isVouchedFor = async (entity: Entity, { store, policy, now }: DecideDeps): Promise<boolean> =>
  (await vouchedFor(entity, { trust: trustOf(store), policy, effective: now.toISOString() })) !== undefined

/** Whoever registered it, whoever is above that one, or who took the place of either; of what the law established, a root of its state. */
export async function oversees(authority: string, id: string, deps: DecideDeps): Promise<boolean> {
  if (authority === id) return false
  const [over, under] = await Promise.all([entityOf(authority, deps), entityOf(id, deps)])
  if (over === undefined || under === undefined || !(await isVouchedFor(over, deps))) return false
  let reached: Entity[] = [under]
  for (let depth = 0; depth < MAX_CHAIN_LENGTH && reached.length > 0; depth++) {
    if (reached.some((entity) => isRootAboveLaw(over, entity, deps))) return true
    const ids = [...new Set(reached.flatMap(overseersOf))]
    if (ids.includes(authority) || (await isSuccessorOfAny(authority, ids, deps))) return true
    const above = await Promise.all(ids.map((one) => entityOf(one, deps)))
    reached = above.filter((entity) => entity !== undefined)
  }
  return false
}

/** A root of a whole state is above whom its law established, and above no other root. */
const isRootAboveLaw = (over: Entity, entity: Entity, { policy }: Pick<DecideDeps, 'policy'>): boolean =>
  isByLaw(entity) &&
  !isRoot(entity, policy) &&
  isWholeRoot(over, policy) &&
  over.identity.state === entity.identity.state

/**
 * Who registered it; of what the operator registered, who granted its first right that is one. No later grant counts: or whoever may
 * grant anything would take over whom it likes.
 */
function overseersOf(entity: Entity): readonly string[] {
  if (entity.under !== undefined) return [entity.under]
  const first = entity.grants.find(
    ({ scope: { qualifications, places } }) => !isEmpty(qualifications) && !isEmpty(places),
  )
  return first?.grantors.filter((grantor) => !awaits(grantor, first)) ?? []
}

const isEmpty = (named: unknown): boolean => Array.isArray(named) && named.length === 0

const awaits = (grantor: string, grant: Grant): boolean =>
  grant.awaits?.includes(grantor) === true && !isJoined({ ...grant, awaits: [grantor] }, grant, EVERYTHING)

const isByLaw = (entity: Entity): boolean => entity.grants.some(({ grantors }) => grantors.length === 0)

const entityOf = async (id: string, { store }: DecideDeps) => entityAt(id, await trustOf(store)(id), EVERYTHING)

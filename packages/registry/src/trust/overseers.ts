import { RegistryError } from '../errors.ts'
import type { Deciding } from './accredit.ts'
import { type Entity, EVERYTHING, entityAt, isHeir } from './entity.ts'
import { isJoined } from './grant.ts'
import { vouchedFor } from './in-force.ts'
import { isRoot, speaksFor } from './policy.ts'
import { trustOf } from './reader.ts'
import { LONGEST_CHAIN } from './standing.ts'

/** Over members and succession: of itself, and of those below it. To anybody else they do not exist. */
export async function requireOversight(authority: string, id: string, needs: Deciding): Promise<void> {
  if (authority !== id && !(await oversees(authority, id, needs))) throw notBelow()
}

/** Over keys. A body is not its own overseer there, unless the law made it its own root: or it would undo what was suspended. */
export async function requireKeyOversight(authority: string, id: string, needs: Deciding): Promise<void> {
  const isOwn = authority === id && isByLaw(await entityOf(id, needs))
  if (!isOwn && !(await oversees(authority, id, needs))) throw notBelow()
}

const notBelow = () => new RegistryError('not-found', 'no such body under this authority')

/** Whoever registered it, whoever is above that one, or who took the place of either; of what the law established, a root of its state. */
async function oversees(authority: string, id: string, needs: Deciding): Promise<boolean> {
  if (authority === id) return false
  const { policy, now } = needs
  const [over, under] = await Promise.all([entityOf(authority, needs), entityOf(id, needs)])
  if (over === undefined || under === undefined) return false
  const asking = { trust: trustOf(needs.store), policy, effective: now.toISOString() }
  if ((await vouchedFor(over, asking)) === undefined) return false
  if (isByLaw(under) && isRoot(over, policy) && speaksFor(over, under)) return true
  return isAbove(authority, under, needs)
}

async function isAbove(authority: string, under: Entity, needs: Deciding): Promise<boolean> {
  let reached: Entity[] = [under]
  for (let depth = 0; depth < LONGEST_CHAIN && reached.length > 0; depth++) {
    const ids = [...new Set(reached.flatMap(overseersOf))]
    const above = await Promise.all(ids.map((id) => entityOf(id, needs)))
    if (ids.includes(authority) || above.some((former) => isHeir(authority, former, needs.now))) return true
    reached = above.filter((entity) => entity !== undefined)
  }
  return false
}

/**
 * Who registered it; of what the operator registered, who granted its first right. No later grant counts: or whoever may grant anything
 * would take over whom it likes.
 */
function overseersOf(entity: Entity): readonly string[] {
  if (entity.under !== undefined) return [entity.under]
  const [first] = entity.grants
  return first?.grantors.filter((grantor) => !awaits(grantor, first)) ?? []
}

const awaits = (grantor: string, grant: Entity['grants'][number]): boolean =>
  grant.awaits?.includes(grantor) === true && !isJoined({ ...grant, awaits: [grantor] }, grant, EVERYTHING)

const isByLaw = (entity: Entity | undefined): boolean =>
  entity?.grants.some(({ grantors }) => grantors.length === 0) === true

const entityOf = async (id: string, { store }: Deciding) => entityAt(id, await trustOf(store)(id), EVERYTHING)

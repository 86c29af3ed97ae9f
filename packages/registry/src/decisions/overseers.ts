import { RegistryError } from '../errors.ts'
import { type Entity, EVERYTHING, type Grant } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { isJoined } from '../trust/grant.ts'
import { vouchedFor } from '../trust/in-force.ts'
import { isRoot, isWholeRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import { isSuccessorOfAny } from '../trust/successors.ts'
import { type Place, walkGrants } from '../trust/walk-grants.ts'
import type { DecideReader } from './decide-deps.ts'

/** Over members: of itself, and of those below it. To anybody else they do not exist. */
export async function requireOversight(authority: string, id: string, deps: DecideReader): Promise<void> {
  if (authority !== id && !(await oversees(authority, id, deps))) throw notBelow()
}

/**
 * Over keys and succession. Nobody is its own overseer there, or it would undo what was suspended, and pass on what it lost: but a root,
 * and whom the law established, while they are vouched for.
 */
export async function requireFullOversight(authority: string, id: string, deps: DecideReader): Promise<void> {
  const isAllowed = authority === id ? await isItsOwn(id, deps) : await oversees(authority, id, deps)
  if (!isAllowed) throw notBelow()
}

const notBelow = () => new RegistryError('not-found', 'no such body under this authority')

async function isItsOwn(id: string, deps: DecideReader): Promise<boolean> {
  const entity = await entityOf(id, deps)
  if (entity === undefined || !(await isVouchedFor(entity, deps))) return false
  return isRoot(entity, deps.policy) || isByLaw(entity)
}

/** A root that is accepted here, or who holds some right now: nobody else decides anything. */
export const isVouchedFor = async (entity: Entity, { store, policy, now }: DecideReader): Promise<boolean> =>
  (await vouchedFor(entity, { trust: trustOf(store), policy, effective: now.toISOString() })) !== undefined

/** Whoever registered it, whoever is above that one, or who took the place of either; of what the law established, a root of its state. */
export async function oversees(authority: string, id: string, deps: DecideReader): Promise<boolean> {
  if (authority === id) return false
  const [over, under] = await Promise.all([entityOf(authority, deps), entityOf(id, deps)])
  if (over === undefined || under === undefined || !(await isVouchedFor(over, deps))) return false
  return walkGrants<Place, boolean>(
    { id, entity: under },
    {
      trust: trustOf(deps.store),
      recorded: EVERYTHING,
      async answer(entity, _, follow) {
        if (isRootAboveLaw(over, entity, deps)) return true
        const ids = overseersOf(entity)
        if (ids.includes(authority) || (await isSuccessorOfAny(authority, ids, deps))) return true
        return (await Promise.all(ids.map((one) => follow({ id: one })))).includes(true)
      },
      nowhere: false,
    },
  )
}

/** A root of a whole state is above whom its law established, and above no other root. */
export const isRootAboveLaw = (over: Entity, entity: Entity, { policy }: Pick<DecideReader, 'policy'>): boolean =>
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

const entityOf = async (id: string, { store }: DecideReader) => entityAt(id, await trustOf(store)(id), EVERYTHING)

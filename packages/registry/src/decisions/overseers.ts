import { catalogueOfAll } from '../accepted-registries/catalogue-of-all.ts'
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

/** For decisions about members. An authority oversees itself and the entities below it. Throws `not-found` otherwise. */
export async function requireOversight(authority: string, id: string, deps: DecideReader): Promise<void> {
  if (authority !== id && !(await oversees(authority, id, deps))) throw notBelow()
}

/**
 * For decisions about keys and succession. An entity may not decide about itself: it could lift a suspension of its own key, or pass on
 * a right that it lost. Roots and entities established by law may, while their right is in force. Throws `not-found` otherwise.
 */
export async function requireFullOversight(authority: string, id: string, deps: DecideReader): Promise<void> {
  const isAllowed = authority === id ? await isItsOwn(id, deps) : await oversees(authority, id, deps)
  if (!isAllowed) throw notBelow()
}

/**
 * For decisions about a contact: as for keys, and every authority may also decide about its own. A body may not: two of its officers
 * could lead its readers astray.
 */
export async function requireContactOversight(authority: string, id: string, deps: DecideReader): Promise<void> {
  if (authority === id && (await entityOf(id, deps))?.kind === 'authority') return
  return requireFullOversight(authority, id, deps)
}

const notBelow = () => new RegistryError('not-found', 'no such body under this authority', { reason: 'not-below' })

async function isItsOwn(id: string, deps: DecideReader): Promise<boolean> {
  const entity = await entityOf(id, deps)
  if (entity === undefined || !(await isVouchedFor(entity, deps))) return false
  return isRoot(entity, deps.policy) || isByLaw(entity)
}

/** True for an accepted root, and for an entity that holds a right now. Other entities may decide nothing. */
export const isVouchedFor = async (entity: Entity, deps: DecideReader): Promise<boolean> =>
  (await rightsOf(entity, deps)) !== undefined

/** True for one that may decide about others. The right to recognise is about certificates of other states, and gives nobody into its hands. */
export async function mayOversee(entity: Entity, deps: DecideReader): Promise<boolean> {
  const held = await rightsOf(entity, deps)
  return isWholeRoot(entity, deps.policy) ? held !== undefined : (held ?? []).some(({ right }) => right !== 'recognise')
}

const rightsOf = (entity: Entity, deps: DecideReader) => {
  const { store, policy, now } = deps
  return vouchedFor(entity, {
    trust: trustOf(store),
    catalogue: catalogueOfAll(deps),
    policy,
    effective: now.toISOString(),
  })
}

/**
 * True if `authority` registered the entity, is above the one that registered it, or succeeded either of them. The root of the state
 * oversees the entities that its law established.
 */
export async function oversees(authority: string, id: string, deps: DecideReader): Promise<boolean> {
  if (authority === id) return false
  const [over, under] = await Promise.all([entityOf(authority, deps), entityOf(id, deps)])
  if (over === undefined || under === undefined || !(await mayOversee(over, deps))) return false
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

/** The root of a whole state is above the entities that its law established, and above no other root. */
export const isRootAboveLaw = (over: Entity, entity: Entity, { policy }: Pick<DecideReader, 'policy'>): boolean =>
  isByLaw(entity) &&
  !isRoot(entity, policy) &&
  isWholeRoot(over, policy) &&
  over.identity.state === entity.identity.state

/**
 * The entity that registered it. If the operator registered it, the grantors of its first grant with a scope that is not empty. Later
 * grants do not count, because then any grantor could take over any entity.
 */
export function overseersOf(entity: Entity): readonly string[] {
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

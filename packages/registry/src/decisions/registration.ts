import { registerExternalSigner } from '../accepted-registries/external-signers.ts'
import { canonicalJson } from '../canonical-json.ts'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import { groundsOf, type Identity } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { vouchedFor } from '../trust/in-force.ts'
import { isWholeRoot, speaksFor } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import { claimNames } from './claim-names.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { requireDistinctNames, requireSeen } from './look-alikes.ts'
import { requireFullOversight } from './overseers.ts'
import type { Registration, Succession } from './proposals.ts'
import { registerAuthority, registerBody, registerCentre, requireFreeId, succeed, unfinishedBody } from './register.ts'

interface Name {
  authority: string
  actor: string
}

const kinds = { 'register-authority': 'authority', 'register-body': 'body', 'register-centre': 'centre' } as const

/** An authority, a body or a centre of the authority's own state comes to stand in the registry. It may do nothing before somebody accredits it. */
export async function carryOutRegistration(
  registration: Registration,
  { authority, actor }: Name,
  deps: CarryOutDeps,
): Promise<void> {
  const { verb, id, identity, elsewhere, control } = registration
  const over = await requireAccrediting(authority, deps)
  // A body may let centres assess; it makes nobody an authority.
  if (verb === 'register-authority' && over.kind !== 'authority') throw noSuchAuthority()
  requireFitting(identity, over)
  requireShownDomain(registration, deps.now)
  const existing = entityAt(id, await trustOf(deps.store)(id), EVERYTHING)
  // An approval that is repeated after a crash goes on with its own work; whoever else has the id keeps it.
  const isOwnWork =
    existing !== undefined &&
    // Asked beforehand, only what a crash left unfinished is one's own to go on with.
    (!deps.rehearsal || (verb === 'register-body' && (await unfinishedBody(id, deps.store)) !== undefined)) &&
    existing.kind === kinds[verb] &&
    (existing.elsewhere === true) === (elsewhere !== undefined) &&
    existing.under === authority &&
    canonicalJson(existing.identity) === canonicalJson(identity)
  if (!isOwnWork) {
    await requireFreeId(id, deps.store)
    await requireFormer(registration, authority, deps)
    requireSeen(await requireDistinctNames(registration, deps.store), registration.resembles)
    await claimNames(registration, { ...deps, actor })
  }
  const registered = { id, identity, actor, under: authority, ...(control && { control }) }
  if (elsewhere !== undefined) return registerExternalSigner({ ...registered, elsewhere }, deps)
  if (deps.rehearsal) return
  if (verb !== 'register-body') {
    if (isOwnWork) return
    if (verb === 'register-centre') return registerCentre(registered, deps)
    return registerAuthority(registered, deps)
  }
  try {
    await registerBody({ ...registered, baseUrl: deps.baseUrl }, deps)
  } catch (error) {
    if (!(isOwnWork && error instanceof RegistryError && error.code === 'conflict')) throw error
  }
}

/** An authority lets a newcomer have the names of another only if it may decide about that succession. */
async function requireFormer({ verb, succeeds }: Registration, authority: string, deps: CarryOutDeps): Promise<void> {
  if (succeeds === undefined) return
  await requireFullOversight(authority, succeeds, deps)
  const former = entityAt(succeeds, await trustOf(deps.store)(succeeds), EVERYTHING)
  if (former?.kind !== kinds[verb]) throw fault('/succeeds', `must be another ${kinds[verb]}`)
}

/** Somebody takes the place of another, of its kind and in a state for which the authority speaks. Said once. */
export async function carryOutSuccession(
  { id, successor, effectiveAt, ...grounds }: Succession,
  { authority, actor }: Name,
  deps: CarryOutDeps,
): Promise<void> {
  const trust = trustOf(deps.store)
  const [over, former, successorEntity] = await Promise.all(
    [authority, id, successor].map(async (one) => entityAt(one, await trust(one), EVERYTHING)),
  )
  if (
    former === undefined ||
    successorEntity === undefined ||
    over === undefined ||
    !speaksFor(over, successorEntity) ||
    id === successor
  )
    throw new RegistryError('not-found', 'no such body, centre or authority')
  if (former.kind !== successorEntity.kind)
    throw new RegistryError(
      'validation-failed',
      `a ${successorEntity.kind} does not take the place of a ${former.kind}`,
      {
        faults: [{ pointer: '/successor', detail: `must be another ${former.kind}` }],
      },
    )
  // What is to come can still be said otherwise.
  if (former.successor !== undefined && former.successor.from <= deps.now.toISOString()) {
    if (former.successor.id === successor && !deps.rehearsal) return
    throw new RegistryError('conflict', `${former.successor.id} has taken its place already`)
  }
  await succeed({ id, successor, ...groundsOf(grounds), effectiveAt, actor }, deps)
}

const noSuchAuthority = () => new RegistryError('not-found', 'no such authority')

/** A root that is accepted here, or whoever holds the right to accredit now. */
async function requireAccrediting(authority: string, { store, policy, now }: CarryOutDeps): Promise<Entity> {
  const trust = trustOf(store)
  const over = entityAt(authority, await trust(authority), EVERYTHING)
  const held = over && (await vouchedFor(over, { trust, policy, effective: now.toISOString() }))
  if (
    over === undefined ||
    held === undefined ||
    !(isWholeRoot(over, policy) || held.some(({ right }) => right === 'accredit'))
  )
    throw noSuchAuthority()
  return over
}

const fault = (pointer: string, detail: string) =>
  new RegistryError('validation-failed', 'it cannot be registered as described', { faults: [{ pointer, detail }] })

function requireFitting(identity: Identity, over: Entity): void {
  const { demonstration } = identity
  if (!speaksFor(over, { identity }))
    throw fault('/identity/state', `must be ${over.identity.state}: no root speaks for another state`)
  if (demonstration !== over.identity.demonstration)
    throw fault('/identity/demonstration', `must be ${over.identity.demonstration}, as for the authority`)
  requireHonestName(identity)
}

/** A proposal lives for 30 days, and what it rests on was read in the 30 days before. */
const SHOWN_FOR_MS = 60 * DAY_MS

/** The text itself was read by the officer's command: nothing is fetched here. */
function requireShownDomain({ identity, control }: Registration, now: Date): void {
  if (control === undefined) return
  if (control.domain !== URL.parse(identity.website)?.host)
    throw fault('/control/domain', 'must be the domain of the website')
  const age = now.getTime() - Date.parse(control.readOn)
  if (!(age >= 0 && age <= SHOWN_FOR_MS))
    throw fault('/control/readOn', 'must be a day of the last 60: have the text read again')
}

/** A demonstration says so wherever its name is read. */
export function requireHonestName({ name, demonstration }: Identity): void {
  if (demonstration && !/\(demonstration\)/.test(name))
    throw fault('/identity/name', 'must say "(demonstration)": it is signed into certificates')
}

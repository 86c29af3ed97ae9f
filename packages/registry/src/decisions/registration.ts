import { canonicalJson } from '@sijil/credentials'
import { catalogueOfAll } from '../accepted-registries/catalogue-of-all.ts'
import { registerExternalSigner } from '../accepted-registries/external-signers.ts'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import type { RefusalReason } from '../refusal-reasons.ts'
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

/** Registers an authority, a body or a centre of the authority's own state. It has no right until it is accredited. */
export async function carryOutRegistration(
  registration: Registration,
  { authority, actor }: Name,
  deps: CarryOutDeps,
): Promise<void> {
  const { verb, id, elsewhere, control } = registration
  const over = await requireAccrediting(authority, deps)
  // A body may accredit centres, but it may not register an authority.
  if (verb === 'register-authority' && over.kind !== 'authority') throw noSuchAuthority()
  requireFitting(registration.identity, over)
  // The root of a fictional state has its name, and nobody below states another.
  const { stateName } = over.identity
  const identity = { ...registration.identity, ...(stateName && { stateName }) }
  requireShownDomain(registration, deps.now)
  const existing = entityAt(id, await trustOf(deps.store)(id), EVERYTHING)
  // An approval that is repeated after a crash continues its own work. An id of any other entity is taken.
  const isOwnWork =
    existing !== undefined &&
    // In a rehearsal, only a registration that a crash left unfinished counts as own work.
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

/** A newcomer may have the names of its predecessor only if the authority may decide about that succession. */
async function requireFormer({ verb, succeeds }: Registration, authority: string, deps: CarryOutDeps): Promise<void> {
  if (succeeds === undefined) return
  await requireFullOversight(authority, succeeds, deps)
  const former = entityAt(succeeds, await trustOf(deps.store)(succeeds), EVERYTHING)
  if (former?.kind !== kinds[verb]) throw fault('/succeeds', `must be another ${kinds[verb]}`, 'cannot-succeed')
}

/** Records one successor. It must be of the same kind, in a state for which the authority speaks. Throws `conflict` if there is one. */
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
    throw new RegistryError('not-found', 'no such body, centre or authority', { reason: 'not-below' })
  if (former.kind !== successorEntity.kind)
    throw new RegistryError('validation-failed', `a ${successorEntity.kind} cannot succeed a ${former.kind}`, {
      faults: [{ pointer: '/successor', detail: `must be another ${former.kind}`, reason: 'cannot-succeed' }],
      reason: 'cannot-succeed',
    })
  // A succession that has not started can still be replaced.
  if (former.successor !== undefined && former.successor.from <= deps.now.toISOString()) {
    if (former.successor.id === successor && !deps.rehearsal) return
    throw new RegistryError('conflict', `${former.successor.id} has already succeeded it`, { reason: 'cannot-succeed' })
  }
  await succeed({ id, successor, ...groundsOf(grounds), effectiveAt, actor }, deps)
}

const noSuchAuthority = () => new RegistryError('not-found', 'no such authority', { reason: 'not-below' })

/** Returns an accepted root, or an entity that holds the right to accredit now. Throws `not-found` otherwise. */
async function requireAccrediting(authority: string, deps: CarryOutDeps): Promise<Entity> {
  const { store, policy, now } = deps
  const trust = trustOf(store)
  const over = entityAt(authority, await trust(authority), EVERYTHING)
  const held =
    over && (await vouchedFor(over, { trust, catalogue: catalogueOfAll(deps), policy, effective: now.toISOString() }))
  if (
    over === undefined ||
    held === undefined ||
    !(isWholeRoot(over, policy) || held.some(({ right }) => right === 'accredit'))
  )
    throw noSuchAuthority()
  return over
}

const fault = (pointer: string, detail: string, reason: RefusalReason) =>
  new RegistryError('validation-failed', 'it cannot be registered as described', {
    faults: [{ pointer, detail, reason }],
  })

function requireFitting(identity: Identity, over: Entity): void {
  const { demonstration } = identity
  if (!speaksFor(over, { identity }))
    throw fault(
      '/identity/state',
      `must be ${over.identity.state}: no root may speak for another state`,
      'another-state',
    )
  if (demonstration !== over.identity.demonstration)
    throw fault(
      '/identity/demonstration',
      `must be ${over.identity.demonstration}, as for the authority`,
      'demonstration-flag',
    )
  requireHonestName(identity)
}

/** 60 days in milliseconds: a proposal lives for 30 days, and the domain text may have been read up to 30 days before it. */
const SHOWN_FOR_MS = 60 * DAY_MS

/** Checks the record of domain control. The officer, or their command, read the text on the web. Nothing is fetched here. */
function requireShownDomain({ identity, control }: Registration, now: Date): void {
  if (control === undefined) return
  if (control.domain !== URL.parse(identity.website)?.host)
    throw fault('/control/domain', 'must be the domain of the website', 'another-domain')
  const age = now.getTime() - Date.parse(control.readOn)
  if (!(age >= 0 && age <= SHOWN_FOR_MS))
    throw fault('/control/readOn', 'must be one of the last 60 days: read the text again', 'read-too-long-ago')
}

/** The name of a demonstration must say so, because the name appears alone on pages and in certificates. */
export function requireHonestName({ name, demonstration }: Identity): void {
  if (demonstration && !/\(demonstration\)/.test(name))
    throw fault(
      '/identity/name',
      'must contain "(demonstration)", because certificates show this name',
      'demonstration-name',
    )
}

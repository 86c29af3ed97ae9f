import { canonicalJson } from '@sijil/credentials'
import type { Scope } from '@sijil/qualifications'
import { catalogueOfAll } from '../accepted-registries/catalogue-of-all.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { RegistryError } from '../errors.ts'
import { nextCommit, streams } from '../stream.ts'
import { compareScopes } from '../trust/compare-scopes.ts'
import { type Entity, EVERYTHING, type Grant } from '../trust/entity.ts'
import {
  type Awaiting,
  type GrantTerms,
  groundsOf,
  type Right,
  type TrustEvent,
  type TrustHistory,
} from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { grantState, termsAt, termsOf } from '../trust/grant.ts'
import { isRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import { isSuccessorOfAny } from '../trust/successors.ts'
import {
  cannotBeAccredited,
  requireCentres,
  requireFittingKind,
  requireNamed,
  requirePrincipal,
  requireSensible,
  requireStated,
  requireUnits,
} from './accreditable.ts'
import type { DecideDeps, DecideReader, Decision } from './decide-deps.ts'
import { type Offer, requireHeld } from './holding.ts'
import { isRootAboveLaw, mayOversee, oversees } from './overseers.ts'
import type { Seen } from './proposals.ts'

/** One or two grantors grant the right to issue, to assess or to accredit. Each can grant only what it holds itself at that time. */
export async function accredit(
  request: Decision &
    GrantTerms &
    Awaiting & { grantors: readonly [string, ...string[]]; right: Right; onBehalfOf?: string },
  deps: DecideDeps,
): Promise<void> {
  const { grant, grantors, right, onBehalfOf } = request
  const event: TrustEvent = {
    type: 'accredited',
    grant,
    right,
    grantors,
    ...groundsOf(request),
    ...(onBehalfOf && { onBehalfOf }),
    ...awaiting(request),
    ...termsOf(request),
  }
  await decide(request, event, deps, async (grantee) => {
    requireNewGrant(grantee, grant)
    requireFittingKind(grantee, right)
    requireSensible(request, deps.now)
    if (onBehalfOf !== undefined) await requirePrincipal(onBehalfOf, grantee, deps)
    await requireAllHeld(grantors, grantee, request, deps)
    await requireNamed(request, deps)
    await requireCentres(request, deps)
    await requireStated(request, deps)
    await requireUnits(request, deps)
  })
}

/** Records a right by law. It has no grantor and no end. */
export function establish(request: Decision & { right: Right; scope: Scope }, deps: DecideDeps): Promise<void> {
  const { grant, right, basis, scope } = request
  return decide(request, { type: 'established', grant, right, law: basis, scope }, deps, async (grantee) =>
    requireNewGrant(grantee, grant),
  )
}

/** Changes the terms of a grant from a day on. Throws `validation-failed` if the grantors do not hold a wider scope. */
export function amendAccreditation(
  request: Decision & GrantTerms & Awaiting & Seen & { by: string },
  deps: DecideDeps,
): Promise<void> {
  const { grant, by } = request
  return decide(
    request,
    { type: 'accreditation-amended', grant, by, ...groundsOf(request), ...awaiting(request), ...termsOf(request) },
    deps,
    async (grantee) => {
      const found = await requireGrant(grantee, grant, by, deps)
      const { grantors, right } = found
      requireSeen(found, request)
      if (found.changes.some(({ type }) => type === 'withdrawn')) throw wasWithdrawn()
      requireSensible(request, deps.now)
      await requireAllHeld(grantors, grantee, { ...request, right }, deps)
      if (grantors.length === 0 && by === grantee.id) await requireNotWider(found, request, deps)
      await requireCentres(request, deps)
      await requireStated({ ...request, right }, deps)
      await requireUnits(request, deps)
    },
  )
}

/**
 * The grantors confirm what was stated about qualifications until `catalogueAt`. It is recorded as an amendment with the terms of that
 * day, so it waits for each of two grantors, and is refused if they hold less by now.
 */
export async function confirmAccreditation(
  request: Change & Seen & Pick<GrantTerms, 'catalogueAt'>,
  deps: DecideDeps,
): Promise<void> {
  const { grantee: id, grant, by, effectiveAt, catalogueAt = deps.now.toISOString() } = request
  const grantee = entityAt(id, await trustOf(deps.store)(id), EVERYTHING)
  if (grantee === undefined) throw noSuchGrant()
  const terms = termsAt(await requireGrant(grantee, grant, by, deps), effectiveAt)
  await amendAccreditation({ ...request, ...terms, catalogueAt }, deps)
}

export type Change = Decision & Awaiting & { by: string }

/** Suspends a grant. It stops new certificates and does not affect those issued before. */
export const suspendAccreditation = (request: Change, deps: DecideDeps): Promise<void> =>
  change('accreditation-suspended', request, deps)

/** Lifts a suspension from a day on. Throws `conflict` if the grant is not suspended on that day. */
export const liftSuspension = (request: Change & Seen, deps: DecideDeps): Promise<void> =>
  change('accreditation-lifted', request, deps)

/** Withdraws a grant from a day on. In case of fraud that is the first day of the grant, so that it never counted. */
export const withdrawAccreditation = (request: Change, deps: DecideDeps): Promise<void> =>
  change('accreditation-withdrawn', request, deps)

function change(
  type: 'accreditation-suspended' | 'accreditation-lifted' | 'accreditation-withdrawn',
  request: Change & Seen,
  deps: DecideDeps,
): Promise<void> {
  const { grant, by } = request
  const stated = { grant, by, ...groundsOf(request) }
  const event: TrustEvent =
    type === 'accreditation-lifted' ? { type, ...stated, ...awaiting(request) } : { type, ...stated }
  return decide(request, event, deps, async (grantee) => {
    const found = await requireGrant(grantee, grant, by, deps)
    // A second withdrawal must take effect earlier than the first.
    requireStatus(found, request.effectiveAt)
    if (type !== 'accreditation-lifted') return
    requireSeen(found, request)
    // Lifting adds trust, so the grantors must hold the scope that they give back.
    if (grantState(found, request.effectiveAt).in !== 'suspension')
      throw new RegistryError('conflict', 'there is no suspension to lift on that day', { reason: 'not-suspended' })
    const { scope, until } = termsAt(found, request.effectiveAt)
    const offer = { right: found.right, scope, effectiveAt: request.effectiveAt, ...(until && { until }) }
    await requireAllHeld(found.grantors, grantee, offer, deps)
  })
}

/** When the last decision about a grant was recorded. It identifies the decision: no two commits of a stream share a moment. */
export const lastDecided = ({ recordedAt, changes }: Grant): string => changes.at(-1)?.recordedAt ?? recordedAt

/** Throws `conflict` if a suspension or another decision was recorded after the proposal: its grounds were not known then. */
function requireSeen(grant: Grant, { seen }: Seen): void {
  if (seen !== undefined && seen !== lastDecided(grant))
    throw new RegistryError(
      'conflict',
      'this accreditation was changed after this was proposed: look at it, and propose again',
    )
}

/** An entity may only narrow its own right by law. */
async function requireNotWider(
  found: Grant,
  { scope, until, effectiveAt }: GrantTerms & Decision,
  { store }: DecideDeps,
): Promise<void> {
  const sofar = termsAt(found, effectiveAt)
  if (sofar.until !== undefined && (until === undefined || until > sofar.until))
    throw cannotBeAccredited({
      pointer: '/until',
      detail: `must not last longer than the present end: ${sofar.until}`,
      reason: 'lasts-longer',
    })
  const compared = await compareScopes(scope, sofar.scope, catalogueOf(store))
  if (!compared.within)
    throw cannotBeAccredited({
      pointer: '/scope',
      detail: `must not be wider than the present scope: ${compared.differences.join(', ')}`,
      reason: 'wider-than-held',
    })
}

/** Throws if the grant is withdrawn on that day. It can no longer be changed or suspended. */
function requireStatus(grant: Grant, effectiveAt: string): void {
  if (grantState(grant, effectiveAt).in === 'withdrawal') throw wasWithdrawn()
}

const wasWithdrawn = () =>
  new RegistryError('conflict', 'this accreditation was withdrawn: grant a new one', { reason: 'already-withdrawn' })

const awaiting = ({ awaits = [] }: Awaiting): Awaiting => (awaits.length > 0 ? { awaits } : {})

/** Reads, checks and writes one decision about a grant. If it equals the last recorded decision, it writes nothing. */
export async function decide(
  { grantee, actor, effectiveAt }: Decision,
  event: TrustEvent,
  { store, now }: DecideDeps,
  check: (grantee: Entity) => Promise<unknown>,
): Promise<void> {
  const stream = streams.trust(grantee)
  const history = await store.read<TrustEvent>(stream)
  const commit = nextCommit(stream, history, { events: [event], actor, effectiveAt, now, index: 'TRUST' })
  const entity = entityAt(grantee, history, EVERYTHING)
  if (entity === undefined)
    throw new RegistryError('not-found', 'no such body, centre or authority', { reason: 'not-below' })
  if (isRepeated(event, effectiveAt, history)) return
  await check(entity)
  await store.append(commit)
}

/** True if the decision equals the last one about this grant. This happens when an approval is repeated after a crash. */
function isRepeated(event: TrustEvent, effectiveAt: string, history: TrustHistory): boolean {
  if (!('grant' in event)) return false
  const last = history.findLast(({ events }) => events.some((other) => 'grant' in other && other.grant === event.grant))
  return last?.effectiveAt === effectiveAt && canonicalJson(last.events) === canonicalJson([event])
}

async function requireAllHeld(
  grantors: readonly string[],
  grantee: Entity,
  offer: Offer,
  deps: DecideDeps,
): Promise<void> {
  const { store, policy } = deps
  for (const grantor of grantors)
    await requireHeld(grantor, grantee, offer, { trust: trustOf(store), catalogue: catalogueOfAll(deps), policy })
}

/** Throws `not-found` also for a grant that `by` may not decide about, so that it reveals nothing. */
export async function requireGrant(grantee: Entity, grant: string, by: string, deps: DecideDeps): Promise<Grant> {
  const found = grantee.grants.find(({ id }) => id === grant)
  if (found !== undefined && (await decidesAbout(grantee, found, by, deps))) return found
  throw noSuchGrant()
}

export const noSuchGrant = () => new RegistryError('not-found', 'no such accreditation')

/**
 * True if `by` may decide about the grant. A grantor or its successor may, while its own right is in force. If a grantor has lost its
 * right, the authorities above that grantor may. About a right by law, the root of that state may, and a root about its own.
 */
export async function decidesAbout(
  grantee: Entity,
  { grantors }: Grant,
  by: string,
  deps: DecideReader,
): Promise<boolean> {
  const authority = entityAt(by, await trustOf(deps.store)(by), EVERYTHING)
  if (authority === undefined) return false
  // This holds even if it suspended itself, because nobody else could lift that.
  if (grantors.length === 0 && by === grantee.id && isRoot(authority, deps.policy)) return true
  if (!(await mayOversee(authority, deps))) return false
  if (grantors.length === 0) return isRootAboveLaw(authority, grantee, deps)
  if (grantors.includes(by) || (await isSuccessorOfAny(by, grantors, deps))) return true
  for (const grantor of grantors) {
    const fallen = entityAt(grantor, await trustOf(deps.store)(grantor), EVERYTHING)
    if (fallen !== undefined && !(await mayOversee(fallen, deps)) && (await oversees(by, grantor, deps))) return true
  }
  return false
}

function requireNewGrant(grantee: Entity, grant: string): void {
  if (grantee.grants.some(({ id }) => id === grant))
    throw new RegistryError('conflict', 'an accreditation with this id is already recorded')
}

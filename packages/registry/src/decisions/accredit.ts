import { type Scope, scopeWithin } from '@sijil/qualifications'
import { canonicalJson } from '../canonical-json.ts'
import { RegistryError } from '../errors.ts'
import { nextCommit, streams } from '../stream.ts'
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
} from './accreditable.ts'
import type { DecideDeps, DecideReader, Decision } from './decide-deps.ts'
import { type Offer, requireHeld } from './holding.ts'
import { isRootAboveLaw, isVouchedFor, oversees } from './overseers.ts'
import type { Seen } from './proposals.ts'

/** One or two grantors allow somebody to issue, to assess or to accredit. Each can grant only what it holds itself at that time. */
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
  })
}

/** The law itself allows it: no grantor and no end. */
export function establish(request: Decision & { right: Right; scope: Scope }, deps: DecideDeps): Promise<void> {
  const { grant, right, basis, scope } = request
  return decide(request, { type: 'established', grant, right, law: basis, scope }, deps, async (grantee) =>
    requireNewGrant(grantee, grant),
  )
}

/** Other terms from a day on. A wider scope is refused unless the grantors hold it. */
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
      const { grantors } = found
      requireSeen(found, request)
      if (found.changes.some(({ type }) => type === 'withdrawn')) throw wasWithdrawn()
      requireSensible(request, deps.now)
      await requireAllHeld(grantors, grantee, request, deps)
      if (grantors.length === 0 && by === grantee.id) requireNotWider(found, request)
      await requireCentres(request, deps)
    },
  )
}

export type Change = Decision & Awaiting & { by: string }

/** Looks forward: it stops new certificates and leaves those issued before. */
export const suspendAccreditation = (request: Change, deps: DecideDeps): Promise<void> =>
  change('accreditation-suspended', request, deps)

export const liftSuspension = (request: Change & Seen, deps: DecideDeps): Promise<void> =>
  change('accreditation-lifted', request, deps)

/** From a day on; from the beginning (fraud) where that is the day of the grant. */
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
    // Withdrawn again is withdrawn earlier, or nothing.
    requireStatus(found, request.effectiveAt)
    if (type !== 'accreditation-lifted') return
    requireSeen(found, request)
    // It adds trust, so its grantors must hold what they give back.
    if (grantState(found, request.effectiveAt).in !== 'suspension')
      throw new RegistryError('conflict', 'there is no suspension to lift on that day')
    const { scope, until } = termsAt(found, request.effectiveAt)
    const offer = { scope, effectiveAt: request.effectiveAt, ...(until && { until }) }
    await requireAllHeld(found.grantors, grantee, offer, deps)
  })
}

/** When the last decision about a grant was recorded, which names it: no two commits of a stream have one moment. */
export const lastDecided = ({ recordedAt, changes }: Grant): string => changes.at(-1)?.recordedAt ?? recordedAt

/** A suspension or a narrower scope that came in the meantime is on grounds that whoever proposed did not know. */
function requireSeen(grant: Grant, { seen }: Seen): void {
  if (seen !== undefined && seen !== lastDecided(grant))
    throw new RegistryError('conflict', 'something else was decided since this was proposed: look, and propose again')
}

/** What the law says of somebody, that one may only narrow. */
function requireNotWider(found: Grant, { scope, until, effectiveAt }: GrantTerms & Decision): void {
  const sofar = termsAt(found, effectiveAt)
  if (sofar.until !== undefined && (until === undefined || until > sofar.until))
    throw cannotBeAccredited({ pointer: '/until', detail: `longer than the law has it so far: ${sofar.until}` })
  const compared = scopeWithin(scope, sofar.scope)
  if (!compared.within)
    throw cannotBeAccredited({
      pointer: '/scope',
      detail: `wider than the law has it so far: ${compared.differences.join(', ')}`,
    })
}

/** What was withdrawn by that day is neither changed nor suspended any more. */
function requireStatus(grant: Grant, effectiveAt: string): void {
  if (grantState(grant, effectiveAt).in === 'withdrawal') throw wasWithdrawn()
}

const wasWithdrawn = () => new RegistryError('conflict', 'this accreditation was withdrawn: accredit anew')

const awaiting = ({ awaits = [] }: Awaiting): Awaiting => (awaits.length > 0 ? { awaits } : {})

/** Reads, checks and writes one decision about a grant; said again as the last that was said of it, it is there already. */
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
  if (entity === undefined) throw new RegistryError('not-found', 'no such body, centre or authority')
  if (isRepeated(event, effectiveAt, history)) return
  await check(entity)
  await store.append(commit)
}

/** What an approval carries out again after a crash is on record already, as the last that was said of this grant. */
function isRepeated(event: TrustEvent, effectiveAt: string, history: TrustHistory): boolean {
  if (!('grant' in event)) return false
  const last = history.findLast(({ events }) => events.some((other) => 'grant' in other && other.grant === event.grant))
  return last?.effectiveAt === effectiveAt && canonicalJson(last.events) === canonicalJson([event])
}

async function requireAllHeld(
  grantors: readonly string[],
  grantee: Entity,
  offer: Offer,
  { store, policy }: DecideDeps,
): Promise<void> {
  for (const grantor of grantors) await requireHeld(grantor, grantee, offer, { trust: trustOf(store), policy })
}

/** Anybody else's grant is one that does not exist. */
export async function requireGrant(grantee: Entity, grant: string, by: string, deps: DecideDeps): Promise<Grant> {
  const found = grantee.grants.find(({ id }) => id === grant)
  if (found !== undefined && (await decidesAbout(grantee, found, by, deps))) return found
  throw noSuchGrant()
}

export const noSuchGrant = () => new RegistryError('not-found', 'no such accreditation')

/**
 * Whoever granted it decides about it, while somebody vouches for it, or whoever took its place; then who is above it; about what the law
 * grants, a root of that state, or the root itself.
 */
export async function decidesAbout(
  grantee: Entity,
  { grantors }: Grant,
  by: string,
  deps: DecideReader,
): Promise<boolean> {
  const authority = entityAt(by, await trustOf(deps.store)(by), EVERYTHING)
  if (authority === undefined) return false
  // Also where it suspended itself: nobody else could lift that.
  if (grantors.length === 0 && by === grantee.id && isRoot(authority, deps.policy)) return true
  if (!(await isVouchedFor(authority, deps))) return false
  if (grantors.length === 0) return isRootAboveLaw(authority, grantee, deps)
  if (grantors.includes(by) || (await isSuccessorOfAny(by, grantors, deps))) return true
  for (const grantor of grantors) {
    const fallen = entityAt(grantor, await trustOf(deps.store)(grantor), EVERYTHING)
    if (fallen !== undefined && !(await isVouchedFor(fallen, deps)) && (await oversees(by, grantor, deps))) return true
  }
  return false
}

function requireNewGrant(grantee: Entity, grant: string): void {
  if (grantee.grants.some(({ id }) => id === grant))
    throw new RegistryError('conflict', 'an accreditation of this id is recorded already')
}

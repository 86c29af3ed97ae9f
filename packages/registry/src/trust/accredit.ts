import { type Scope, scopeWithin } from '@sijil/qualifications'
import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { type Entity, entityAt, type Grant } from './entity.ts'
import type { GrantTerms, Right, TrustEvent } from './events.ts'
import { grantState, termsAt } from './grant.ts'
import { trustOf } from './reader.ts'
import { isRoot, speaksFor, type TrustPolicy } from './standing.ts'

/** What every decision about a grant says. */
export interface Decision {
  /** Whose grant it is: a body, a centre, or an authority below another. */
  grantee: string
  /** Names this grant within the grantee's stream. */
  grant: string
  actor: string
  /** Legal reference of the decision. */
  basis: string
  /** The day it counts from, RFC 3339 UTC. */
  effectiveAt: string
}

export interface Deciding {
  store: CommitStore
  policy: TrustPolicy
  now: Date
}

/** One or two grantors allow somebody to issue, to assess or to accredit. Each can grant only what it holds itself at that time. */
export async function accredit(
  request: Decision & GrantTerms & { grantors: readonly [string, ...string[]]; right: Right; onBehalfOf?: string },
  needs: Deciding,
): Promise<void> {
  const { grant, grantors, right, basis, onBehalfOf } = request
  const event: TrustEvent = {
    type: 'accredited',
    grant,
    right,
    grantors,
    basis,
    ...(onBehalfOf && { onBehalfOf }),
    ...terms(request),
  }
  await decide(request, event, needs, async (grantee, recorded) => {
    requireNewGrant(grantee, grant)
    for (const grantor of grantors) await requireHeld(grantor, grantee, request, recorded, needs)
  })
}

/** The law itself allows it: no grantor and no end. */
export function establish(request: Decision & { right: Right; scope: Scope }, needs: Deciding): Promise<void> {
  const { grant, right, basis, scope } = request
  return decide(request, { type: 'established', grant, right, law: basis, scope }, needs, async (grantee) =>
    requireNewGrant(grantee, grant),
  )
}

/** Other terms from a day on. A wider scope is refused unless the grantors hold it. */
export function amendAccreditation(request: Decision & GrantTerms & { by: string }, needs: Deciding): Promise<void> {
  const { grant, by, basis } = request
  return decide(
    request,
    { type: 'accreditation-amended', grant, by, basis, ...terms(request) },
    needs,
    async (grantee, recorded) => {
      const { grantors } = await requireGrant(grantee, grant, by, recorded, needs)
      for (const grantor of grantors) await requireHeld(grantor, grantee, request, recorded, needs)
    },
  )
}

type Change = Decision & { by: string }

/** Looks forward: it stops new certificates and leaves those issued before. */
export const suspendAccreditation = (request: Change, needs: Deciding): Promise<void> =>
  change('accreditation-suspended', request, needs)

export const liftSuspension = (request: Change, needs: Deciding): Promise<void> =>
  change('accreditation-lifted', request, needs)

/** From a day on; from the beginning (fraud) where that is the day of the grant. */
export const withdrawAccreditation = (request: Change, needs: Deciding): Promise<void> =>
  change('accreditation-withdrawn', request, needs)

function change(
  type: 'accreditation-suspended' | 'accreditation-lifted' | 'accreditation-withdrawn',
  request: Change,
  needs: Deciding,
): Promise<void> {
  const { grant, by, basis } = request
  return decide(request, { type, grant, by, basis }, needs, (grantee, recorded) =>
    requireGrant(grantee, grant, by, recorded, needs),
  )
}

const terms = ({ scope, until, pilot, assurance }: GrantTerms): GrantTerms => ({
  scope,
  ...(until && { until }),
  ...(pilot && { pilot }),
  ...(assurance && { assurance }),
})

async function decide(
  { grantee, actor, effectiveAt }: Decision,
  event: TrustEvent,
  { store, now }: Deciding,
  check: (grantee: Entity, recorded: string) => Promise<unknown>,
): Promise<void> {
  const stream = streams.trust(grantee)
  const history = await store.read<TrustEvent>(stream)
  const commit = nextCommit(stream, history, { events: [event], actor, effectiveAt, now, index: 'TRUST' })
  const entity = entityAt(grantee, history, commit.recordedAt)
  if (entity === undefined) throw new RegistryError('not-found', 'no such body, centre or authority')
  await check(entity, commit.recordedAt)
  await store.append(commit)
}

/** Throws unless `grantor` could use this scope itself, or is a root of that state. A wider grant is refused with the difference named. */
async function requireHeld(
  id: string,
  grantee: Entity,
  { scope, effectiveAt }: { scope: Scope; effectiveAt: string },
  recorded: string,
  { store, policy }: Deciding,
): Promise<void> {
  const grantor = entityAt(id, await trustOf(store)(id), recorded)
  if (grantor === undefined) throw new RegistryError('not-found', 'no such authority')
  if (!speaksFor(grantor, grantee)) {
    throw new RegistryError(
      'validation-failed',
      `a grantor of ${grantor.identity.state} cannot accredit anybody of ${grantee.identity.state}`,
    )
  }
  if (isRoot(grantor, policy)) return
  const held = grantor.grants
    .filter(({ right }) => right === 'accredit')
    .filter((grant) => grantState(grant, effectiveAt).in === 'force')
  const compared = held.map((grant) => scopeWithin(scope, termsAt(grant, effectiveAt).scope))
  if (compared.some(({ within }) => within)) return
  const differences = compared.flatMap((result) => (result.within ? [] : result.differences))
  throw new RegistryError('validation-failed', `${grantor.identity.name} does not hold what it would grant`, {
    faults:
      held.length === 0
        ? [{ pointer: '/grantors', detail: 'it may accredit nobody on that day' }]
        : [...new Set(differences)].map((dimension) => ({
            pointer: '/scope',
            detail: `wider than its own: ${dimension}`,
          })),
  })
}

/** Whoever granted it decides about it; what the law grants, a root of that state. Anybody else's grant is one that does not exist. */
async function requireGrant(
  grantee: Entity,
  grant: string,
  by: string,
  recorded: string,
  { store, policy }: Deciding,
): Promise<Grant> {
  const found = grantee.grants.find(({ id }) => id === grant)
  const noSuchGrant = () => new RegistryError('not-found', 'no such accreditation')
  if (found === undefined) throw noSuchGrant()
  if (found.grantors.includes(by)) return found
  const authority = entityAt(by, await trustOf(store)(by), recorded)
  if (
    found.grantors.length > 0 ||
    authority === undefined ||
    !isRoot(authority, policy) ||
    !speaksFor(authority, grantee)
  )
    throw noSuchGrant()
  return found
}

function requireNewGrant(grantee: Entity, grant: string): void {
  if (grantee.grants.some(({ id }) => id === grant))
    throw new RegistryError('conflict', 'an accreditation of this id is recorded already')
}

import type { Scope } from '@sijil/qualifications'
import { RegistryError } from './errors.ts'
import { type CommitStore, nextCommit, streams } from './stream.ts'
import { speaksFor, trustOf } from './trust.ts'
import { type Entity, entityAt, type Grant, type TrustEvent } from './trust-events.ts'

interface Decision {
  body: string
  /** Names this grant within the body's stream. */
  grant: string
  actor: string
  /** Legal reference of the decision. */
  basis: string
  /** The day it counts from, RFC 3339 UTC. */
  effectiveAt: string
}

interface Deciding {
  store: CommitStore
  now: Date
}

/** An authority allows a body to issue within a scope. No root can speak for another state. */
export function accredit(
  request: Decision & { grantor: string; scope: Scope; until?: string },
  needs: Deciding,
): Promise<void> {
  const { grant, grantor, basis, scope, until } = request
  return decide(
    request,
    { type: 'accredited', grant, grantor, basis, scope, ...(until && { until }) },
    needs,
    async (body, now) => {
      requireNewGrant(body, grant)
      const authority = entityAt(grantor, await trustOf(needs.store)(grantor), now)
      if (authority?.kind !== 'authority') throw new RegistryError('not-found', 'no such authority')
      if (!speaksFor(authority, body)) {
        throw new RegistryError(
          'validation-failed',
          `an authority of ${authority.identity.state} cannot accredit a body of ${body.identity.state}`,
        )
      }
    },
  )
}

/** The law itself allows a body to issue: it has no grantor and no end. */
export function establish(request: Decision & { scope: Scope }, needs: Deciding): Promise<void> {
  const { grant, basis, scope } = request
  return decide(request, { type: 'established', grant, law: basis, scope }, needs, async (body) =>
    requireNewGrant(body, grant),
  )
}

/** Looks forward: it stops new certificates and leaves those issued before. */
export function suspendAccreditation(request: Decision & { by: string }, needs: Deciding): Promise<void> {
  const { grant, by, basis } = request
  return decide(request, { type: 'accreditation-suspended', grant, by, basis }, needs, async (body) =>
    requireGrant(body, grant),
  )
}

export function liftSuspension(request: Decision & { by: string }, needs: Deciding): Promise<void> {
  const { grant, by, basis } = request
  return decide(request, { type: 'accreditation-lifted', grant, by, basis }, needs, async (body) =>
    requireGrant(body, grant),
  )
}

/** From a day on; from the beginning (fraud) where that is the day of the grant. */
export function withdrawAccreditation(request: Decision & { by: string }, needs: Deciding): Promise<void> {
  const { grant, by, basis } = request
  return decide(request, { type: 'accreditation-withdrawn', grant, by, basis }, needs, async (body) =>
    requireGrant(body, grant),
  )
}

async function decide(
  { body, actor, effectiveAt }: Decision,
  event: TrustEvent,
  { store, now }: Deciding,
  check: (body: Entity, now: string) => Promise<unknown>,
): Promise<void> {
  const stream = streams.trust(body)
  const history = await store.read<TrustEvent>(stream)
  const commit = nextCommit(stream, history, { events: [event], actor, effectiveAt, now })
  const entity = entityAt(body, history, commit.recordedAt)
  if (entity?.kind !== 'body') throw new RegistryError('not-found', 'no such issuer')
  await check(entity, commit.recordedAt)
  await store.append(commit)
}

function requireGrant(body: Entity, grant: string): Grant {
  const found = body.grants.find(({ id }) => id === grant)
  if (found === undefined) throw new RegistryError('not-found', 'no such accreditation')
  return found
}

function requireNewGrant(body: Entity, grant: string): void {
  if (body.grants.some(({ id }) => id === grant))
    throw new RegistryError('conflict', 'an accreditation of this id is recorded already')
}

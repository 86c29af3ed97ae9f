import { requireUnilateralRoom } from '../status/brake.ts'
import { type CommitStore, nextCommit, readingOf, streams, writingFor } from '../stream.ts'
import { type Entity, EVERYTHING, type Grant } from '../trust/entity.ts'
import { type Grounds, groundsOf, statedGrounds, type TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { grantState } from '../trust/grant.ts'
import { requireMember } from '../trust/members.ts'
import { decidesAbout, noSuchGrant, requireGrant, suspendAccreditation } from './accredit.ts'
import type { DecideDeps, DecideReader } from './decide-deps.ts'
import { suspendKey } from './keys.ts'
import { requireFullOversight } from './overseers.ts'

/**
 * A store that counts each commit against the officer's hourly limit before it writes the commit. A request that is refused or
 * changes nothing writes no commit, so it does not count (I72).
 */
const countingFor = (actor: string, { store, now }: DecideDeps): CommitStore => ({
  ...readingOf(store),
  async append(commit) {
    await requireUnilateralRoom({ effect: `${commit.stream}/${commit.number}`, actor }, { store, now })
    return store.append(commit)
  },
})

/** Suspends one accreditation at once. One officer may do it alone, because it can be undone, at most twenty times an hour. */
export async function suspendByOfficer(
  request: { authority: string; subject: string; grantee: string; grant: string } & Grounds,
  deps: DecideDeps,
): Promise<void> {
  const { authority, subject, grantee, grant } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: deps.store })
  await suspendAccreditation(
    { grantee, grant, by: authority, ...groundsOf(request), actor: subject, effectiveAt: deps.now.toISOString() },
    { ...deps, store: countingFor(subject, deps) },
  )
}

/**
 * Suspends every active grant that the authority decides about, in one commit. The best of several grants counts, so a body is
 * suspended only when no grant is in force, now or on a later day. This is one action and does not count against the limit.
 * Returns the grants that it suspended. A grant that was already suspended, with no lift decided, stays as it is.
 */
export async function suspendAllByOfficer(
  request: { authority: string; subject: string; grantee: string; grant: string } & Grounds,
  deps: DecideDeps,
): Promise<string[]> {
  const { authority, subject, grantee, grant: named } = request
  const { store, now } = deps
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: store })
  const moment = now.toISOString()
  const stream = streams.trust(grantee)
  const history = await store.read<TrustEvent>(stream)
  const entity = entityAt(grantee, history, EVERYTHING)
  // An authority that may not decide about the named grant gets the same answer as for a grant that does not exist.
  if (entity === undefined) throw noSuchGrant()
  await requireGrant(entity, named, authority, deps)
  const grants = await activeGrants(entity, authority, deps)
  const events = grants.map(
    (grant): TrustEvent => ({ type: 'accreditation-suspended', grant, by: authority, ...groundsOf(request) }),
  )
  if (events.length > 0)
    await store.append(
      nextCommit(stream, history, { events, actor: subject, effectiveAt: moment, now, index: 'TRUST' }),
    )
  return grants
}

/** Ids of the grants that the authority decides about and that are in force now or on a later day. */
export async function activeGrants(entity: Entity, authority: string, deps: DecideReader): Promise<string[]> {
  const grants: string[] = []
  for (const grant of entity.grants)
    if (willBeActive(grant, deps.now.toISOString()) && (await decidesAbout(entity, grant, authority, deps)))
      grants.push(grant.id)
  return grants
}

/** True if the grant is in force, or if a recorded decision brings it into force later. */
function willBeActive(grant: Grant, moment: string): boolean {
  const { in: state } = grantState(grant, moment)
  if (state === 'withdrawal') return false
  return state === 'force' || state === 'future' || grant.changes.some(({ effectiveAt }) => effectiveAt > moment)
}

/** Suspends a key of a body at once, by one officer alone. It counts against the same twenty actions an hour (I72). */
export async function suspendKeyByOfficer(
  request: { authority: string; subject: string; issuer: string; kid: string } & Partial<Grounds>,
  deps: DecideDeps,
): Promise<void> {
  const { authority, subject, issuer, kid } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: deps.store })
  await requireFullOversight(authority, issuer, deps)
  await suspendKey(
    { id: issuer, kid, ...statedGrounds(request), actor: subject },
    { store: writingFor(countingFor(subject, deps), { by: authority }), now: deps.now },
  )
}

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
 * What is written through it counts for its officer, before it is written: the very commit, so what changes nothing, or is refused,
 * takes no room (I72).
 */
const countingFor = (actor: string, { store, now }: DecideDeps): CommitStore => ({
  ...readingOf(store),
  async append(commit) {
    await requireUnilateralRoom({ effect: `${commit.stream}/${commit.number}`, actor }, { store, now })
    return store.append(commit)
  },
})

/** What one officer may do alone, twenty times an hour: take trust away, at once, in a way that can be undone. */
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
 * All that the authority decides about, in one commit: of several grants the best one speaks, so a body is suspended when none is left
 * to speak for it, now or on a day to come. It is one act, which is not counted. Answers the grants that it suspended; those that were
 * suspended already, and whose lift nobody has decided, stay so.
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
  // Whoever may not decide about the one that is named is told the same as of one that does not exist.
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

/** What speaks for it of which the authority decides, now or on a day to come. */
export async function activeGrants(entity: Entity, authority: string, deps: DecideReader): Promise<string[]> {
  const grants: string[] = []
  for (const grant of entity.grants)
    if (willBeActive(grant, deps.now.toISOString()) && (await decidesAbout(entity, grant, authority, deps)))
      grants.push(grant.id)
  return grants
}

/** In force, or brought into force later by what is decided already. */
function willBeActive(grant: Grant, moment: string): boolean {
  const { in: state } = grantState(grant, moment)
  if (state === 'withdrawal') return false
  return state === 'force' || state === 'future' || grant.changes.some(({ effectiveAt }) => effectiveAt > moment)
}

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

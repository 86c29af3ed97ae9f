import { findRepeats, type ProposedChange, requireProposal } from '@sijil/registry/decisions'
import { grantState } from '@sijil/registry/trust'
import type { GrantInState, ShownAffected, ShownChange, ShownCoverage, ShownRepeats } from '@sijil/web'
import { affectedBy } from './affected.ts'
import { coverageView } from './coverage.ts'
import { type CatalogueDeps, type DeskDeps, findEntity, namedOf, type Office } from './office.ts'
import { shownChange, shownGrant } from './shown-change.ts'

/** A change that one officer makes alone, at once. */
export type UnilateralChange =
  | { verb: 'suspend-key'; issuer: string; kid: string; basis?: string; reason?: string }
  | { verb: 'suspend-list'; registry: string; basis: string }

export const isUnilateral = (change: ProposedChange | UnilateralChange): change is UnilateralChange =>
  change.verb === 'suspend-key' || change.verb === 'suspend-list'

interface Checked {
  change: ShownChange
  affected: ShownAffected
  repeats: ShownRepeats
  coverage?: ShownCoverage
}

/** What an officer is about to propose or to do, in the words that a second officer would read, and what it would repeat. */
export async function checkView(
  { authority }: Office,
  change: ProposedChange | UnilateralChange,
  deps: CatalogueDeps,
): Promise<Checked> {
  if (isUnilateral(change)) {
    const shown = await shownAtOnce(change, authority.id, deps)
    const affected = change.verb === 'suspend-key' ? 'suspended-key' : 'suspended-list'
    return { change: shown, affected, repeats: { proposals: [], grants: [] } }
  }
  const coverage = await coverageView(change, authority.id, deps)
  return {
    change: await shownChange(change, authority.id, deps),
    ...(coverage && { coverage }),
    affected: await affectedBy(change, deps),
    repeats: await repeatsView(change, authority.id, deps),
  }
}

async function shownAtOnce(change: UnilateralChange, authority: string, deps: DeskDeps): Promise<ShownChange> {
  const basis = [change.basis, change.verb === 'suspend-key' ? change.reason : undefined].filter(Boolean).join(': ')
  const stated = basis === '' ? {} : { basis }
  return change.verb === 'suspend-key'
    ? { verb: change.verb, about: await namedOf(change.issuer, deps), key: { kid: change.kid }, ...stated }
    : { verb: change.verb, about: await namedOf(authority, deps), list: { registry: change.registry }, ...stated }
}

async function repeatsView(change: ProposedChange, authority: string, deps: DeskDeps): Promise<ShownRepeats> {
  const found = await findRepeats(change, authority, deps)
  const proposals = await Promise.all(
    found.proposals.map(async (id) => {
      const proposal = await requireProposal(authority, id, deps.store, deps.now)
      return { id, endsAt: proposal.endsAt, change: await shownChange(proposal.change, authority, deps) }
    }),
  )
  const grants = 'grantee' in change ? await grantsInState(change.grantee, found.grants, deps) : []
  return { proposals, grants }
}

/** The named grants of an entity, with their states. */
export async function grantsInState(grantee: string, ids: readonly string[], deps: DeskDeps): Promise<GrantInState[]> {
  const moment = deps.now.toISOString()
  const entity = await findEntity(grantee, deps)
  const grants = (entity?.grants ?? []).filter(({ id }) => ids.includes(id))
  return Promise.all(
    grants.map(async (grant) => ({
      ...(await shownGrant(grantee, grant, deps)),
      state: grantState(grant, moment).in,
    })),
  )
}

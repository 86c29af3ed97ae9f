import { countAffected } from '@sijil/registry/certificates'
import {
  isFreshSignIn,
  listProposals,
  type Proposal,
  type ProposedChange,
  requireProposal,
} from '@sijil/registry/decisions'
import { countSignedBy } from '@sijil/registry/log'
import type { ProposalsValues, ProposalValues, ShownAffected } from '@sijil/web'
import { type DeskDeps, namedEntity, type Office } from './office.ts'
import { shownAffected, shownChange } from './shown-change.ts'

/** Most proposals that are read. They end after thirty days, so an open one rarely has so many newer ones before it. */
const MOST_LISTED = 200
const PER_PAGE = 100

const MOST_DECIDED = 50

/** All proposals that wait for a second officer, and the newest decided ones. */
export async function proposalsView({ authority, roles }: Office, deps: DeskDeps): Promise<ProposalsValues> {
  const { found, isPart } = await newest(authority.id, deps)
  const proposals = await Promise.all(
    listedOf(found).map(async ({ commits: _, ...proposal }) => ({
      ...proposal,
      change: await shownChange(proposal.change, authority.id, deps),
    })),
  )
  return {
    authority: namedEntity(authority),
    proposals,
    isPart: isPart || proposals.length < found.length,
    mayPropose: roles.includes('propose'),
  }
}

async function newest(authority: string, { store, now }: DeskDeps): Promise<{ found: Proposal[]; isPart: boolean }> {
  const found: Proposal[] = []
  let after: string | undefined
  do {
    const page = { authority, limit: PER_PAGE, ...(after && { after }) }
    const { proposals, next } = await listProposals(page, { reader: store, now })
    found.push(...proposals)
    after = next
  } while (after !== undefined && found.length < MOST_LISTED)
  return { found, isPart: after !== undefined }
}

function listedOf(found: readonly Proposal[]): Proposal[] {
  let decided = 0
  return found.filter(({ state }) => state === 'open' || state === 'approved' || decided++ < MOST_DECIDED)
}

/** One proposal in its present state, and whether this officer may approve it. */
export async function proposalView(
  { authority, roles }: Office,
  id: string,
  { subject, signedInAt, ...deps }: DeskDeps & { subject: string; signedInAt: Date },
): Promise<ProposalValues> {
  const { commits: _, ...proposal } = await requireProposal(authority.id, id, deps.store, deps.now)
  const { change, proposedBy, state } = proposal
  const mayApprove = !roles.includes('approve')
    ? 'role'
    : proposedBy === subject
      ? 'own'
      : isFreshSignIn(signedInAt, deps.now)
        ? 'yes'
        : 'fresh'
  return {
    authority: namedEntity(authority),
    proposal: { ...proposal, change: await shownChange(change, authority.id, deps) },
    ...((state === 'open' || state === 'approved') && { affected: await affectedBy(change, deps) }),
    mayApprove,
  }
}

async function affectedBy(change: ProposedChange, { store }: DeskDeps): Promise<ShownAffected> {
  switch (change.verb) {
    case 'amend':
    case 'lift':
    case 'join':
    case 'withdraw': {
      const { grantee: issuer, grant } = change
      const since = change.verb === 'withdraw' ? { since: change.effectiveAt } : {}
      return shownAffected(await countAffected({ issuer, grant, ...since }, { store }))
    }
    case 'revoke-certificate':
    case 'reinstate-certificate':
      return 'single'
    case 'accept-list':
      return 'list'
    case 'retire-key':
    case 'resume-key':
      return 'key'
    case 'compromise-key': {
      const { affected: signed, witnessed, atLeast } = await countSignedBy(change, { store })
      return { signed, witnessed, ...(atLeast && { atLeast }) }
    }
    // The page shows the change. No certificate rests on a new key or a new body.
    default:
      return 'new'
  }
}

import { isFreshSignIn, isPromotionOf, listProposals, type Proposal, requireProposal } from '@sijil/registry/decisions'
import type { ProposalsValues, ProposalValues } from '@sijil/web'
import { affectedBy } from './affected.ts'
import { coverageView } from './coverage.ts'
import { type CatalogueDeps, type DeskDeps, namedEntity, type Office } from './office.ts'
import { shownChange } from './shown-change.ts'

/** Most proposals that are read. They end after thirty days, so an open one rarely has so many newer ones before it. */
const MOST_LISTED = 200
const PER_PAGE = 100

const MOST_DECIDED = 50

/** All proposals that wait for a second officer, and the newest decided ones. */
export async function proposalsView(office: Office, deps: DeskDeps): Promise<ProposalsValues> {
  const { authority, roles } = office
  return {
    authority: namedEntity(authority),
    ...(await listedProposals(office, deps)),
    mayPropose: roles.includes('propose'),
  }
}

export async function listedProposals(
  { authority }: Pick<Office, 'authority'>,
  deps: DeskDeps,
): Promise<Pick<ProposalsValues, 'proposals' | 'isPart'>> {
  const { found, isPart } = await newest(authority.id, deps)
  const proposals = await Promise.all(
    listedOf(found).map(async ({ commits: _, ...proposal }) => ({
      ...proposal,
      change: await shownChange(proposal.change, authority.id, deps),
    })),
  )
  return { proposals, isPart: isPart || proposals.length < found.length }
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
  { subject, signedInAt, ...deps }: CatalogueDeps & { subject: string; signedInAt: Date },
): Promise<ProposalValues> {
  const { commits: _, ...proposal } = await requireProposal(authority.id, id, deps.store, deps.now)
  const { change, proposedBy, state } = proposal
  const mayApprove = !roles.includes('approve')
    ? 'role'
    : proposedBy === subject
      ? 'own'
      : (await isPromotionOf(subject, change, deps.store))
        ? 'promotion'
        : isFreshSignIn(signedInAt, deps.now)
          ? 'yes'
          : 'fresh'
  const isOpen = state === 'open' || state === 'approved'
  const coverage = isOpen ? await coverageView(change, authority.id, deps) : undefined
  return {
    authority: namedEntity(authority),
    proposal: { ...proposal, change: await shownChange(change, authority.id, deps) },
    ...(isOpen && { affected: await affectedBy(change, deps) }),
    ...(coverage && { coverage }),
    mayApprove,
  }
}

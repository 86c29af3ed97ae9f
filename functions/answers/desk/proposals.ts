import { route, type SignedIn } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { isFreshSignIn, requireProposal } from '@sijil/registry/decisions'
import {
  type DeskProblem,
  deskPath,
  type ProposalValues,
  proposalPage,
  proposalsPage,
  type ShownAffected,
} from '@sijil/web'
import type { Deciding, ShownProposal } from '../deciding.ts'
import { approveInput, rejectInput } from '../decision-inputs.ts'
import { page } from '../pages/parts.ts'
import {
  type DeskParts,
  type DeskRequest,
  deskContext,
  namedEntity,
  orReturned,
  requireOffice,
  seeOther,
} from './parts.ts'
import { shownAffected, shownChange } from './shown-change.ts'

/** Proposals end after thirty days: an open one is hardly ever behind so many newer ones. */
const MOST_LISTED = 200
const PER_PAGE = 100

const MOST_DECIDED = 50

/** What could be carried out when it was proposed, and perhaps cannot be by now. */
const notAnyMore = [
  'validation-failed',
  'conflict',
  'write-conflict',
  'not-found',
  'type-not-in-scope',
  'issuer-not-accredited',
  'issuer-suspended',
] as const

/** Whatever still waits, and of the rest the newest. */
function listedOf(found: readonly ShownProposal[]): ShownProposal[] {
  let decided = 0
  return found.filter(({ state }) => state === 'open' || state === 'approved' || decided++ < MOST_DECIDED)
}

/** What waits for a second officer, what was decided, and the two buttons. */
export const proposalsAnswers = (parts: DeskParts, verbs: Deciding) => {
  const newest = async (authority: string): Promise<{ found: ShownProposal[]; isPart: boolean }> => {
    const found: ShownProposal[] = []
    let after: string | undefined
    do {
      const { proposals, next } = await verbs.list(authority, { limit: PER_PAGE, ...(after && { after }) })
      found.push(...proposals)
      after = next
    } while (after !== undefined && found.length < MOST_LISTED)
    return { found, isPart: after !== undefined }
  }

  /** Everything that the page shows, as it stands now. */
  const valuesOf = async (authority: string, id: string, caller: SignedIn): Promise<ProposalValues> => {
    const office = await requireOffice(authority, caller, parts)
    const proposal = await requireProposal(authority, id, parts.store, parts.clock())
    const { change, proposedBy, state } = proposal
    const mayApprove = !office.roles.includes('approve')
      ? 'role'
      : proposedBy === caller.subject
        ? 'own'
        : isFreshSignIn(caller.signedInAt, parts.clock())
          ? 'yes'
          : 'fresh'
    const { commits: _, ...rest } = proposal
    return {
      authority: namedEntity(office.authority),
      proposal: { ...rest, change: await shownChange(change, authority, parts) },
      ...((state === 'open' || state === 'approved') && { affected: await affectedBy(change) }),
      mayApprove,
    }
  }

  const affectedBy = async (change: ShownProposal['change']): Promise<ShownAffected> => {
    switch (change.verb) {
      case 'amend':
      case 'lift':
      case 'join':
        return shownAffected(await verbs.countUnder(change))
      case 'withdraw':
        return shownAffected(await verbs.countUnder({ ...change, since: change.effectiveAt }))
      case 'revoke-certificate':
      case 'reinstate-certificate':
        return 'single'
      case 'accept-list':
        return 'list'
      case 'retire-key':
      case 'resume-key':
        return 'key'
      case 'compromise-key': {
        const { affected: signed, witnessed, atLeast } = await verbs.countSigned(change)
        return { signed, witnessed, ...(atLeast && { atLeast }) }
      }
      // Shown, and nothing rests on it; a new key has signed nothing yet; who comes in has issued nothing.
      default:
        return 'new'
    }
  }

  const shown = async (asked: DeskRequest, authority: string, id: string, more: Pick<ProposalValues, 'problem'> = {}) =>
    proposalPage(
      { ...(await valuesOf(authority, id, asked.caller)), ...more },
      deskContext(asked, deskPath(authority, 'proposals', id), parts),
    )

  /** It was approved, and something in the registry no longer fits it: so says the page. Before that, what is not found is not here. */
  const asItStands = async (asked: DeskRequest, authority: string, id: string, problem: DeskProblem) => {
    const values = await valuesOf(authority, id, asked.caller)
    if (problem.code === 'not-found' && values.proposal.state === 'open')
      throw new RegistryError('not-found', 'no such proposal')
    const said = problem.code === 'not-found' ? { ...problem, code: 'conflict' } : problem
    return proposalPage({ ...values, problem: said }, deskContext(asked, deskPath(authority, 'proposals', id), parts))
  }

  type OfOne = { authority: string; id: string }
  return {
    'GET /desk/authorities/{authority}': route<{ authority: string }, SignedIn>({
      async answer(asked) {
        const { authority } = asked.params
        const office = await requireOffice(authority, asked.caller, parts)
        const { found, isPart } = await newest(authority)
        const proposals = await Promise.all(
          listedOf(found).map(async (proposal) => ({
            ...proposal,
            change: await shownChange(proposal.change, authority, parts),
          })),
        )
        const isShort = isPart || proposals.length < found.length
        const values = { authority: namedEntity(office.authority), proposals, isPart: isShort }
        const mayPropose = office.roles.includes('propose')
        return page(proposalsPage({ ...values, mayPropose }, deskContext(asked, deskPath(authority), parts)))
      },
    }),

    'GET /desk/authorities/{authority}/proposals/{id}': route<OfOne, SignedIn>({
      answer: async (asked) => page(await shown(asked, asked.params.authority, asked.params.id)),
    }),

    'POST /desk/authorities/{authority}/proposals/{id}/approve': route<OfOne, SignedIn, { hash: string }>({
      body: 'form',
      input: approveInput,
      answer: (asked) => {
        const { authority, id } = asked.params
        const { subject, signedInAt } = asked.caller
        return orReturned(
          async () => {
            await verbs.approve({ authority, subject, signedInAt }, id, asked.input.hash)
            return seeOther(deskPath(authority, 'proposals', id), asked)
          },
          (problem) => asItStands(asked, authority, id, problem),
          { ...parts, codes: notAnyMore },
        )
      },
    }),

    'POST /desk/authorities/{authority}/proposals/{id}/reject': route<OfOne, SignedIn, { why?: string | undefined }>({
      body: 'form',
      input: rejectInput,
      answer: (asked) => {
        const { authority, id } = asked.params
        return orReturned(
          async () => {
            await verbs.reject({ authority, subject: asked.caller.subject }, id, asked.input.why)
            return seeOther(deskPath(authority, 'proposals', id), asked)
          },
          (problem) => shown(asked, authority, id, { problem }),
          parts,
        )
      },
    }),
  }
}

import { route, type SignedIn } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { proposalsView, proposalView, requireOffice } from '@sijil/views/desk'
import { type DeskProblem, deskPath, type ProposalValues, proposalPage, proposalsPage } from '@sijil/web'
import { approveInput, rejectInput } from '../decision-inputs.ts'
import type { DecideDeps } from '../officer-verbs.ts'
import { page } from '../pages/parts.ts'
import { atNow, type DeskParts, type DeskRequest, deskContext, orReturned, seeOther } from './parts.ts'

/** Problems of a proposal that could be carried out when it was proposed, but no longer can. */
const notAnyMore = [
  'validation-failed',
  'conflict',
  'write-conflict',
  'not-found',
  'type-not-in-scope',
  'issuer-not-accredited',
  'issuer-suspended',
] as const

/** The list of open and decided proposals, and the page of one proposal with its buttons to approve and to reject. */
export const proposalsAnswers = (parts: DeskParts, verbs: DecideDeps) => {
  const valuesOf = async (
    authority: string,
    id: string,
    { subject, signedInAt }: SignedIn,
  ): Promise<ProposalValues> => {
    const deps = atNow(parts)
    const office = await requireOffice(authority, subject, deps)
    return proposalView(office, id, { ...deps, subject, signedInAt })
  }

  const shown = async (asked: DeskRequest, authority: string, id: string, more: Pick<ProposalValues, 'problem'> = {}) =>
    proposalPage(
      { ...(await valuesOf(authority, id, asked.caller)), ...more },
      deskContext(asked, deskPath(authority, 'proposals', id), parts),
    )

  /**
   * The page of a proposal that could not be carried out. After the approval, `not-found` means that the registry has changed, so the page
   * shows a conflict. While the proposal is open, `not-found` is answered as it is.
   */
  const asItStands = async (asked: DeskRequest, authority: string, id: string, problem: DeskProblem) => {
    const values = await valuesOf(authority, id, asked.caller)
    if (problem.code === 'not-found' && values.proposal.state === 'open')
      throw new RegistryError('not-found', 'no such proposal')
    const stated = problem.code === 'not-found' ? { ...problem, code: 'conflict' } : problem
    return proposalPage({ ...values, problem: stated }, deskContext(asked, deskPath(authority, 'proposals', id), parts))
  }

  type OfOne = { authority: string; id: string }
  return {
    'GET /desk/authorities/{authority}': route<{ authority: string }, SignedIn>({
      async answer(asked) {
        const { authority } = asked.params
        const deps = atNow(parts)
        const values = await proposalsView(await requireOffice(authority, asked.caller.subject, deps), deps)
        return page(proposalsPage(values, deskContext(asked, deskPath(authority), parts)))
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
        return orReturned(
          async () => {
            await verbs.approve({ authority, caller: asked.caller }, id, asked.input.hash)
            return seeOther(deskPath(authority, 'proposals', id), asked)
          },
          (problem) => asItStands(asked, authority, id, problem),
          { ...parts, wants: asked.wants, codes: notAnyMore },
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
          { ...parts, wants: asked.wants },
        )
      },
    }),
  }
}

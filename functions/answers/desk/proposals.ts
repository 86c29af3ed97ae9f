import { type Answer, route, type SignedIn } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { proposalsView, proposalView, requireOffice, requireOfficeAt } from '@sijil/views/desk'
import {
  type DeskKind,
  type DeskProblem,
  deskPath,
  deskPathOf,
  type ProposalValues,
  proposalPage,
  proposalsPage,
} from '@sijil/web'
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

/** One proposal: whose it is, and its id. */
interface Place {
  desk: DeskKind
  owner: string
  id: string
}

/** The page of one proposal with its buttons to approve and to reject, at the desk of authorities and at that of bodies. */
const proposalAt = (parts: DeskParts, verbs: DecideDeps) => {
  const pathOf = ({ desk, owner, id }: Place) => deskPathOf(desk, owner, 'proposals', id)

  const valuesOf = async ({ desk, owner, id }: Place, { subject, signedInAt }: SignedIn): Promise<ProposalValues> => {
    const deps = atNow(parts)
    const office = await requireOfficeAt(desk, owner, subject, deps)
    return proposalView(office, id, { ...deps, subject, signedInAt })
  }

  const shown = async (asked: DeskRequest, place: Place, more: Pick<ProposalValues, 'problem'> = {}) =>
    proposalPage({ ...(await valuesOf(place, asked.caller)), ...more }, deskContext(asked, pathOf(place), parts))

  /**
   * The page of a proposal that could not be carried out. After the approval, `not-found` means that the registry has changed, so the page
   * shows a conflict. While the proposal is open, `not-found` is answered as it is.
   */
  const asItStands = async (asked: DeskRequest, place: Place, problem: DeskProblem) => {
    const values = await valuesOf(place, asked.caller)
    if (problem.code === 'not-found' && values.proposal.state === 'open')
      throw new RegistryError('not-found', 'no such proposal')
    const stated = problem.code === 'not-found' ? { ...problem, code: 'conflict' } : problem
    return proposalPage({ ...values, problem: stated }, deskContext(asked, pathOf(place), parts))
  }

  return {
    show: async (asked: DeskRequest, place: Place): Promise<Answer> => page(await shown(asked, place)),
    approve: (asked: DeskRequest, place: Place, hash: string): Promise<Answer> =>
      orReturned(
        async () => {
          await verbs.approve({ authority: place.owner, caller: asked.caller }, place.id, hash)
          return seeOther(pathOf(place), asked)
        },
        (problem) => asItStands(asked, place, problem),
        { ...parts, wants: asked.wants, codes: notAnyMore },
      ),
    reject: (asked: DeskRequest, place: Place, why: string | undefined): Promise<Answer> =>
      orReturned(
        async () => {
          await verbs.reject({ authority: place.owner, subject: asked.caller.subject }, place.id, why)
          return seeOther(pathOf(place), asked)
        },
        (problem) => shown(asked, place, { problem }),
        { ...parts, wants: asked.wants },
      ),
  }
}

type OfAuthority = { authority: string; id: string }
type OfBody = { issuer: string; id: string }
const ofAuthority = ({ authority, id }: OfAuthority): Place => ({ desk: 'authorities', owner: authority, id })
const ofBody = ({ issuer, id }: OfBody): Place => ({ desk: 'issuers', owner: issuer, id })

type Approval = { hash: string }
type Rejection = { why?: string | undefined }

/** The list of open and decided proposals of an authority, and the page of each proposal. */
export const proposalsAnswers = (parts: DeskParts, verbs: DecideDeps) => {
  const proposal = proposalAt(parts, verbs)
  return {
    'GET /desk/authorities/{authority}': route<{ authority: string }, SignedIn>({
      async answer(asked) {
        const { authority } = asked.params
        const deps = atNow(parts)
        const values = await proposalsView(await requireOffice(authority, asked.caller.subject, deps), deps)
        return page(proposalsPage(values, deskContext(asked, deskPath(authority), parts)))
      },
    }),

    'GET /desk/authorities/{authority}/proposals/{id}': route<OfAuthority, SignedIn>({
      answer: (asked) => proposal.show(asked, ofAuthority(asked.params)),
    }),
    'POST /desk/authorities/{authority}/proposals/{id}/approve': route<OfAuthority, SignedIn, Approval>({
      body: 'form',
      input: approveInput,
      answer: (asked) => proposal.approve(asked, ofAuthority(asked.params), asked.input.hash),
    }),
    'POST /desk/authorities/{authority}/proposals/{id}/reject': route<OfAuthority, SignedIn, Rejection>({
      body: 'form',
      input: rejectInput,
      answer: (asked) => proposal.reject(asked, ofAuthority(asked.params), asked.input.why),
    }),

    'GET /desk/issuers/{issuer}/proposals/{id}': route<OfBody, SignedIn>({
      answer: (asked) => proposal.show(asked, ofBody(asked.params)),
    }),
    'POST /desk/issuers/{issuer}/proposals/{id}/approve': route<OfBody, SignedIn, Approval>({
      body: 'form',
      input: approveInput,
      answer: (asked) => proposal.approve(asked, ofBody(asked.params), asked.input.hash),
    }),
    'POST /desk/issuers/{issuer}/proposals/{id}/reject': route<OfBody, SignedIn, Rejection>({
      body: 'form',
      input: rejectInput,
      answer: (asked) => proposal.reject(asked, ofBody(asked.params), asked.input.why),
    }),
  }
}

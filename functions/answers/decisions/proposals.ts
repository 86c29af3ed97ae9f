import { createPageToken, readPage, route } from '@sijil/http'
import { approveProposal, listProposals, type Proposal, rejectProposal, requireMember } from '@sijil/registry'
import { approveInput, rejectInput } from '../decision-inputs.ts'
import { bodyOf, type Deciders, type Decisions, withAffected } from './proposing.ts'

/** Certificates that one list looks through for all of its withdrawals together; what is beyond is said as "at least". */
const LOOK_THROUGH = 2_000

const isWithdrawal = ({ change }: Proposal) => change.verb === 'withdraw'

/** What was proposed, and the second officer's word. */
export const proposalDecisions = ({ needs }: Deciders) =>
  ({
    'GET /authorities/{authority}/proposals': route({
      async answer({ params: { authority }, caller: { subject }, query }) {
        const deciding = needs()
        const reading = { reader: deciding.store, now: deciding.now }
        await requireMember({ owner: authority, subject, role: 'propose' }, reading)
        const question = { index: `PROPOSALS#${authority}` }
        const { proposals, next } = await listProposals({ authority, ...readPage(query, question) }, reading)
        const share = Math.ceil(LOOK_THROUGH / Math.max(1, proposals.filter(isWithdrawal).length))
        const listed = await Promise.all(proposals.map((proposal) => withAffected(proposal, deciding, share)))
        return {
          status: 200,
          body: { proposals: listed, ...(next && { next: createPageToken(next, question) }) },
        }
      },
    }),
    'POST /authorities/{authority}/proposals/{id}/approve': route({
      input: approveInput,
      answer: async ({ params: { authority, id }, caller: { subject, signedInAt }, input: { hash } }) => ({
        status: 200,
        body: await withAffected(await approveProposal({ authority, id, subject, hash, signedInAt }, needs()), needs()),
      }),
    }),
    'POST /authorities/{authority}/proposals/{id}/reject': route({
      input: rejectInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input: { why } }) => ({
        status: 200,
        body: bodyOf(await rejectProposal({ authority, id, subject, ...(why && { why }) }, needs())),
      }),
    }),
  }) satisfies Partial<Decisions>

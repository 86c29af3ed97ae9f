import { createPageToken, readPage, route } from '@sijil/http'
import { listGiven, requireOfficer } from '@sijil/registry/trust'
import { approveInput, rejectInput } from '../decision-inputs.ts'
import type { ShownProposal } from '../officer-verbs.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** Limit of certificates that one list counts, for all its withdrawals and compromises together. Beyond it, a number is given as "at least". */
const LOOK_THROUGH = 2_000

const isCounted = ({ change }: ShownProposal) => change.verb === 'withdraw' || change.verb === 'compromise-key'

/** The list of proposals, and the decision of the second officer. */
export const proposalDecisions = ({ deps, verbs }: Deciders) =>
  ({
    'GET /authorities/{authority}/proposals': route({
      knows: ['limit', 'page'],
      async answer({ params: { authority }, caller: { subject }, query }) {
        await requireOfficer({ owner: authority, subject }, { reader: deps().store })
        const question = { index: `PROPOSALS#${authority}` }
        const { proposals, next } = await verbs.list(authority, readPage(query, question))
        const counted = proposals.filter(isCounted).length
        // The grants below each grant are found among all given grants, which are read once for the whole list.
        const isGiven = proposals.some(({ change }) => change.verb === 'withdraw')
        const how = {
          ...(counted > 0 && { lookThrough: Math.ceil(LOOK_THROUGH / counted) }),
          ...(isGiven && { given: await listGiven(deps().store) }),
        }
        const listed = await Promise.all(proposals.map((proposal) => verbs.withAffected(proposal, how)))
        return {
          status: 200,
          body: { proposals: listed, ...(next && { next: createPageToken(next, question) }) },
        }
      },
    }),
    'POST /authorities/{authority}/proposals/{id}/approve': route({
      input: approveInput,
      answer: async ({ params: { authority, id }, caller, input: { hash } }) => ({
        status: 200,
        body: await verbs.approve({ authority, caller }, id, hash),
      }),
    }),
    'POST /authorities/{authority}/proposals/{id}/reject': route({
      input: rejectInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input: { why } }) => ({
        status: 200,
        body: await verbs.reject({ authority, subject }, id, why),
      }),
    }),
  }) satisfies Partial<Decisions>

import { createPageToken, readPage, route } from '@sijil/http'
import { requireOfficer } from '@sijil/registry/trust'
import { retireQualificationInput, stateEditionInput, stateQualificationInput } from '../catalogue-inputs.ts'
import { approveInput, rejectInput } from '../decision-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** What a body or an authority states about its own qualifications. Two of its own officers decide it. */
export const qualificationDecisions = ({ deps, verbs, propose, chance }: Deciders) =>
  ({
    'POST /issuers/{issuer}/qualifications': route({
      input: stateQualificationInput,
      answer: ({ params: { issuer }, caller: { subject }, input }) =>
        propose(issuer, subject, proposedChanges['state-qualification']({ issuer }, input, chance())),
    }),
    'POST /issuers/{issuer}/qualifications/{id}/editions': route({
      input: stateEditionInput,
      answer: ({ params: { issuer, id }, caller: { subject }, input }) =>
        propose(issuer, subject, proposedChanges['state-edition']({ qualification: id }, input, chance())),
    }),
    'POST /issuers/{issuer}/qualifications/{id}/retire': route({
      input: retireQualificationInput,
      answer: ({ params: { issuer, id }, caller: { subject }, input }) =>
        propose(issuer, subject, proposedChanges['retire-qualification']({ qualification: id }, input, chance())),
    }),
    'GET /issuers/{issuer}/qualifications/proposals': route({
      knows: ['limit', 'page'],
      async answer({ params: { issuer }, caller: { subject }, query }) {
        await requireOfficer({ owner: issuer, subject }, { reader: deps().store })
        const question = { index: `PROPOSALS#${issuer}` }
        const { proposals, next } = await verbs.list(issuer, readPage(query, question))
        return { status: 200, body: { proposals, ...(next && { next: createPageToken(next, question) }) } }
      },
    }),
    'POST /issuers/{issuer}/qualifications/proposals/{id}/approve': route({
      input: approveInput,
      answer: async ({ params: { issuer, id }, caller, input: { hash } }) => ({
        status: 200,
        body: await verbs.approve({ authority: issuer, caller }, id, hash),
      }),
    }),
    'POST /issuers/{issuer}/qualifications/proposals/{id}/reject': route({
      input: rejectInput,
      answer: async ({ params: { issuer, id }, caller: { subject }, input: { why } }) => ({
        status: 200,
        body: await verbs.reject({ authority: issuer, subject }, id, why),
      }),
    }),
  }) satisfies Partial<Decisions>

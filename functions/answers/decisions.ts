import { type Answer, type Answers, createPageToken, readPage, route } from '@sijil/http'
import { type ProposedChange, requireMember, suspendKeyByOfficer } from '@sijil/registry'
import type { RouteRowOf } from '../routes.ts'
import { type DecisionParts, deciding, type ShownProposal, startOf } from './deciding.ts'
import {
  accreditInput,
  addKeyInput,
  amendInput,
  approveInput,
  changeInput,
  compromiseInput,
  keyInput,
  memberInput,
  nothingInput,
  registerInput,
  rejectInput,
  revokeCertificateInput,
  succeedInput,
  suspendInput,
} from './decision-inputs.ts'
import { uuidOf } from './status.ts'
import { strict } from './strict.ts'

/** What adds trust, or cannot be taken back, is proposed by one officer and approved by another; suspending is one officer's, at once. */
export const decisionsAnswers = (parts: DecisionParts): Answers<RouteRowOf<'decisions'>[]> => {
  const verbs = deciding(parts)
  const { clock } = parts
  const propose = async (authority: string, subject: string, change: ProposedChange): Promise<Answer> =>
    proposed(await verbs.propose({ authority, subject }, change))
  return {
    'POST /authorities/{authority}/accreditations': route({
      input: accreditInput,
      answer: async ({ params: { authority }, caller: { subject }, input }) =>
        proposed(await verbs.accredit({ authority, subject }, input)),
    }),
    'POST /authorities/{authority}/accreditations/{id}/amend': route({
      input: amendInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input }) =>
        proposed(await verbs.amend({ authority, subject }, id, input)),
    }),
    'POST /authorities/{authority}/accreditations/{id}/suspend': route({
      input: suspendInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input: { basis } }) => ({
        status: 200,
        body: { id, state: 'suspended', ...(await verbs.suspend({ authority, subject }, id, basis)) },
      }),
    }),
    'POST /authorities/{authority}/accreditations/{id}/lift': route({
      input: changeInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input }) =>
        proposed(await verbs.change('lift', { authority, subject }, id, input)),
    }),
    'POST /authorities/{authority}/accreditations/{id}/withdraw': route({
      input: changeInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input }) =>
        proposed(await verbs.change('withdraw', { authority, subject }, id, input)),
    }),

    'GET /authorities/{authority}/proposals': route({
      async answer({ params: { authority }, caller: { subject }, query }) {
        await requireMember({ owner: authority, subject, role: 'propose' }, { reader: parts.store })
        const question = { index: `PROPOSALS#${authority}` }
        const { proposals, next } = await verbs.list(authority, readPage(query, question))
        return {
          status: 200,
          body: { proposals, ...(next && { next: createPageToken(next, question) }) },
        }
      },
    }),
    'POST /authorities/{authority}/proposals/{id}/approve': route({
      input: approveInput,
      answer: async ({ params: { authority, id }, caller: { subject, signedInAt }, input: { hash } }) => ({
        status: 200,
        body: await verbs.approve({ authority, subject, signedInAt }, id, hash),
      }),
    }),
    'POST /authorities/{authority}/proposals/{id}/reject': route({
      input: rejectInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input: { why } }) => ({
        status: 200,
        body: await verbs.reject({ authority, subject }, id, why),
      }),
    }),

    'POST /authorities/{authority}/credentials/{issuer}/{id}/revoke': route({
      input: revokeCertificateInput,
      answer: ({ params: { authority, issuer, id }, caller: { subject }, input: { reason } }) =>
        propose(authority, subject, { verb: 'revoke-certificate', issuer, certificate: uuidOf(id), reason }),
    }),
    'POST /authorities/{authority}/credentials/{issuer}/{id}/reinstate': route({
      input: nothingInput,
      answer: ({ params: { authority, issuer, id }, caller: { subject } }) =>
        propose(authority, subject, { verb: 'reinstate-certificate', issuer, certificate: uuidOf(id) }),
    }),

    'POST /authorities/{authority}/bodies': route({
      input: registerInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, { verb: 'register-body', ...strict(input) }),
    }),
    'POST /authorities/{authority}/centres': route({
      input: registerInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, { verb: 'register-centre', ...strict(input) }),
    }),
    'POST /authorities/{authority}/successions': route({
      input: succeedInput,
      answer: ({ params: { authority }, caller: { subject }, input: { effectiveFrom, ...said } }) =>
        propose(authority, subject, { verb: 'succeed', ...said, effectiveAt: startOf(effectiveFrom, clock()) }),
    }),
    'POST /authorities/{authority}/members': route({
      input: memberInput,
      answer: ({ params: { authority }, caller: { subject }, input: { owner = authority, ...member } }) =>
        propose(authority, subject, { verb: 'add-member', owner, ...member }),
    }),

    'POST /issuers/{issuer}/keys': route({
      input: addKeyInput,
      answer: ({ params: { issuer }, caller: { subject }, input: { authority = issuer, purpose, algorithm } }) =>
        propose(authority, subject, { verb: 'add-key', issuer, purpose, algorithm }),
    }),
    'POST /issuers/{issuer}/keys/{id}/suspend': route({
      input: keyInput,
      async answer({ params: { issuer, id: kid }, caller: { subject }, input: { authority = issuer } }) {
        await suspendKeyByOfficer({ authority, subject, issuer, kid }, verbs.needs())
        return { status: 200, body: { kid, state: 'suspended' } }
      },
    }),
    'POST /issuers/{issuer}/keys/{id}/resume': route({
      input: keyInput,
      answer: ({ params: { issuer, id: kid }, caller: { subject }, input: { authority = issuer } }) =>
        propose(authority, subject, { verb: 'resume-key', issuer, kid }),
    }),
    'POST /issuers/{issuer}/keys/{id}/retire': route({
      input: keyInput,
      answer: ({ params: { issuer, id: kid }, caller: { subject }, input: { authority = issuer } }) =>
        propose(authority, subject, { verb: 'retire-key', issuer, kid }),
    }),
    'POST /issuers/{issuer}/keys/{id}/compromise': route({
      input: compromiseInput,
      answer: ({ params: { issuer, id: kid }, caller: { subject }, input: { authority = issuer, compromisedFrom } }) =>
        propose(authority, subject, {
          verb: 'compromise-key',
          issuer,
          kid,
          compromisedFrom: new Date(compromisedFrom).toISOString(),
        }),
    }),
  }
}

const proposed = (body: ShownProposal): Answer => ({
  status: 202,
  headers: { location: `/authorities/${body.authority}/proposals` },
  body,
})

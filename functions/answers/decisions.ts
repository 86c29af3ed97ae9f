import { type Answer, type Answers, createPageToken, readPage, route } from '@sijil/http'
import {
  approveProposal,
  type CarryingOut,
  countAffected,
  listProposals,
  type Proposal,
  type ProposedChange,
  proposeChange,
  rejectProposal,
  requireMember,
  suspendByOfficer,
  suspendKeyByOfficer,
} from '@sijil/registry'
import type * as z from 'zod'
import type { RouteRowOf } from '../routes.ts'
import { acceptedListAnswers } from './accepted-lists.ts'
import { accreditationOf } from './accreditation-id.ts'
import {
  accreditInput,
  addKeyInput,
  amendInput,
  approveInput,
  certifyInput,
  changeInput,
  compromiseInput,
  keyInput,
  memberInput,
  nothingInput,
  registerBodyInput,
  registerInput,
  rejectInput,
  revokeCertificateInput,
  succeedInput,
  suspendInput,
} from './decision-inputs.ts'
import { uuidOf } from './status.ts'
import { strict } from './strict.ts'

type DecisionParts = Omit<CarryingOut, 'now'> & { newId: () => string; clock: () => Date }

/** What adds trust, or cannot be taken back, is proposed by one officer and approved by another; suspending is one officer's, at once. */
export const decisionsAnswers = ({ newId, clock, ...parts }: DecisionParts): Answers<RouteRowOf<'decisions'>[]> => {
  const needs = (): CarryingOut => ({ ...parts, now: clock() })
  const propose = async (authority: string, subject: string, change: ProposedChange): Promise<Answer> =>
    proposed(await withAffected(await proposeChange({ authority, subject, id: newId(), change }, needs())))
  /** What a withdrawal touches is said before it is approved, and again when it is done. */
  const withAffected = async (proposal: Proposal) => {
    const { change } = proposal
    const counted =
      change.verb === 'withdraw'
        ? await countAffected({ issuer: change.grantee, grant: change.grant }, needs())
        : undefined
    return { ...bodyOf(proposal), ...counted }
  }
  const changeOf = (
    verb: 'lift' | 'withdraw',
    id: string,
    { basis, effectiveFrom }: z.output<typeof changeInput>,
  ): ProposedChange => ({
    verb,
    ...accreditationOf(id),
    basis,
    effectiveAt: startOf(effectiveFrom, clock()),
  })
  return {
    'POST /authorities/{authority}/accreditations': route({
      input: accreditInput,
      answer({ params: { authority }, caller: { subject }, input }) {
        const { effectiveFrom, ...said } = strict(input)
        return propose(authority, subject, {
          verb: 'accredit',
          grant: newId().slice(0, 8),
          ...said,
          effectiveAt: startOf(effectiveFrom, clock()),
        })
      },
    }),
    'POST /authorities/{authority}/accreditations/{id}/amend': route({
      input: amendInput,
      answer({ params, caller: { subject }, input }) {
        const { effectiveFrom, ...said } = strict(input)
        return propose(params.authority, subject, {
          verb: 'amend',
          ...accreditationOf(params.id),
          ...said,
          effectiveAt: startOf(effectiveFrom, clock()),
        })
      },
    }),
    'POST /authorities/{authority}/accreditations/{id}/suspend': route({
      input: suspendInput,
      async answer({ params: { authority, id }, caller: { subject }, input }) {
        const { grantee, grant } = accreditationOf(id)
        await suspendByOfficer({ authority, subject, grantee, grant, basis: input.basis }, needs())
        return {
          status: 200,
          body: { id, state: 'suspended', ...(await countAffected({ issuer: grantee, grant }, needs())) },
        }
      },
    }),
    'POST /authorities/{authority}/accreditations/{id}/lift': route({
      input: changeInput,
      answer: ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(authority, subject, changeOf('lift', id, input)),
    }),
    'POST /authorities/{authority}/accreditations/{id}/withdraw': route({
      input: changeInput,
      answer: ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(authority, subject, changeOf('withdraw', id, input)),
    }),

    'GET /authorities/{authority}/proposals': route({
      async answer({ params: { authority }, caller: { subject }, query }) {
        await requireMember({ owner: authority, subject, role: 'propose' }, { reader: parts.store })
        const question = { index: `PROPOSALS#${authority}` }
        const { proposals, next } = await listProposals(
          { authority, ...readPage(query, question) },
          { reader: parts.store, now: clock() },
        )
        return {
          status: 200,
          body: { proposals: proposals.map(bodyOf), ...(next && { next: createPageToken(next, question) }) },
        }
      },
    }),
    'POST /authorities/{authority}/proposals/{id}/approve': route({
      input: approveInput,
      answer: async ({ params: { authority, id }, caller: { subject, signedInAt }, input: { hash } }) => ({
        status: 200,
        body: await withAffected(await approveProposal({ authority, id, subject, hash, signedInAt }, needs())),
      }),
    }),
    'POST /authorities/{authority}/proposals/{id}/reject': route({
      input: rejectInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input: { why } }) => ({
        status: 200,
        body: bodyOf(await rejectProposal({ authority, id, subject, ...(why && { why }) }, needs())),
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

    ...acceptedListAnswers({ needs, propose }),
    'POST /authorities/{authority}/bodies': route({
      input: registerBodyInput,
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
      answer: ({ params: { issuer }, caller: { subject }, input }) => {
        const { authority = issuer, purpose, algorithm, elsewhere } = input
        const change: ProposedChange = elsewhere
          ? { verb: 'add-key-elsewhere', issuer, key: { purpose, ...elsewhere } }
          : { verb: 'add-key', issuer, purpose, algorithm }
        return propose(authority, subject, change)
      },
    }),
    'POST /issuers/{issuer}/keys/{id}/certify': route({
      input: certifyInput,
      answer: ({ params: { issuer, id: kid }, caller: { subject }, input: { authority = issuer, x5c } }) =>
        propose(authority, subject, { verb: 'certify-key', issuer, kid, x5c }),
    }),
    'POST /issuers/{issuer}/keys/{id}/suspend': route({
      input: keyInput,
      async answer({ params: { issuer, id: kid }, caller: { subject }, input: { authority = issuer } }) {
        await suspendKeyByOfficer({ authority, subject, issuer, kid }, needs())
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

/** The beginning of a day. Of today only what is left of it: a decision reaches back to an earlier moment only where it names an earlier day. */
function startOf(day: string | undefined, now: Date): string {
  const moment = now.toISOString()
  return day === undefined || day === moment.slice(0, 10) ? moment : `${day}T00:00:00.000Z`
}

const proposed = (body: Pick<Proposal, 'authority'>): Answer => ({
  status: 202,
  headers: { location: `/authorities/${body.authority}/proposals` },
  body,
})

const bodyOf = ({ commits: _, ...proposal }: Proposal) => proposal

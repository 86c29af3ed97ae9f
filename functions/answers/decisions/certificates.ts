import { route } from '@sijil/http'
import { brakeInput, nothingInput, revokeCertificateInput } from '../decision-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** Decisions about a certificate of a body, if the authority kept that power, and about the brake of a body. */
export const certificateDecisions = ({ propose }: Deciders) =>
  ({
    'POST /authorities/{authority}/credentials/{issuer}/{id}/revoke': route({
      input: revokeCertificateInput,
      answer: ({ params: { authority, issuer, id }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['revoke-certificate']({ issuer, certificate: id }, input)),
    }),
    'POST /authorities/{authority}/credentials/{issuer}/{id}/reinstate': route({
      input: nothingInput,
      answer: ({ params: { authority, issuer, id }, caller: { subject } }) =>
        propose(authority, subject, proposedChanges['reinstate-certificate']({ issuer, certificate: id })),
    }),
    'POST /issuers/{issuer}/brake': route({
      input: brakeInput,
      answer: ({ params: { issuer }, caller: { subject }, input }) =>
        propose(input.authority ?? issuer, subject, proposedChanges['set-brake']({ issuer }, input)),
    }),
  }) satisfies Partial<Decisions>

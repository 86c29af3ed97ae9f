import { route } from '@sijil/http'
import { accreditInput, amendInput, changeInput, suspendInput } from '../decision-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** Decisions about who may issue, assess or accredit. */
export const accreditationDecisions = ({ verbs, propose, chance }: Deciders) =>
  ({
    'POST /authorities/{authority}/accreditations': route({
      input: accreditInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges.accredit({}, input, chance())),
    }),
    'POST /authorities/{authority}/accreditations/{id}/amend': route({
      input: amendInput,
      answer: ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges.amend({ accreditation: id }, input, chance())),
    }),
    'POST /authorities/{authority}/accreditations/{id}/confirm': route({
      input: changeInput,
      answer: ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges.confirm({ accreditation: id }, input, chance())),
    }),
    'POST /authorities/{authority}/accreditations/{id}/suspend': route({
      input: suspendInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input }) => ({
        status: 200,
        body: { id, state: 'suspended', ...(await verbs.suspend({ authority, subject }, id, input)) },
      }),
    }),
    'POST /authorities/{authority}/accreditations/{id}/join': route({
      input: changeInput,
      answer: ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges.join({ accreditation: id }, input, chance())),
    }),
    'POST /authorities/{authority}/accreditations/{id}/lift': route({
      input: changeInput,
      answer: ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges.lift({ accreditation: id }, input, chance())),
    }),
    'POST /authorities/{authority}/accreditations/{id}/withdraw': route({
      input: changeInput,
      answer: ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges.withdraw({ accreditation: id }, input, chance())),
    }),
  }) satisfies Partial<Decisions>

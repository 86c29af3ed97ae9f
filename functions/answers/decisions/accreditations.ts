import { route } from '@sijil/http'
import { accreditInput, amendInput, changeInput, suspendInput } from '../decision-inputs.ts'
import { type Deciders, type Decisions, proposed } from './proposing.ts'

/** Decisions about who may issue, assess or accredit. */
export const accreditationDecisions = ({ verbs }: Deciders) =>
  ({
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
      answer: async ({ params: { authority, id }, caller: { subject }, input }) => ({
        status: 200,
        body: { id, state: 'suspended', ...(await verbs.suspend({ authority, subject }, id, input)) },
      }),
    }),
    'POST /authorities/{authority}/accreditations/{id}/join': route({
      input: changeInput,
      answer: async ({ params: { authority, id }, caller: { subject }, input }) =>
        proposed(await verbs.change('join', { authority, subject }, id, input)),
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
  }) satisfies Partial<Decisions>

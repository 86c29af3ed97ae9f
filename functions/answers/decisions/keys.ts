import { route } from '@sijil/http'
import { addKeyInput, certifyInput, compromiseInput, keyInput } from '../decision-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import { strict } from '../strict.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** Decisions about the keys of an issuer. */
export const keyDecisions = ({ verbs, propose }: Deciders) =>
  ({
    'POST /issuers/{issuer}/keys': route({
      input: addKeyInput,
      answer: ({ params: { issuer }, caller: { subject }, input }) =>
        propose(input.authority ?? issuer, subject, proposedChanges['add-key']({ issuer }, input)),
    }),
    'POST /issuers/{issuer}/keys/{id}/certify': route({
      input: certifyInput,
      answer: ({ params: { issuer, id: kid }, caller: { subject }, input }) =>
        propose(input.authority ?? issuer, subject, proposedChanges['certify-key']({ issuer, kid }, input)),
    }),
    'POST /issuers/{issuer}/keys/{id}/suspend': route({
      input: keyInput,
      async answer({ params: { issuer, id: kid }, caller: { subject }, input }) {
        const { authority = issuer, ...grounds } = strict(input)
        await verbs.suspendKey({ authority, subject }, { issuer, kid, ...grounds })
        return { status: 200, body: { kid, state: 'suspended' } }
      },
    }),
    'POST /issuers/{issuer}/keys/{id}/resume': route({
      input: keyInput,
      answer: ({ params: { issuer, id: kid }, caller: { subject }, input }) =>
        propose(input.authority ?? issuer, subject, proposedChanges['resume-key']({ issuer, kid }, input)),
    }),
    'POST /issuers/{issuer}/keys/{id}/retire': route({
      input: keyInput,
      answer: ({ params: { issuer, id: kid }, caller: { subject }, input }) =>
        propose(input.authority ?? issuer, subject, proposedChanges['retire-key']({ issuer, kid }, input)),
    }),
    'POST /issuers/{issuer}/keys/{id}/compromise': route({
      input: compromiseInput,
      answer: ({ params: { issuer, id: kid }, caller: { subject }, input }) =>
        propose(input.authority ?? issuer, subject, proposedChanges['compromise-key']({ issuer, kid }, input)),
    }),
  }) satisfies Partial<Decisions>

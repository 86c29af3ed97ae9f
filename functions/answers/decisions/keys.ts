import { route } from '@sijil/http'
import { type ProposedChange, suspendKeyByOfficer } from '@sijil/registry/decisions'
import type { z } from 'zod'
import { addKeyInput, certifyInput, compromiseInput, keyInput } from '../decision-inputs.ts'
import { strict } from '../strict.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** Decisions about the keys of an issuer. */
export const keyDecisions = ({ deps, propose }: Deciders) =>
  ({
    'POST /issuers/{issuer}/keys': route({
      input: addKeyInput,
      answer: ({ params: { issuer }, caller: { subject }, input }) => {
        const { authority = issuer } = input
        return propose(authority, subject, changeOf(issuer, input))
      },
    }),
    'POST /issuers/{issuer}/keys/{id}/certify': route({
      input: certifyInput,
      answer: ({ params: { issuer, id: kid }, caller: { subject }, input: { authority = issuer, x5c } }) =>
        propose(authority, subject, { verb: 'certify-key', issuer, kid, x5c }),
    }),
    'POST /issuers/{issuer}/keys/{id}/suspend': route({
      input: keyInput,
      async answer({ params: { issuer, id: kid }, caller: { subject }, input }) {
        const { authority = issuer, ...grounds } = strict(input)
        await suspendKeyByOfficer({ authority, subject, issuer, kid, ...grounds }, deps())
        return { status: 200, body: { kid, state: 'suspended' } }
      },
    }),
    'POST /issuers/{issuer}/keys/{id}/resume': route({
      input: keyInput,
      answer({ params: { issuer, id: kid }, caller: { subject }, input }) {
        const { authority = issuer, ...grounds } = strict(input)
        return propose(authority, subject, { verb: 'resume-key', issuer, kid, ...grounds })
      },
    }),
    'POST /issuers/{issuer}/keys/{id}/retire': route({
      input: keyInput,
      answer({ params: { issuer, id: kid }, caller: { subject }, input }) {
        const { authority = issuer, ...grounds } = strict(input)
        return propose(authority, subject, { verb: 'retire-key', issuer, kid, ...grounds })
      },
    }),
    'POST /issuers/{issuer}/keys/{id}/compromise': route({
      input: compromiseInput,
      answer({ params: { issuer, id: kid }, caller: { subject }, input }) {
        const { authority = issuer, compromisedFrom: stated, ...grounds } = strict(input)
        const compromisedFrom = new Date(stated).toISOString()
        return propose(authority, subject, { verb: 'compromise-key', issuer, kid, compromisedFrom, ...grounds })
      },
    }),
  }) satisfies Partial<Decisions>

function changeOf(
  issuer: string,
  { purpose, algorithm, elsewhere, lent }: z.infer<typeof addKeyInput>,
): ProposedChange {
  if (lent !== undefined) return { verb: 'lend-key', issuer, purpose, key: lent }
  if (elsewhere !== undefined) return { verb: 'add-key-elsewhere', issuer, key: { purpose, ...elsewhere } }
  return { verb: 'add-key', issuer, purpose, algorithm }
}

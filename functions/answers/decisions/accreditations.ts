import { route } from '@sijil/http'
import { countAffected, type ProposedChange, suspendByOfficer } from '@sijil/registry'
import type * as z from 'zod'
import { accreditationOf } from '../accreditation-id.ts'
import { accreditInput, amendInput, changeInput, suspendInput } from '../decision-inputs.ts'
import { strict } from '../strict.ts'
import { type Deciders, type Decisions, startOf } from './proposing.ts'

/** Who may issue, assess or accredit: granted, changed and taken away. */
export const accreditationDecisions = ({ newId, clock, needs, propose }: Deciders) => {
  const changeOf = (
    verb: 'lift' | 'withdraw',
    id: string,
    { basis, effectiveFrom }: z.output<typeof changeInput>,
  ): ProposedChange => ({ verb, ...accreditationOf(id), basis, effectiveAt: startOf(effectiveFrom, clock()) })
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
  } satisfies Partial<Decisions>
}

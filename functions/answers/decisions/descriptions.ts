import { route } from '@sijil/http'
import { describeBodyInput, describeStateInput } from '../description-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** What a body says about itself, and the root of a state about its state. Two of its own officers decide it. */
export const descriptionDecisions = ({ propose, chance }: Deciders) =>
  ({
    'POST /issuers/{issuer}/descriptions': route({
      input: describeBodyInput,
      answer: ({ params: { issuer }, caller: { subject }, input }) =>
        propose(issuer, subject, proposedChanges['describe-body']({ issuer }, input, chance())),
    }),
    'POST /authorities/{authority}/state-descriptions': route({
      input: describeStateInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['describe-state']({}, input, chance())),
    }),
  }) satisfies Partial<Decisions>

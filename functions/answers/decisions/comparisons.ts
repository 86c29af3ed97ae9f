import { route } from '@sijil/http'
import { comparisonInput, joinVersionInput, leaveVersionInput } from '../comparison-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** Comparisons of two editions, which the authorities that they name can join. Two officers of each one decide it. */
export const comparisonDecisions = ({ deps, propose, chance }: Deciders) =>
  ({
    'POST /authorities/{authority}/comparisons': route({
      input: comparisonInput,
      answer: ({ params: { authority }, caller: { subject }, input }) => {
        const here = new URL(deps().baseUrl).host
        return propose(authority, subject, proposedChanges['propose-comparison']({ authority, here }, input, chance()))
      },
    }),
    'POST /authorities/{authority}/comparisons/{id}/{version}/join': route({
      input: joinVersionInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['join-version'](named, input, chance())),
    }),
    'POST /authorities/{authority}/comparisons/{id}/{version}/leave': route({
      input: leaveVersionInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['leave-version'](named, input, chance())),
    }),
  }) satisfies Partial<Decisions>

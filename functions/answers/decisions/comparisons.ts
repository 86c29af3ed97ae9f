import { route } from '@sijil/http'
import { comparisonInput, joinVersionInput, leaveVersionInput, skillSetInput } from '../comparison-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Deciders, Decisions } from './proposing.ts'

const ofSet = { kind: 'skill-set' }

/** Comparisons of two editions, and agreed sets of units, which the authorities that they name can join. Two officers of each one decide it. */
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
    'POST /authorities/{authority}/skill-sets': route({
      input: skillSetInput,
      answer: ({ params: { authority }, caller: { subject }, input }) => {
        const here = new URL(deps().baseUrl).host
        return propose(authority, subject, proposedChanges['propose-skill-set']({ authority, here }, input, chance()))
      },
    }),
    'POST /authorities/{authority}/skill-sets/{id}/{version}/join': route({
      input: joinVersionInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['join-version']({ ...named, ...ofSet }, input, chance())),
    }),
    'POST /authorities/{authority}/skill-sets/{id}/{version}/leave': route({
      input: leaveVersionInput,
      answer: ({ params: { authority, ...named }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['leave-version']({ ...named, ...ofSet }, input, chance())),
    }),
  }) satisfies Partial<Decisions>

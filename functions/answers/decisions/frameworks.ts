import { route } from '@sijil/http'
import { assignRecordInput } from '../catalogue-inputs.ts'
import {
  confirmLevelsInput,
  endPlacementInput,
  placeEditionInput,
  stateFrameworkInput,
  stateReferencingInput,
} from '../framework-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import type { Deciders, Decisions } from './proposing.ts'

/** Statements of authorities about frameworks, placements of editions, and the owners that a root names for records of its state. */
export const frameworkDecisions = ({ propose, chance }: Deciders) =>
  ({
    'POST /authorities/{authority}/frameworks': route({
      input: stateFrameworkInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['state-framework']({ authority }, input, chance())),
    }),
    'POST /authorities/{authority}/frameworks/{id}/referencings': route({
      input: stateReferencingInput,
      answer: ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['state-referencing']({ framework: id }, input, chance())),
    }),
    'POST /authorities/{authority}/frameworks/{id}/levels/confirm': route({
      input: confirmLevelsInput,
      answer: ({ params: { authority, id }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['confirm-levels']({ framework: id }, input, chance())),
    }),
    'POST /authorities/{authority}/placements': route({
      input: placeEditionInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['place-edition']({}, input, chance())),
    }),
    'POST /authorities/{authority}/assignments': route({
      input: assignRecordInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['assign-record']({}, input, chance())),
    }),
    'POST /authorities/{authority}/placements/end': route({
      input: endPlacementInput,
      answer: ({ params: { authority }, caller: { subject }, input }) =>
        propose(authority, subject, proposedChanges['end-placement']({}, input, chance())),
    }),
  }) satisfies Partial<Decisions>

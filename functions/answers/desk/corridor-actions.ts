import { parseInput } from '@sijil/http'
import { type Fault, RegistryError } from '@sijil/registry'
import type { ProposedChange } from '@sijil/registry/decisions'
import type { $ZodType } from 'zod/v4/core'
import {
  attachEvidenceInput,
  declareStepInput,
  joinStepInput,
  planStepInput,
  withdrawStepInput,
} from '../corridor-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import { type Body, type DeskAction, renamed } from './desk-action.ts'

interface NamedStep {
  id: string
  track: string
  step: string
}

/** A step is chosen as `{corridor} {track} {step}`, and a declaration with its hash behind it. No id has a space. */
function chosenStep(value: unknown, pointer: string): NamedStep & { hash: string } {
  const [id = '', track = '', step = '', hash = ''] = String(value).split(' ')
  const faults: Fault[] = [{ pointer, detail: 'must be one of the choices', reason: 'not-a-choice' }]
  if (step === '') throw new RegistryError('validation-failed', 'no step was chosen', { faults })
  return { id, track, step, hash }
}

const ofStep =
  <Input>(
    schema: $ZodType<Input>,
    change: (named: NamedStep, input: Input, chance: { now: Date; newId: () => string }) => ProposedChange,
    complete: (body: Body) => Body = (body) => body,
  ): DeskAction['make'] =>
  (_, { trackStep, ...body }, chance) =>
    change(chosenStep(trackStep, '/trackStep'), parseInput(schema, complete(body)), chance)

/** What the officers of a party do about the steps of its corridors. A new version of a corridor is proposed by a program. */
export const corridorActions = {
  'declare-step': {
    group: 'corridors',
    fields: ['trackStep', 'progress', 'workOn', 'part', 'evidence?'],
    make: ofStep(declareStepInput, proposedChanges['declare-step'], renamed('workOn', 'on')),
  },
  'join-step': {
    group: 'corridors',
    fields: ['declared'],
    make: (_, { declared }) => {
      const { hash, ...named } = chosenStep(declared, '/declared')
      return proposedChanges['join-step'](named, parseInput(joinStepInput, { hash }))
    },
  },
  'attach-evidence': {
    group: 'corridors',
    fields: ['trackStep', 'evidence'],
    make: ofStep(attachEvidenceInput, proposedChanges['attach-evidence']),
  },
  'plan-step': {
    group: 'corridors',
    fields: ['trackStep', 'office', 'due'],
    make: ofStep(planStepInput, proposedChanges['plan-step']),
  },
  'withdraw-step': {
    group: 'corridors',
    fields: ['trackStep', 'basis'],
    make: ofStep(withdrawStepInput, proposedChanges['withdraw-step']),
  },
} satisfies Record<string, DeskAction>

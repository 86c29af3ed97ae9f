import { parseInput } from '@sijil/http'
import { type Fault, RegistryError } from '@sijil/registry'
import type { ProposedChange } from '@sijil/registry/decisions'
import type { $ZodType } from 'zod/v4/core'
import {
  attachEvidenceInput,
  complianceInput,
  declareStepInput,
  joinStepInput,
  planGapInput,
  planStepInput,
  receivePortfolioInput,
  withdrawStepInput,
} from '../corridor-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import { type Body, type DeskAction, renamed } from './desk-action.ts'

type Chance = { now: Date; newId: () => string }
interface NamedStep {
  id: string
  track: string
  step: string
}

/** A step is chosen as `{corridor} {track} {step}`, and a declaration with its hash behind it. No id has a space. */
function chosenStep(value: unknown, pointer: string): NamedStep & { hash: string } {
  const [id = '', track = '', step = '', hash = ''] = String(value).split(' ')
  if (step === '') throw notChosen('no step was chosen', pointer)
  return { id, track, step, hash }
}

function notChosen(message: string, pointer: string): RegistryError {
  const faults: Fault[] = [{ pointer, detail: 'must be one of the choices', reason: 'not-a-choice' }]
  return new RegistryError('validation-failed', message, { faults })
}

/** A track is chosen as `{corridor} {track}`. */
export function chosenTrack(value: unknown): { id: string; track: string } {
  const [id = '', track = ''] = String(value).split(' ')
  if (track === '') throw notChosen('no track was chosen', '/ownTrack')
  return { id, track }
}

const ofStep =
  <Input>(
    schema: $ZodType<Input>,
    change: (named: NamedStep, input: Input, chance: Chance) => ProposedChange,
    complete: (body: Body) => Body = (body) => body,
  ): DeskAction['make'] =>
  (_, { trackStep, ...body }, chance) =>
    change(chosenStep(trackStep, '/trackStep'), parseInput(schema, complete(body)), chance)

/** A gap is chosen as `{corridor} {track} {gap}`. */
const ofGap =
  <Input>(
    schema: $ZodType<Input>,
    change: (named: { id: string; track: string; gap: string }, input: Input, chance: Chance) => ProposedChange,
    complete: (body: Body) => Body = (body) => body,
  ): DeskAction['make'] =>
  (_, { openGap, ...body }, chance) => {
    const { id, track, step: gap } = chosenStep(openGap, '/openGap')
    return change({ id, track, gap }, parseInput(schema, complete(body)), chance)
  }

/** What the officers of a party do about the steps of its corridors. */
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
  'plan-gap': {
    group: 'corridors',
    fields: ['openGap', 'gapAction', 'office', 'due'],
    make: ofGap(planGapInput, proposedChanges['plan-gap'], renamed('gapAction', 'action')),
  },
  'receive-portfolio': {
    group: 'corridors',
    fields: ['ownTrack', 'manifest', 'receivedOn'],
    make: (_, { ownTrack, ...body }, chance) => {
      return proposedChanges['receive-portfolio'](
        chosenTrack(ownTrack),
        parseInput(receivePortfolioInput, body),
        chance,
      )
    },
  },
  'declare-compliance': {
    group: 'corridors',
    fields: ['arrangement', 'actionLine', 'lineTitle', 'degree', 'degreeOn', 'documents?'],
    make: (_, { actionLine: line, lineTitle: title, degreeOn: on, documents: evidence, ...body }) =>
      proposedChanges['declare-compliance'](
        undefined,
        parseInput(complianceInput, { ...body, line, title, on, ...(evidence !== undefined && { evidence }) }),
      ),
  },
  'close-gap': {
    group: 'corridors',
    fields: ['openGap', 'evidence'],
    make: ofGap(attachEvidenceInput, proposedChanges['close-gap']),
  },
} satisfies Record<string, DeskAction>

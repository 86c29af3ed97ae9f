import { parseInput } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import type { ProposedChange } from '@sijil/registry/decisions'
import type { RecognisedEdition } from '@sijil/registry/recognition'
import type { $ZodType } from 'zod/v4/core'
import { proposedChanges } from '../proposed-changes.ts'
import { joinRecognitionInput } from '../recognition-inputs.ts'
import type { Body, DeskAction } from './desk-action.ts'

/** The form has labels of its own for members that mean something else in other forms. */
export const recognised = ({ standard, ofEdition, recognisedUnits, endsOn, jointlyWith, ...rest }: Body): Body => ({
  ...rest,
  qualification: standard,
  edition: ofEdition,
  ...(recognisedUnits !== undefined && { units: recognisedUnits }),
  ...(endsOn !== undefined && { until: endsOn }),
  ...(jointlyWith !== undefined && { jointly: jointlyWith }),
})

/** A decision is chosen as `{id} {edition} {qualification}`. The edition is written as in a URL, so it has no space. */
function decidedBy(value: unknown): { recognised: RecognisedEdition; decision: string } {
  const [decision = '', edition = '', qualification = ''] = String(value).split(' ')
  if (qualification === '' || !/^[\w.~!*'()%-]+$/.test(edition) || /%(?![0-9A-F]{2})/i.test(edition))
    throw new RegistryError('validation-failed', 'no decision was chosen', {
      faults: [{ pointer: '/decided', detail: 'must be one of the choices', reason: 'not-a-choice' }],
    })
  return { decision, recognised: { qualification, edition: decodeURIComponent(edition) } }
}

/** A decision to join is chosen with the hash of its text, so that nothing else is joined. */
export const ofJoinable: DeskAction['make'] = (_, { joinableDecision, ...body }, chance) => {
  const text = String(joinableDecision)
  const at = text.lastIndexOf(' ')
  const input = parseInput(joinRecognitionInput, { ...body, hash: text.slice(at + 1) })
  return proposedChanges['join-recognition'](decidedBy(text.slice(0, Math.max(at, 0))), input, chance)
}

/** An action about a decision that the form names. */
export const ofDecided =
  <Input>(
    schema: $ZodType<Input>,
    change: (decided: ReturnType<typeof decidedBy>, input: Input, chance: { now: Date }) => ProposedChange,
    complete: (body: Body) => Body = (body) => body,
  ): DeskAction['make'] =>
  (_, { decided, ...body }, chance) =>
    change(decidedBy(decided), parseInput(schema, complete(body)), chance)

import { parseInput } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import type { ProposedChange } from '@sijil/registry/decisions'
import type { RecognisedEdition } from '@sijil/registry/recognition'
import type { $ZodType } from 'zod/v4/core'
import type { Body, DeskAction } from './desk-action.ts'

/** The form has labels of its own for members that mean something else in other forms. */
export const recognised = ({ standard, ofEdition, recognisedUnits, endsOn, ...rest }: Body): Body => ({
  ...rest,
  qualification: standard,
  edition: ofEdition,
  ...(recognisedUnits !== undefined && { units: recognisedUnits }),
  ...(endsOn !== undefined && { until: endsOn }),
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

/** An action about a decision that the form names. */
export const ofDecided =
  <Input>(
    schema: $ZodType<Input>,
    change: (decided: ReturnType<typeof decidedBy>, input: Input, chance: { now: Date }) => ProposedChange,
    complete: (body: Body) => Body = (body) => body,
  ): DeskAction['make'] =>
  (_, { decided, ...body }, chance) =>
    change(decidedBy(decided), parseInput(schema, complete(body)), chance)

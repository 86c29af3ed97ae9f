import { parseInput } from '@sijil/http'
import type { CorridorText, Framework } from '@sijil/qualifications'
import type { StatedQualification } from '@sijil/registry/catalogue'
import type { ProposedChange } from '@sijil/registry/decisions'
import type { GrantTerms } from '@sijil/registry/trust'
import type { AskedField, KeyChoice, UnilateralChange } from '@sijil/views/desk'
import type { ActionsValues, DeskKind, FieldName, TypedFields } from '@sijil/web'
import type { $ZodType } from 'zod/v4/core'
import type { Target } from '../proposed-changes.ts'

type Chance = { now: Date; newId: () => string }
export type Body = Record<string, unknown>
/** What a change depends on besides its form: the address of this registry, the state of the authority, the terms that are changed, and the framework or the corridor that was chosen. */
export interface Present {
  here: string
  state: string
  terms?: GrantTerms | undefined
  framework?: Framework | undefined
  corridor?: { content: CorridorText } | undefined
}

/** One thing that an officer can do at the desk: its fields, and the change that they make. */
export interface DeskAction {
  /** Whose desk has it. Absent: that of authorities alone. */
  desks?: readonly DeskKind[]
  group?: ActionsValues['groups'][number]['group']
  /** The field that is asked first, because the choices of the others depend on it. */
  first?: FieldName
  fields: readonly AskedField[]
  keys?: KeyChoice
  /** Set if the form grants this right and no other one. Its choices depend on that. */
  right?: 'recognise'
  /** Set if the form begins with the present terms of the accreditation, and changes them. */
  changesTerms?: true
  /** Set if the form begins with what is stated about a qualification today. `edition`: the id of one to correct. */
  begins?: (stated: StatedQualification, edition?: string) => TypedFields
  /** Where the form has a member to which a fault of the API points. Absent: it stands at the same place. */
  pointers?: (pointer: string, body: Body, present: Present) => string
  /** Turns the body of the form into the change, through the same schema and function as the API. */
  make: (target: Target, body: Body, chance: Chance, present: Present) => ProposedChange | UnilateralChange
}

/** The API calls this member of the form by another name. */
export const renamed =
  (from: string, to: string, more: Body = {}) =>
  ({ [from]: value, ...rest }: Body): Body => ({ ...rest, [to]: value, ...more })

/** An action that proposes: `complete` turns the form's members into those of the API, if they differ. */
export const proposes =
  <Input>(
    schema: $ZodType<Input>,
    change: (target: Target, input: Input, chance: Chance) => ProposedChange,
    complete: (body: Body, present: Present) => Body = (body) => body,
  ): DeskAction['make'] =>
  (target, body, chance, present) =>
    change(target, parseInput(schema, complete(body, present)), chance)

import { parseInput } from '@sijil/http'
import type { StatedQualification } from '@sijil/registry/catalogue'
import type { ProposedChange } from '@sijil/registry/decisions'
import type { Entity, GrantTerms } from '@sijil/registry/trust'
import type { AskedField, KeyChoice, UnilateralChange } from '@sijil/views/desk'
import type { ActionName, ActionsValues, DeskKind, FieldName, TypedFields } from '@sijil/web'
import type { $ZodType } from 'zod/v4/core'
import { retireQualificationInput, stateEditionInput, stateQualificationInput } from '../catalogue-inputs.ts'
import {
  acceptListInput,
  accreditInput,
  addKeyInput,
  amendInput,
  brakeInput,
  certifyInput,
  changeInput,
  compromiseInput,
  contactInput,
  keyInput,
  memberInput,
  registerBodyInput,
  registerInput,
  removeMemberInput,
  succeedInput,
  suspendListInput,
} from '../decision-inputs.ts'
import { proposedChanges, type Target } from '../proposed-changes.ts'
import { strict } from '../strict.ts'
import { typedEdition, typedStatement, withEdition, withId } from './statement-form.ts'
import { accreditation, amendment } from './terms-form.ts'

type Chance = { now: Date; newId: () => string }
type Body = Record<string, unknown>
/** What a change depends on besides its form: the state of the authority, and the terms that are changed. */
interface Present {
  state: string
  terms?: GrantTerms | undefined
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
  /** Set if the form begins with the present terms of the accreditation, and changes them. */
  changesTerms?: true
  /** Set if the form begins with what is stated about a qualification today. `edition`: the id of one to correct. */
  begins?: (stated: StatedQualification, edition?: string) => TypedFields
  /** Turns the body of the form into the change, through the same schema and function as the API. */
  make: (target: Target, body: Body, chance: Chance, present: Present) => ProposedChange | UnilateralChange
}

/** An action that proposes: `complete` turns the form's members into those of the API, if they differ. */
const proposes =
  <Input>(
    schema: $ZodType<Input>,
    change: (target: Target, input: Input, chance: Chance) => ProposedChange,
    complete: (body: Body, present: Present) => Body = (body) => body,
  ): DeskAction['make'] =>
  (target, body, chance, present) =>
    change(target, parseInput(schema, complete(body, present)), chance)

/** A body that keeps its own keys is registered without any. Each is recorded afterwards, with its proof. */
const registration = ({ elsewhere, ...rest }: Body): Body =>
  elsewhere === undefined ? rest : { ...rest, elsewhere: { ...(elsewhere as Body), keys: [] } }

const renamed =
  (from: string, to: string, more: Body = {}) =>
  ({ [from]: value, ...rest }: Body): Body => ({ ...rest, [to]: value, ...more })

/** An empty field means that there is no contact. The API wants this said. */
const contacted = ({ owner, contact = null, ...rest }: Body): Body => ({ ...rest, id: owner, contact })

const entityFields = [
  'id',
  'identity.name',
  'identity.localName.text?',
  'identity.localName.language?',
  'identity.acronym?',
  'identity.state',
  'identity.website',
  'identity.mandate?',
  'identity.legalReference?',
  'identity.contact?',
  'succeeds?',
  'identity.demonstration?',
] as const satisfies readonly AskedField[]
const grounds = ['basis', 'reason'] as const
const groundsIfKnown = ['basis?', 'reason?'] as const

const terms = [
  'scope.qualifications?',
  'scope.framework?',
  'scope.levels.from?',
  'scope.levels.to?',
  'scope.fields?',
  'scope.occupations?',
  'scope.sites?',
  'assurance.reviewer?',
  'assurance.reviewedOn?',
  'assurance.findings?',
  'assurance.gaps?',
  'assurance.nextReviewOn?',
  'effectiveFrom?',
  'until?',
  'pilot?',
  'mayChangeStatus?',
] as const satisfies readonly AskedField[]

const statementFields = [
  'title',
  'localTitles?',
  'description',
  'kind',
  'field',
  'source',
  'code?',
  'codeScheme?',
  'occupation.code?',
  'occupation.title?',
  'occupation.url?',
  'occupation.assignedBy?',
  'fieldOfEducation.code?',
  'fieldOfEducation.title?',
  'fieldOfEducation.url?',
  'fieldOfEducation.assignedBy?',
] as const satisfies readonly AskedField[]
const editionFields = [
  'edition.id',
  'edition.from',
  'edition.until?',
  'edition.supersedes?',
  'edition.units?',
  'edition.validity.years?',
  'edition.validity.months?',
  'edition.level.framework?',
  'edition.level.national?',
  'edition.source',
] as const satisfies readonly AskedField[]

/** What an owner states about its qualifications. Bodies and authorities have these actions at their desks. */
const ofOwners = { group: 'qualifications', desks: ['authorities', 'issuers'] } as const
const ofStated = { ...ofOwners, first: 'qualification' } as const

/** Every action of the desk. A new one is one row here, and its words in the messages. */
export const deskActions: Readonly<Record<ActionName, DeskAction>> = {
  accredit: {
    group: 'others',
    first: 'grantee',
    fields: ['right', 'jointly?', 'onBehalfOf?', ...terms, ...grounds],
    make: proposes(accreditInput, proposedChanges.accredit, accreditation),
  },
  amend: {
    first: 'accreditation',
    changesTerms: true,
    fields: [...terms, ...grounds],
    make: proposes(amendInput, proposedChanges.amend, amendment),
  },
  lift: { first: 'accreditation', fields: grounds, make: proposes(changeInput, proposedChanges.lift) },
  join: { first: 'accreditation', fields: grounds, make: proposes(changeInput, proposedChanges.join) },
  withdraw: {
    first: 'accreditation',
    fields: ['effectiveFrom?', ...grounds],
    make: proposes(changeInput, proposedChanges.withdraw),
  },
  'add-member': {
    group: 'members',
    fields: ['owner', 'subject', 'roles'],
    make: proposes(memberInput, proposedChanges['add-member']),
  },
  'remove-member': {
    group: 'members',
    first: 'owner',
    fields: ['member'],
    make: proposes(removeMemberInput, proposedChanges['remove-member'], renamed('member', 'subject')),
  },
  'register-body': {
    group: 'registrations',
    fields: [...entityFields, 'control.domain?', 'control.sha256?', 'control.readOn?', 'elsewhere.did?'],
    make: proposes(registerBodyInput, proposedChanges['register-body'], registration),
  },
  'register-centre': {
    group: 'registrations',
    fields: entityFields,
    make: proposes(registerInput, proposedChanges['register-centre']),
  },
  'register-authority': {
    group: 'registrations',
    fields: entityFields,
    make: proposes(registerInput, proposedChanges['register-authority']),
  },
  succeed: {
    group: 'registrations',
    fields: ['entity', 'successor', 'effectiveFrom?', ...grounds],
    make: proposes(succeedInput, proposedChanges.succeed, renamed('entity', 'id')),
  },
  'change-contact': {
    group: 'registrations',
    fields: ['owner', 'contact?', 'effectiveFrom?', ...groundsIfKnown],
    make: proposes(contactInput, proposedChanges['change-contact'], contacted),
  },
  'suspend-key': {
    group: 'keys',
    first: 'issuer',
    keys: 'usable',
    fields: ['kid', ...groundsIfKnown],
    make: ({ issuer, kid }, body) => ({ verb: 'suspend-key', issuer, kid, ...strict(parseInput(keyInput, body)) }),
  },
  'resume-key': {
    group: 'keys',
    first: 'issuer',
    keys: 'suspended',
    fields: ['kid', ...groundsIfKnown],
    make: proposes(keyInput, proposedChanges['resume-key']),
  },
  'retire-key': {
    group: 'keys',
    first: 'issuer',
    keys: 'usable',
    fields: ['kid', ...groundsIfKnown],
    make: proposes(keyInput, proposedChanges['retire-key']),
  },
  'compromise-key': {
    group: 'keys',
    first: 'issuer',
    keys: 'known',
    fields: ['kid', 'compromisedFrom', ...groundsIfKnown],
    make: proposes(compromiseInput, proposedChanges['compromise-key']),
  },
  'add-key': {
    group: 'keys',
    fields: ['issuer', 'purpose', 'algorithm'],
    make: proposes(addKeyInput, proposedChanges['add-key']),
  },
  'add-key-elsewhere': {
    group: 'keys',
    fields: ['issuer', 'purpose', 'elsewhere.kid', 'elsewhere.publicKeyMultibase', 'elsewhere.possession'],
    make: proposes(addKeyInput, proposedChanges['add-key']),
  },
  'lend-key': {
    group: 'keys',
    fields: ['issuer', 'purpose', 'lent.keyRef', 'lent.publicKeyMultibase', 'lent.possession'],
    make: proposes(addKeyInput, proposedChanges['add-key']),
  },
  'certify-key': {
    group: 'keys',
    first: 'issuer',
    keys: 'known',
    fields: ['kid', 'x5c'],
    make: proposes(certifyInput, proposedChanges['certify-key']),
  },
  'state-qualification': {
    ...ofOwners,
    // It counts from the first day of award, so that awards which were made already can be certified.
    fields: ['localId', ...statementFields, ...editionFields],
    make: proposes(
      stateQualificationInput,
      ({ authority }, input, chance) => proposedChanges['state-qualification']({ issuer: authority }, input, chance),
      (body) => withId(withEdition(body)),
    ),
  },
  'restate-qualification': {
    ...ofStated,
    fields: [...statementFields, 'effectiveFrom?'],
    begins: typedStatement,
    make: ({ qualification }, body, chance) => {
      const [issuer = '', id] = qualification.split('.')
      return proposedChanges['state-qualification'](
        { issuer },
        parseInput(stateQualificationInput, { ...body, id }),
        chance,
      )
    },
  },
  'state-edition': {
    ...ofStated,
    fields: [...editionFields, 'effectiveFrom?'],
    begins: typedEdition,
    make: proposes(stateEditionInput, proposedChanges['state-edition'], withEdition),
  },
  'retire-qualification': {
    ...ofStated,
    fields: ['effectiveFrom?', ...grounds],
    make: proposes(retireQualificationInput, proposedChanges['retire-qualification']),
  },
  'set-brake': {
    group: 'others',
    fields: ['issuer', 'limit', ...grounds],
    make: proposes(brakeInput, proposedChanges['set-brake']),
  },
  'accept-list': {
    group: 'others',
    fields: ['registry', 'keys', 'states', 'basis'],
    make: proposes(acceptListInput, proposedChanges['accept-list']),
  },
  'endorse-list': {
    group: 'others',
    fields: ['registry', 'keys', 'basis'],
    make: proposes(acceptListInput, proposedChanges['accept-list'], (body) => ({
      ...body,
      kind: 'regional-endorsement',
    })),
  },
  'suspend-list': {
    group: 'others',
    fields: ['acceptedList', 'basis'],
    make: (_, body) => ({
      verb: 'suspend-list',
      ...parseInput(suspendListInput, renamed('acceptedList', 'registry')(body)),
    }),
  },
}

export const isActionName = (text: string): text is ActionName => Object.hasOwn(deskActions, text)

/** True if the desk of authorities, or that of bodies, has this action. */
export const isAtDesk = (name: ActionName, desk: DeskKind): boolean => {
  const { desks = ['authorities'] }: DeskAction = deskActions[name]
  return desks.includes(desk)
}

/** The actions that need nothing but their form, in the groups of the page that lists them. */
export const actionGroups: ActionsValues['groups'] = (
  ['members', 'registrations', 'keys', 'qualifications', 'others'] as const
).map((group) => ({
  group,
  actions: Object.entries(deskActions).flatMap(([name, action]) =>
    action.group === group && isActionName(name) ? [name] : [],
  ),
}))

/** The entity on which the other fields depend. An accreditation is named `{grantee}.{grant}`. */
export const chosenIdOf = (value: string): string => value.split('.')[0] as Entity['id']

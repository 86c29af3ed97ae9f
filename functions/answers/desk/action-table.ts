import { parseInput } from '@sijil/http'
import type { Entity } from '@sijil/registry/trust'
import type { AskedField } from '@sijil/views/desk'
import { type ActionName, type ActionsValues, type DeskKind, rowFields } from '@sijil/web'
import { assignRecordInput } from '../catalogue-inputs.ts'
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
  nothingInput,
  registerBodyInput,
  registerInput,
  removeMemberInput,
  revokeCertificateInput,
  succeedInput,
  suspendListInput,
} from '../decision-inputs.ts'
import {
  confirmLevelsInput,
  endPlacementInput,
  placeEditionInput,
  stateFrameworkInput,
  stateReferencingInput,
} from '../framework-inputs.ts'
import { decidersInput, policyInput } from '../own-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import { appealInput, endRecognitionInput, recogniseInput } from '../recognition-inputs.ts'
import { strict } from '../strict.ts'
import { comparisonActions } from './comparison-form.ts'
import { corridorActions } from './corridor-actions.ts'
import { corridorTextActions } from './corridor-form.ts'
import { descriptionActions } from './description-form.ts'
import { type Body, type DeskAction, proposes, renamed } from './desk-action.ts'
import { assignment, endOfPlacement, levelRows, placed } from './framework-form.ts'
import { ofDecided, ofJoinable, recognised } from './recognition-form.ts'
import { skillSetActions } from './skill-set-form.ts'
import { statementActions } from './statement-actions.ts'
import { accreditation, amendment, rightToRecognise } from './terms-form.ts'

/** A body that keeps its own keys is registered without any. Each is recorded afterwards, with its proof. */
const registration = ({ elsewhere, ...rest }: Body): Body =>
  elsewhere === undefined ? rest : { ...rest, elsewhere: { ...(elsewhere as Body), keys: [] } }

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
const frameworkFields = [
  'name',
  'acronym',
  'localName.text?',
  'localName.language?',
  'levels',
  'levelTitles?',
  'descriptors?',
  'frameworkEdition?',
  'law?',
  'source',
  'effectiveFrom',
] as const satisfies readonly AskedField[]
/** A form has one field called `edition`, that of the report. */
const withEdition = ({ frameworkEdition, ...rest }: Readonly<Record<string, unknown>>) => ({
  ...rest,
  ...(frameworkEdition !== undefined && { edition: frameworkEdition }),
})
const grounds = ['basis', 'reason'] as const
const groundsIfKnown = ['basis?', 'reason?'] as const

const terms = [
  'scope.search?',
  'scope.qualifications?',
  'scope.framework?',
  'scope.levels.from?',
  'scope.levels.to?',
  'scope.fields?',
  'scope.occupations?',
  'scope.units?',
  'scope.sites?',
  'assurance.reviewer?',
  'assurance.reviewedOn?',
  'assurance.findings?',
  'assurance.gaps?',
  'assurance.checklist?',
  'assurance.nextReviewOn?',
  'effectiveFrom?',
  'until?',
  'pilot?',
  'mayChangeStatus?',
] as const satisfies readonly AskedField[]

const ofMembers = { group: 'members', desks: ['authorities', 'issuers'] } as const

/** Every action of the desk. A new one is one row here, and its words in the messages. */
export const deskActions: Readonly<Record<ActionName, DeskAction>> = {
  accredit: {
    group: 'others',
    first: 'grantee',
    fields: ['right', 'jointly?', 'onBehalfOf?', ...terms, ...grounds],
    make: proposes(accreditInput, proposedChanges.accredit, accreditation),
  },
  'grant-recognition': {
    group: 'recognition',
    first: 'grantee',
    right: 'recognise',
    fields: [
      'scope.search?',
      'scope.qualifications?',
      'scope.units?',
      'scope.fields?',
      'scope.occupations?',
      'scope.levels.from?',
      'scope.levels.to?',
      'effectiveFrom?',
      'until?',
      ...grounds,
    ],
    make: proposes(accreditInput, proposedChanges.accredit, rightToRecognise),
  },
  amend: {
    first: 'accreditation',
    changesTerms: true,
    fields: [...terms, ...grounds],
    make: proposes(amendInput, proposedChanges.amend, amendment),
  },
  confirm: {
    first: 'accreditation',
    fields: ['effectiveFrom?', ...grounds],
    make: proposes(changeInput, proposedChanges.confirm),
  },
  lift: { first: 'accreditation', fields: grounds, make: proposes(changeInput, proposedChanges.lift) },
  join: { first: 'accreditation', fields: grounds, make: proposes(changeInput, proposedChanges.join) },
  withdraw: {
    first: 'accreditation',
    fields: ['effectiveFrom?', ...grounds],
    make: proposes(changeInput, proposedChanges.withdraw),
  },
  'add-member': {
    ...ofMembers,
    fields: ['owner', 'subject', 'roles'],
    make: proposes(memberInput, proposedChanges['add-member']),
  },
  'remove-member': {
    ...ofMembers,
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
  // The key of the authority itself, so the form asks for nothing.
  'add-decision-key': {
    group: 'keys',
    fields: [],
    make: ({ authority }) =>
      proposedChanges['add-key']({ issuer: authority }, { purpose: 'decisions', algorithm: 'Ed25519' }),
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
  ...statementActions,
  ...comparisonActions,
  ...descriptionActions,
  'revoke-certificate': {
    group: 'others',
    fields: ['issuer', 'certificate', 'revocation'],
    make: proposes(revokeCertificateInput, proposedChanges['revoke-certificate'], renamed('revocation', 'reason')),
  },
  'reinstate-certificate': {
    group: 'others',
    fields: ['issuer', 'certificate'],
    make: proposes(nothingInput, proposedChanges['reinstate-certificate']),
  },
  'set-brake': {
    group: 'others',
    fields: ['issuer', 'limit', ...grounds],
    make: proposes(brakeInput, proposedChanges['set-brake']),
  },
  // A body decides it about itself. The form begins with the present policy (`/desk/issuers/{issuer}/policy`).
  'set-policy': {
    desks: ['issuers'],
    fields: ['secondPerson?', 'batchFrom', 'retentionYears?', 'numberPattern?', 'effectiveFrom?'],
    make: proposes(policyInput, ({ authority }, input, chance) =>
      proposedChanges['set-policy']({ issuer: authority }, input, chance),
    ),
  },
  // An authority decides it about itself, with two officers.
  'set-deciders': {
    group: 'recognition',
    fields: ['decidedBy', 'effectiveFrom?'],
    make: proposes(decidersInput, ({ authority }, input, chance) =>
      proposedChanges['set-policy']({ issuer: authority }, { ...input, secondPerson: [] }, chance),
    ),
  },
  'assign-record': {
    group: 'qualifications',
    fields: ['record', 'owner', 'effectiveFrom?', ...grounds],
    make: proposes(assignRecordInput, proposedChanges['assign-record'], assignment),
  },
  'state-framework': {
    group: 'frameworks',
    fields: ['id', ...frameworkFields],
    make: proposes(stateFrameworkInput, proposedChanges['state-framework'], withEdition),
  },
  'state-assigned-framework': {
    group: 'frameworks',
    first: 'assignedFramework',
    fields: frameworkFields,
    make: proposes(stateFrameworkInput, proposedChanges['state-framework'], (body) =>
      withEdition(renamed('assignedFramework', 'id')(body)),
    ),
  },
  'state-referencing': {
    group: 'frameworks',
    first: 'framework',
    fields: ['status', 'endorsedOn?', 'meeting?', 'edition?', 'report', 'source', 'effectiveFrom?'],
    make: proposes(stateReferencingInput, proposedChanges['state-referencing']),
  },
  'confirm-levels': {
    group: 'frameworks',
    first: 'framework',
    fields: ['version', ...rowFields.map((row) => `${row}?` as const), 'source', 'effectiveFrom?'],
    make: proposes(confirmLevelsInput, proposedChanges['confirm-levels'], levelRows),
  },
  'place-edition': {
    group: 'frameworks',
    first: 'framework',
    fields: ['placeable', 'level', 'source', 'effectiveFrom?'],
    make: (target, body, chance, present) =>
      proposes(placeEditionInput, proposedChanges['place-edition'], placed)(
        target,
        { ...body, framework: target.framework },
        chance,
        present,
      ),
  },
  'end-placement': {
    group: 'frameworks',
    fields: ['placement', 'effectiveFrom?', ...grounds],
    make: proposes(endPlacementInput, proposedChanges['end-placement'], endOfPlacement),
  },
  'recognise-class': {
    group: 'recognition',
    fields: [
      'standard',
      'ofEdition',
      'issuers',
      'award.from',
      'award.until',
      'issuedUntil',
      'result',
      'recognisedUnits?',
      'measures?',
      'conditions?',
      'endsOn?',
      'entitles?',
      'appeal',
      'jointlyWith?',
      'effectiveFrom?',
      'basis',
      'reason?',
    ],
    make: proposes(recogniseInput, proposedChanges['recognise-class'], recognised),
  },
  'join-recognition': {
    group: 'recognition',
    fields: ['joinableDecision', 'effectiveFrom?'],
    make: ofJoinable,
  },
  'record-appeal': {
    group: 'recognition',
    fields: ['decided', 'appealState', 'appealNote'],
    make: ofDecided(appealInput, proposedChanges['record-appeal'], (body) =>
      renamed('appealNote', 'note')(renamed('appealState', 'state')(body)),
    ),
  },
  'end-recognition': {
    group: 'recognition',
    fields: ['decided', 'effectiveFrom?', ...grounds],
    make: ofDecided(endRecognitionInput, proposedChanges['end-recognition']),
  },
  ...skillSetActions,
  ...corridorTextActions,
  ...corridorActions,
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

/** The action as one desk has it. A body names only members of its own, so its forms do not ask of whom. */
export function actionAt(desk: DeskKind, name: ActionName): DeskAction {
  const action: DeskAction = deskActions[name]
  if (desk === 'authorities') return action
  const { first, ...rest } = action
  const fields = action.fields.filter((field) => field !== 'owner')
  return { ...rest, fields, ...(first !== undefined && first !== 'owner' && { first }) }
}

/** The actions that need nothing but their form, in the groups of the page that lists them. */
export const actionGroups: ActionsValues['groups'] = (
  [
    'members',
    'registrations',
    'keys',
    'qualifications',
    'frameworks',
    'recognition',
    'comparisons',
    'corridors',
    'others',
  ] as const
).map((group) => ({
  group,
  actions: Object.entries(deskActions).flatMap(([name, action]) =>
    action.group === group && isActionName(name) ? [name] : [],
  ),
}))

/** The entity on which the other fields depend. An accreditation is named `{grantee}.{grant}`. */
export const chosenIdOf = (value: string): string => value.split('.')[0] as Entity['id']

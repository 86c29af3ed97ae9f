import { parseInput } from '@sijil/http'
import type { AskedField } from '@sijil/views/desk'
import { retireQualificationInput, stateEditionInput, stateQualificationInput } from '../catalogue-inputs.ts'
import { proposedChanges } from '../proposed-changes.ts'
import { type DeskAction, proposes, renamed } from './desk-action.ts'
import { typedEdition, typedStatement, withEdition, withId } from './statement-form.ts'

const statementFields = [
  'title',
  'localTitles?',
  'description',
  'kind',
  'field',
  'source',
  'requiredByLaw.law?',
  'requiredByLaw.source?',
  'code?',
  'codeScheme?',
  'occupation.code?',
  'occupation.title?',
  'occupation.url?',
  'occupation.assignedBy?',
  'escoOccupation.version?',
  'escoOccupation.code?',
  'escoOccupation.title?',
  'escoOccupation.url?',
  'escoOccupation.assignedBy?',
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
  'edition.assessment?',
  'edition.limits?',
  'edition.source',
] as const satisfies readonly AskedField[]

const ofOwners = { group: 'qualifications', desks: ['authorities', 'issuers'] } as const
const ofStated = { ...ofOwners, first: 'qualification' } as const

/** What an owner states about its qualifications. Bodies and authorities have these actions at their desks. */
export const statementActions = {
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
  'state-assigned-qualification': {
    ...ofOwners,
    first: 'assignedQualification',
    fields: [...statementFields, ...editionFields],
    make: proposes(
      stateQualificationInput,
      ({ authority }, input, chance) => proposedChanges['state-qualification']({ issuer: authority }, input, chance),
      (body) => renamed('assignedQualification', 'id')(withEdition(body)),
    ),
  },
  'restate-qualification': {
    ...ofStated,
    fields: [...statementFields, 'effectiveFrom?'],
    begins: typedStatement,
    make: ({ authority, qualification: id }, body, chance) =>
      proposedChanges['state-qualification'](
        { issuer: authority },
        parseInput(stateQualificationInput, { ...body, id }),
        chance,
      ),
  },
  'state-edition': {
    ...ofStated,
    fields: [...editionFields, 'effectiveFrom?'],
    begins: typedEdition,
    make: proposes(stateEditionInput, proposedChanges['state-edition'], withEdition),
  },
  'retire-qualification': {
    ...ofStated,
    fields: ['effectiveFrom?', 'basis', 'reason'],
    make: proposes(retireQualificationInput, proposedChanges['retire-qualification']),
  },
} as const satisfies Readonly<Record<string, DeskAction>>

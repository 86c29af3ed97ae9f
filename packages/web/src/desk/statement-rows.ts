import type { AssignedCode, EditionStatement, QualificationStatement } from '@sijil/qualifications'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import type { ShownStatement } from './values.ts'

type Row = [Html, Html]

/** Everything that an owner states about a qualification and its edition but the units, one row for each fact. */
export const statementRows = (
  { statement, edition }: Pick<ShownStatement, 'statement' | 'edition'>,
  language: Language,
): Row[] => [
  ...(statement === undefined ? [] : qualificationRows(statement, language)),
  ...(edition === undefined ? [] : editionRows(edition, language)),
]

function qualificationRows(stated: Omit<QualificationStatement, 'state'>, language: Language): Row[] {
  const {
    title,
    localTitles = [],
    description,
    kind,
    code,
    codeScheme,
    occupation,
    escoOccupation,
    field,
    fieldOfEducation,
    requiredByLaw,
    source,
  } = stated
  return [
    [say(language, 'desk.statement.title'), foreign(title, 'en')],
    ...localTitles.map(
      ({ text, language: of }): Row => [
        say(language, 'desk.statement.localTitle', { language: of }),
        foreign(text, of),
      ],
    ),
    [say(language, 'desk.statement.description'), foreign(description, 'en')],
    [say(language, 'desk.statement.kind'), say(language, `desk.kind.${kind}`)],
    [
      say(language, 'desk.statement.code'),
      code === undefined ? say(language, 'desk.fact.none') : html`<code>${code}</code> ${foreign(codeScheme ?? '')}`,
    ],
    [say(language, 'desk.statement.occupation'), codeWords(occupation, language)],
    ...(escoOccupation === undefined
      ? []
      : [[say(language, 'desk.statement.escoOccupation'), codeWords(escoOccupation, language)] as Row]),
    [
      say(language, 'desk.statement.field'),
      html`${foreign(field, 'en')} ${fieldOfEducation ? codeWords(fieldOfEducation, language) : ''}`,
    ],
    ...(requiredByLaw === undefined
      ? []
      : [
          [
            say(language, 'desk.statement.requiredByLaw'),
            html`${foreign(requiredByLaw.law, 'en')}<br>${foreign(requiredByLaw.source)}`,
          ] as Row,
        ]),
    [say(language, 'desk.statement.source'), foreign(source)],
  ]
}

const codeWords = (stated: AssignedCode | undefined, language: Language): Html =>
  stated === undefined
    ? say(language, 'desk.fact.none')
    : html`${stated.scheme} (${stated.version}) <code>${stated.code}</code> ${foreign(stated.title, 'en')}, ${say(language, 'desk.statement.chosenBy', { name: foreign(stated.assignedBy, 'en') })}`

function editionRows(
  { id, from, until, supersedes, level, validity, assessment, limits, source }: EditionStatement,
  language: Language,
): Row[] {
  const term = validity === 'none' ? undefined : validity
  return [
    [say(language, 'desk.statement.edition'), html`<code>${id}</code>`],
    [
      say(language, 'desk.statement.awards'),
      until === undefined
        ? say(language, 'desk.statement.from', { from: day(from, language) })
        : say(language, 'desk.statement.between', { from: day(from, language), until: day(until, language) }),
    ],
    ...(supersedes === undefined
      ? []
      : [[say(language, 'desk.statement.supersedes'), html`<code>${supersedes}</code>`] as Row]),
    [
      say(language, 'desk.statement.level'),
      level === undefined ? say(language, 'desk.fact.none') : html`${level.framework} ${level.national}`,
    ],
    [
      say(language, 'desk.statement.validity'),
      term === undefined ? say(language, 'desk.noEnd') : html`${termWords(term, language)}`,
    ],
    ...(assessment === undefined
      ? []
      : [[say(language, 'desk.statement.assessment'), foreign(assessment, 'en')] as Row]),
    ...(limits === undefined ? [] : [[say(language, 'desk.statement.limits'), foreign(limits, 'en')] as Row]),
    [say(language, 'desk.statement.document'), foreign(source)],
  ]
}

/** Years, months or both. A part that is not stated is left out. */
function termWords({ years, months }: { years?: number; months?: number }, language: Language): Html {
  if (years === undefined) return say(language, 'desk.statement.months', { months: months ?? 0 })
  return months === undefined
    ? say(language, 'desk.statement.years', { years })
    : say(language, 'desk.statement.term', { years, months })
}

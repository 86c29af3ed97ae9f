import { type BodyStatement, practiceParts, type StateStatement } from '@sijil/qualifications'
import { html } from 'hono/html'
import { dayOrLess } from '../dates.ts'
import { bullets, foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { type Row, withBefore } from './framework-rows.ts'
import type { ShownDescription } from './values.ts'

/** Everything that is said about a body or a state, one row for each fact. A fact that changes shows its old value too. */
export const descriptionRows = ({ id, before, ...stated }: ShownDescription, language: Language): Row[] => [
  [say(language, 'desk.described'), html`<code>${id}</code>`],
  ...withBefore(factsOf(stated, language), before && factsOf(before, language), language),
]

const factsOf = ({ body, state }: Pick<ShownDescription, 'body' | 'state'>, language: Language): Row[] => [
  ...(body === undefined ? [] : bodyRows(body, language)),
  ...(state === undefined ? [] : stateRows(state, language)),
]

function bodyRows({ awards, mandate, practice, register, note, source }: BodyStatement, language: Language): Row[] {
  const named = awards.map(({ title, levels = [], years }) => {
    const limits = [
      ...(levels.length > 0 ? [say(language, 'desk.described.levels', { levels: levels.join(', ') })] : []),
      ...(years === undefined ? [] : [say(language, 'desk.described.years', { years })]),
    ]
    return html`${foreign(title, 'en')}${limits.map((limit) => html`<span class="dim small"> · ${limit}</span>`)}`
  })
  return [
    ...(mandate === undefined ? [] : mandateRows(mandate, language)),
    ...(practice === undefined ? [] : practiceRows(practice, language)),
    ...(awards.length === 0 ? [] : [[say(language, 'desk.described.awards'), bullets(named)] as Row]),
    ...(register === undefined ? [] : [[say(language, 'desk.described.register'), foreign(register)] as Row]),
    ...(note === undefined ? [] : [[say(language, 'desk.described.note'), foreign(note, 'en')] as Row]),
    [say(language, 'desk.statement.source'), foreign(source)],
  ]
}

const mandateRows = (
  { text, law, dated, source }: NonNullable<BodyStatement['mandate']>,
  language: Language,
): Row[] => [
  [say(language, 'desk.described.mandate'), withSource({ text, source })],
  ...(law === undefined ? [] : [[say(language, 'desk.described.law'), foreign(law, 'en')] as Row]),
  ...(dated === undefined ? [] : [[say(language, 'desk.described.dated'), html`${dayOrLess(dated, language)}`] as Row]),
]

const practiceRows = (practice: NonNullable<BodyStatement['practice']>, language: Language): Row[] =>
  practiceParts.map((part) => [
    say(language, `desk.described.practice.${part}`),
    withSource({ text: practice[part], source: practice.source }),
  ])

const stateRows = ({ certificateLanguages, standards, assurance }: StateStatement, language: Language): Row[] => [
  [
    say(language, 'desk.described.languages'),
    withSource({ text: certificateLanguages.codes.join(', '), source: certificateLanguages.source }),
  ],
  ...(standards.length === 0
    ? []
    : [[say(language, 'desk.described.standards'), bullets(standards.map(withSource))] as Row]),
  ...(assurance.length === 0
    ? []
    : [[say(language, 'desk.described.assurance'), bullets(assurance.map(withSource))] as Row]),
]

const withSource = ({ text, place, source }: { text: string; place?: string; source: string }): Html =>
  html`${foreign(text, 'en')}${place === undefined ? '' : html` (${foreign(place)})`}<br><span class="dim small">${foreign(source)}</span>`

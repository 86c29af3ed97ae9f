import type { FrameworkStatement, LevelTableStatement, ReferencingStatement } from '@sijil/qualifications'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import type { ShownFramework, ShownPlacement } from './values.ts'

export type Row = [Html, Html]

/** Everything that an authority states about its framework, one row for each fact. A fact that changes shows its old value too. */
export const frameworkRows = ({ framework, name, before, ...stated }: ShownFramework, language: Language): Row[] => [
  [
    say(language, 'desk.framework'),
    html`${name === undefined ? '' : html`${foreign(name, 'en')} `}<code class="dim small">${framework}</code>`,
  ],
  ...withBefore(factsOf(stated, language), before && factsOf(before, language), language),
]

const factsOf = (
  { statement, referencing, table }: NonNullable<ShownFramework['before']>,
  language: Language,
): Row[] => [
  ...(statement === undefined ? [] : statedRows(statement, language)),
  ...(referencing === undefined ? [] : referencingRows(referencing, language)),
  ...(table === undefined ? [] : tableRows(table, language)),
]

/** Compares the facts by their labels. A fact that is stated no more has a row of its own. */
export function withBefore(rows: readonly Row[], old: readonly Row[] | undefined, language: Language): Row[] {
  if (old === undefined) return [...rows]
  const none = say(language, 'desk.fact.none')
  const find = (among: readonly Row[], [label]: Row) => among.find(([other]) => String(other) === String(label))?.[1]
  const gone = old.filter((row) => find(rows, row) === undefined).map(([label]): Row => [label, none])
  return [...rows, ...gone].map((row): Row => {
    const [label, value] = row
    const before = find(old, row) ?? none
    return String(before) === String(value)
      ? row
      : [label, html`${value}<div class="dim">${say(language, 'desk.fact.before', { value: before })}</div>`]
  })
}

const statedRows = (
  {
    name,
    acronym,
    localName,
    levels,
    levelTitles,
    descriptors = [],
    edition,
    law,
    source,
  }: Omit<FrameworkStatement, 'state'>,
  language: Language,
): Row[] => [
  [say(language, 'desk.framework.name'), html`${foreign(name, 'en')} (${acronym})`],
  ...(localName
    ? [[say(language, 'desk.framework.localName'), foreign(localName.text, localName.language)] as Row]
    : []),
  [
    say(language, 'desk.framework.levels'),
    levelTitles.length === 0
      ? html`${levels}`
      : html`<ol class="bul">${levelTitles.map((title) => html`<li>${foreign(title)}</li>`)}</ol>`,
  ],
  ...(descriptors.length === 0
    ? []
    : [
        [
          say(language, 'desk.framework.descriptors'),
          html`<ol class="bul">${descriptors.map((text) => html`<li>${foreign(text, 'en')}</li>`)}</ol>`,
        ] as Row,
      ]),
  ...(edition ? [[say(language, 'desk.framework.edition'), foreign(edition)] as Row] : []),
  ...(law ? [[say(language, 'desk.framework.law'), foreign(law)] as Row] : []),
  [say(language, 'desk.statement.source'), foreign(source)],
]

const referencingRows = (
  { status, endorsedOn, meeting, edition, report, source }: ReferencingStatement,
  language: Language,
): Row[] => [
  [say(language, 'desk.framework.report'), foreign(report, 'en')],
  [
    say(language, 'desk.framework.status'),
    endorsedOn === undefined
      ? say(language, `desk.framework.status.${status}`)
      : html`${say(language, `desk.framework.status.${status}`)}, ${day(endorsedOn, language)} ${foreign(meeting ?? '')}`,
  ],
  ...(edition ? [[say(language, 'desk.framework.edition'), foreign(edition)] as Row] : []),
  [say(language, 'desk.statement.source'), foreign(source)],
]

const tableRows = ({ version, rows, source }: LevelTableStatement, language: Language): Row[] => [
  [say(language, 'desk.framework.table'), foreign(version)],
  ...rows.map(
    ({ national, aqrf }): Row => [
      say(language, 'desk.framework.row', { level: national }),
      aqrf === null ? say(language, 'desk.framework.unknown') : html`AQRF ${aqrf}`,
    ],
  ),
  [say(language, 'desk.statement.source'), foreign(source)],
]

/** Where an edition is placed. Without a level, the placement ends. */
export const placementRows = (
  { qualification, title, edition, before, ...placed }: ShownPlacement,
  language: Language,
): Row[] => [
  [
    say(language, 'desk.statement.qualification'),
    html`${title === undefined ? '' : html`${foreign(title, 'en')} `}<code class="dim small">${qualification}</code>`,
  ],
  [say(language, 'desk.statement.edition'), html`<code>${edition}</code>`],
  ...withBefore(placedRows(placed, language), before && placedRows(before, language), language),
]

const placedRows = (
  { framework, level, source }: Pick<ShownPlacement, 'framework' | 'level' | 'source'>,
  language: Language,
): Row[] => [
  [say(language, 'desk.framework'), html`<code>${framework}</code>`],
  ...(level === undefined ? [] : [[say(language, 'desk.framework.level'), html`${level}`] as Row]),
  ...(source === undefined ? [] : [[say(language, 'desk.framework.register'), foreign(source)] as Row]),
]

import type { FrameworkStatement, LevelTableStatement, ReferencingStatement } from '@sijil/qualifications'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import type { ShownChange, ShownFramework } from './values.ts'

type Row = [Html, Html]

/** Everything that an authority states about its framework, one row for each fact. */
export const frameworkRows = (
  { framework, statement, referencing, table }: ShownFramework,
  language: Language,
): Row[] => [
  [say(language, 'desk.framework'), html`<code>${framework}</code>`],
  ...(statement === undefined ? [] : statedRows(statement, language)),
  ...(referencing === undefined ? [] : referencingRows(referencing, language)),
  ...(table === undefined ? [] : tableRows(table, language)),
]

const statedRows = (
  { name, acronym, localName, levels, levelTitles, law, source }: Omit<FrameworkStatement, 'state'>,
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
  [
    say(language, 'desk.framework.levels'),
    html`<ul class="bul">${rows.map(({ national, aqrf }) => html`<li>${national} → ${aqrf === null ? say(language, 'desk.framework.unknown') : html`AQRF ${aqrf}`}</li>`)}</ul>`,
  ],
  [say(language, 'desk.statement.source'), foreign(source)],
]

/** Where an edition is placed. Without a level, the placement ends. */
export const placementRows = (
  { qualification, edition, framework, level, source }: NonNullable<ShownChange['placement']>,
  language: Language,
): Row[] => [
  [say(language, 'desk.statement.qualification'), html`<code>${qualification}</code>`],
  [say(language, 'desk.statement.edition'), html`<code>${edition}</code>`],
  [say(language, 'desk.framework'), html`<code>${framework}</code>`],
  ...(level === undefined ? [] : [[say(language, 'desk.framework.level'), html`${level}`] as Row]),
  ...(source === undefined ? [] : [[say(language, 'desk.framework.register'), foreign(source)] as Row]),
]

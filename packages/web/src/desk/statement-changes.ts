import type { EditionStatement } from '@sijil/qualifications'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { table } from '../table.ts'
import { unitList } from '../unit-list.ts'
import { changeRows, type Row, summary } from './change-facts.ts'
import { statementRows } from './statement-rows.ts'
import type { ShownChange, ShownStatement } from './values.ts'

/** All that a change says. Of a statement about a qualification the differences stand first, and then the whole statement. */
export const changeBody = (change: ShownChange, language: Language): Html =>
  html`<div class="flow">${summary(changeRows(change, language))}${change.catalogue === undefined ? '' : statementParts(change.catalogue, language)}</div>`

function statementParts(stated: ShownStatement, language: Language): Html {
  const { statement, edition, before } = stated
  if (statement === undefined && edition === undefined) return html``
  const whole = html`${summary(statementRows(stated, language))}${edition === undefined ? '' : html`<h4>${say(language, 'desk.statement.units', { count: edition.units.length })}</h4>${edition.units.length === 0 ? html`<p>${say(language, 'desk.own.units.none')}</p>` : unitList(edition.units)}`}`
  if (before === undefined) return html`<h3>${say(language, 'desk.diff.whole')}</h3>${whole}`
  return html`<div class="flow" data-differences>${factDifferences(stated, language)}${edition === undefined || before.edition === undefined ? '' : unitDifferences(before.edition, edition, language)}</div><h3>${say(language, 'desk.diff.whole')}</h3>${whole}`
}

/** Names of the two sides of a comparison: the two editions, or the record and what is to take its place. */
function sides(
  before: EditionStatement | undefined,
  edition: EditionStatement | undefined,
  language: Language,
): Html[] {
  if (before === undefined || edition === undefined || before.id === edition.id)
    return [say(language, 'desk.diff.now'), say(language, 'desk.diff.then')]
  // On a phone they are attributes of the cells, so they hold no markup.
  return [before, edition].map(({ id }) => say(language, 'desk.diff.edition', { edition: id }))
}

const NOTHING = Symbol('no row')

/** The facts that differ from those on record, old and new side by side. */
function factDifferences({ statement, edition, before }: ShownStatement, language: Language): Html {
  const rowsOf = (stated: Pick<ShownStatement, 'statement' | 'edition'>) =>
    new Map(statementRows(stated, language).map(([label, value]: Row) => [String(label), { label, value }]))
  const now = rowsOf({
    ...(statement && before && { statement: before.statement }),
    ...(edition && before?.edition && { edition: before.edition }),
  })
  const then = rowsOf({
    ...(statement && { statement }),
    ...(edition && before?.edition && { edition }),
  })
  const none = html`<span class="dim">${say(language, 'desk.fact.none')}</span>`
  const rows = [...new Set([...then.keys(), ...now.keys()])].flatMap((key) => {
    const [old, own] = [now.get(key), then.get(key)]
    const [was, is] = [old, own].map((row) => (row === undefined ? NOTHING : String(row.value)))
    const label = (own ?? old)?.label
    return was === is || label === undefined ? [] : [[label, old?.value ?? none, own?.value ?? none] as const]
  })
  const title = say(language, 'desk.diff')
  if (now.size === 0) return html``
  if (rows.length === 0) return html`<h3>${title}</h3><p>${say(language, 'desk.diff.none')}</p>`
  const [own, old] = statement === undefined ? [edition, before?.edition] : []
  const heads = [say(language, 'desk.diff.fact'), ...sides(old, own, language)]
  return html`<h3>${title}</h3>${table(title, heads, rows)}`
}

type Unit = EditionStatement['units'][number]

/** Units that differ between two editions, and how many are the same. The order of the new edition is kept. */
function differentUnits(before: readonly Unit[], units: readonly Unit[]) {
  const old = new Map(before.map(({ code, title }) => [code, title]))
  const codes = new Set(units.map(({ code }) => code))
  const changed = units.filter(({ code, title }) => old.has(code) && old.get(code) !== title)
  const added = units.filter(({ code }) => !old.has(code))
  const left = before.filter(({ code }) => !codes.has(code))
  const same = units.length - changed.length - added.length
  const kept = before.filter(({ code }) => codes.has(code)).map(({ code }) => code)
  const isReordered =
    kept.join('\n') !==
    units
      .filter(({ code }) => old.has(code))
      .map(({ code }) => code)
      .join('\n')
  return { old, changed, added, left, same, isReordered }
}

function unitDifferences(before: EditionStatement, edition: EditionStatement, language: Language): Html {
  const { old, changed, added, left, same, isReordered } = differentUnits(before.units, edition.units)
  const counts = { same, changed: changed.length, added: added.length, left: left.length }
  const words = say(language, 'desk.diff.units', counts)
  const title = say(language, 'desk.diff.units.title')
  const none = (key: 'desk.diff.absent' | 'desk.diff.left') => html`<span class="dim">${say(language, key)}</span>`
  const code = (unit: Unit) => html`<code>${unit.code}</code>`
  const text = (title: string | undefined) => foreign(title ?? '', 'en')
  const rows = [
    ...changed.map(
      (unit) =>
        [
          code(unit),
          text(old.get(unit.code)),
          text(unit.title),
          tag('am', 'warn', say(language, 'desk.diff.changed')),
        ] as const,
    ),
    ...added.map(
      (unit) =>
        [
          code(unit),
          none('desk.diff.absent'),
          text(unit.title),
          tag('ok', 'plus', say(language, 'desk.diff.new')),
        ] as const,
    ),
    ...left.map(
      (unit) =>
        [
          code(unit),
          text(unit.title),
          none('desk.diff.left'),
          tag('no', 'x', say(language, 'desk.diff.left')),
        ] as const,
    ),
  ]
  const heads = [
    say(language, 'desk.diff.code'),
    ...sides(before, edition, language),
    say(language, 'desk.diff.difference'),
  ]
  return html`<h3>${title}</h3><p class="dim">${words}${isReordered ? html` ${say(language, 'desk.diff.reordered')}` : ''}</p>${rows.length === 0 ? '' : table(title, heads, rows)}`
}

/** What follows from a statement about a qualification, in plain words. */
export function followsCall({ verb, effectiveAt, catalogue }: ShownChange, language: Language): Html {
  if (catalogue === undefined) return html``
  const { edition, before } = catalogue
  const corrects = edition !== undefined && before?.edition?.id === edition.id
  const kept = say(language, 'desk.follows.certificates')
  if (verb === 'assign-record')
    return followsList(
      [say(language, 'desk.follows.assigned', { date: day(effectiveAt ?? '', language) }), kept],
      language,
    )
  const first =
    verb === 'retire-qualification'
      ? [say(language, 'desk.follows.retired', { date: day(effectiveAt ?? '', language) }), kept]
      : before === undefined
        ? [say(language, 'desk.follows.new')]
        : edition === undefined
          ? [kept, say(language, 'desk.follows.scope')]
          : [
              corrects
                ? say(language, 'desk.follows.corrected', { edition: foreign(edition.id) })
                : say(language, 'desk.follows.edition', {
                    edition: foreign(edition.id),
                    date: day(edition.from, language),
                  }),
              kept,
              say(language, 'desk.follows.scope'),
            ]
  const last = say(language, verb === 'retire-qualification' ? 'desk.follows.final' : 'desk.follows.kept')
  return followsList([...first, last], language)
}

const followsList = (follows: readonly Html[], language: Language): Html =>
  html`<div class="call">${icon('info')}<div><h3>${say(language, 'desk.follows')}</h3><ul class="bul" data-follows>${follows.map((each) => html`<li>${each}</li>`)}</ul></div></div>`

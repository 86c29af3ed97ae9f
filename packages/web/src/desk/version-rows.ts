import { type Aspect, aspects } from '@sijil/qualifications'
import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { corridorRows } from './track-rows.ts'
import type { ShownVersion } from './values.ts'

type Row = readonly [label: Html, value: Html]

/** A version that authorities join, with all that its text says. */
export const versionRows = (
  { id, number, parties, hash, comparison, corridor }: ShownVersion,
  language: Language,
): readonly Row[] => [
  [say(language, 'desk.joint.version'), html`<code>${id}</code> ${number}`],
  ...(hash === undefined ? [] : [[say(language, 'desk.joint.hash'), html`<code>${hash}</code>`] as const]),
  ...(parties === undefined ? [] : [[say(language, 'desk.joint.parties'), partyList(parties)] as const]),
  ...(comparison === undefined ? [] : comparisonRows(comparison, language)),
  ...(corridor === undefined ? [] : corridorRows(corridor, language)),
]

const partyList = (parties: NonNullable<ShownVersion['parties']>): Html =>
  html`<ul class="bul">${parties.map(({ registry, id }) => html`<li><code>${id}</code> <span class="dim small">${registry}</span></li>`)}</ul>`

const comparisonRows = (
  { from, to, rows, aspects: stated }: NonNullable<ShownVersion['comparison']>,
  language: Language,
): Row[] => [
  [say(language, 'desk.joint.from'), html`<code>${from.qualification}</code> <code>${from.edition}</code>`],
  [say(language, 'desk.joint.to'), html`<code>${to.qualification}</code> <code>${to.edition}</code>`],
  ...rows.map(
    (row): Row => [
      html`<code>${row.unit}</code>`,
      html`${resultOf(row, language)}${row.by.map((code) => html` <code>${code}</code>`)}`,
    ],
  ),
  ...aspects.flatMap((name): Row[] => {
    const aspect = stated[name]
    return aspect === undefined ? [] : [[say(language, `desk.joint.aspect.${name}`), resultOf(aspect, language)]]
  }),
]

const resultOf = ({ result, note }: Aspect, language: Language): Html =>
  html`${say(language, `desk.joint.result.${result}`)}${note === undefined ? '' : html`: ${foreign(note)}`}`

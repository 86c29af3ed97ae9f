import { type Aspect, aspects, type LevelRecord, type PinnedEdition, type SkillSet } from '@sijil/qualifications'
import { html } from 'hono/html'
import { degreeWords, levelWords } from '../comparison-words.ts'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import { say as sayToAll } from '../messages/say.ts'
import type { Language } from '../messages/speak.ts'
import { corridorRows } from './track-rows.ts'
import type { ComparedVersion, ShownVersion } from './values.ts'

type Row = readonly [label: Html, value: Html]

/** A version that authorities join, with all that its text says. */
export const versionRows = (
  { id, number, parties, hash, comparison, compared, set, levelRecord, corridor }: ShownVersion,
  language: Language,
): readonly Row[] => [
  [say(language, 'desk.joint.version'), html`<code>${id}</code> ${number}`],
  ...(hash === undefined ? [] : [[say(language, 'desk.joint.hash'), html`<code>${hash}</code>`] as const]),
  ...(parties === undefined ? [] : [[say(language, 'desk.joint.parties'), partyList(parties)] as const]),
  ...(set === undefined ? [] : setRows(set, language)),
  ...(levelRecord === undefined ? [] : levelRows(levelRecord, language)),
  ...(comparison === undefined ? [] : comparisonRows(comparison, compared, language)),
  ...(corridor === undefined ? [] : corridorRows(corridor, language)),
]

const partyList = (parties: NonNullable<ShownVersion['parties']>): Html =>
  html`<ul class="bul">${parties.map(({ registry, id }) => html`<li><code>${id}</code> <span class="dim small">${registry}</span></li>`)}</ul>`

const comparisonRows = (
  { from, to, rows, aspects: stated }: NonNullable<ShownVersion['comparison']>,
  compared: ComparedVersion | undefined,
  language: Language,
): Row[] => [
  [say(language, 'desk.joint.from'), editionWords(from, compared?.titles.from)],
  [say(language, 'desk.joint.to'), editionWords(to, compared?.titles.to)],
  ...(compared === undefined
    ? rows.map(
        (row): Row => [
          html`<code>${row.unit}</code>`,
          html`${resultOf(row, language)}${row.by.map((code) => html` <code>${code}</code>`)}`,
        ],
      )
    : unitRows(compared, language)),
  ...aspects.flatMap((name): Row[] => {
    const aspect = stated[name]
    return aspect === undefined ? [] : [[say(language, `desk.joint.aspect.${name}`), resultOf(aspect, language)]]
  }),
]

/** Every unit of the set, with what the parties accept for it. */
const setRows = ({ name, units }: SkillSet, language: Language): Row[] => [
  [say(language, 'desk.joint.set'), foreign(name, 'en')],
  ...units.map(
    ({ code, title, accepts }): Row => [
      html`${foreign(title, 'en')} <code>${code}</code>`,
      html`<ul class="bul">${accepts.map((one) => html`<li><code>${one.qualification}</code> <code>${one.edition}</code> <code>${one.unit}</code></li>`)}</ul>`,
    ],
  ),
]

/** The level that both states agree on, and where it is shown. */
const levelRows = (
  { corridor, track, edition, aqrf, hostLevel, source }: Omit<LevelRecord, 'origin' | 'host'>,
  language: Language,
): Row[] => [
  [say(language, 'desk.joint.track'), html`<code>${corridor}</code> <code>${track}</code>`],
  [say(language, 'desk.joint.edition'), editionWords(edition, undefined)],
  [say(language, 'desk.joint.aqrf'), html`${aqrf}`],
  ...(hostLevel === undefined ? [] : [[say(language, 'desk.joint.hostLevel'), html`${hostLevel}`] as const]),
  [say(language, 'desk.joint.source'), foreign(source)],
]

const editionWords = ({ qualification, edition }: PinnedEdition, title: string | undefined): Html =>
  html`${title === undefined ? '' : html`${foreign(title, 'en')} `}<code>${qualification}</code> <code>${edition}</code>`

/** Every unit that is asked for, also one that nobody compared, and what follows from them. */
const unitRows = ({ units, counts, degree, level }: ComparedVersion, language: Language): Row[] => [
  ...units.map(({ unit, result, by, note }): Row => {
    const closest = by.map(({ code, title }) => html`<li>${foreign(title, 'en')} <code>${code}</code></li>`)
    const words =
      result === 'not-compared'
        ? say(language, 'desk.unit.open')
        : resultOf({ result, ...(note && { note }) }, language)
    return [
      html`${foreign(unit.title, 'en')} <code>${unit.code}</code>`,
      html`${words}${closest.length === 0 ? '' : html`<ul class="bul">${closest}</ul>`}`,
    ]
  }),
  [
    sayToAll(language, 'comparison.overall'),
    html`${degreeWords(degree, language)} ${sayToAll(language, 'comparison.counts', { match: counts.match, partial: counts.partial, gap: counts.gap, open: counts['not-compared'] })}`,
  ],
  [sayToAll(language, 'comparison.level'), levelWords(level, language)],
]

const resultOf = ({ result, note }: Aspect, language: Language): Html =>
  html`${say(language, `desk.joint.result.${result}`)}${note === undefined ? '' : html`: ${foreign(note)}`}`

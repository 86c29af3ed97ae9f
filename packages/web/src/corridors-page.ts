import { CORRIDOR_LICENCE, stepIds } from '@sijil/qualifications'
import { html } from 'hono/html'
import { corridorSummary } from './corridor-summary.ts'
import type { CorridorsValues, ListedTrack } from './corridor-values.ts'
import { pathOfTrack, stepTag, titleOf } from './corridor-words.ts'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { type Language, phrase, say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { stateName, stateWords } from './state-names.ts'
import { type Cell, table } from './table.ts'

/** Tracks as rows, steps as columns. */
export function tracksTable(tracks: readonly ListedTrack[], context: PageContext): Html {
  const { language } = context
  const heads = [
    phrase(language, 'corridor.track'),
    ...stepIds.map((step) => phrase(language, 'corridor.stepNumber', { step })),
  ]
  const rows = tracks.map((track): [Cell, ...Cell[]] => [
    html`<a href="${local(pathOfTrack(track), context)}"><span>${titleOf(track, language)}</span></a>`,
    ...track.steps.map((step) => stepTag(step, language)),
  ])
  return table(say(language, 'corridors.tracks'), heads, rows)
}

const shapes = [
  [{ progress: 'done', basis: 'declared' }, 'done'],
  [{ progress: 'waits', basis: 'declared' }, 'waits'],
  [{ progress: 'done', basis: 'reported' }, 'reported'],
  [{ progress: 'done', basis: 'inferred' }, 'inferred'],
] as const

/** What each shape and word means. */
const legend = (language: Language): Html =>
  html`<dl class="sum noprint">${shapes.map(([shape, name]) => html`<div><dt>${stepTag({ step: '1', ...shape }, language)}</dt><dd>${say(language, `corridors.legend.${name}`)}</dd></div>`)}</dl>`

export const corridorNotice = (language: Language): Html =>
  html`<div class="call mb2">${icon('info')}<p><b>${say(language, 'corridors.notice')}</b></p></div>`

export const openData = (links: Html, language: Language): Html =>
  html`<section><h2>${say(language, 'corridor.files')}</h2><ul class="bul">${links}</ul><p class="small dim mt1">${say(language, 'corridor.licence')} <a href="${CORRIDOR_LICENCE}" rel="license external nofollow noreferrer">CC BY 4.0</a></p></section>`

/** Every track of every corridor, with what is said of each step. */
export function corridorsPage({ tracks, pilots, ofState, states }: CorridorsValues, context: PageContext): string {
  const { language } = context
  const title =
    ofState === undefined
      ? phrase(language, 'corridors.title')
      : phrase(language, 'corridors.ofState', { state: ofState.stateName ?? stateName(ofState.state, language) })
  const choices = states.map(
    ({ state, ...of }) =>
      html`<li><a href="${local(`/corridors?state=${state}`, context)}">${stateWords({ state, ...of }, language)}</a></li>`,
  )
  const beside = pilots.map(
    ({ id, states, note, reportedOn }) =>
      html`<li><p><a href="${local(`/corridors/${id}`, context)}">${states.map((of, at) => html`${at === 0 ? '' : ', '}${stateWords(of, language)}`)}</a> <span class="small dim">${say(language, 'corridor.asOf', { date: day(reportedOn, language) })}</span></p><p>${foreign(note, 'en')}</p></li>`,
  )
  const main = html`<div class="head"><h1>${title}</h1><p class="lead">${say(language, 'corridors.lead')}</p></div>
${corridorNotice(language)}
<div class="sheet"><section${ofState === undefined ? '' : html` class="noprint"`}><h2>${say(language, 'corridors.tracks')}</h2>${tracks.length === 0 ? html`<p>${say(language, 'corridors.none')}</p>` : tracksTable(tracks, context)}</section>
${tracks.length === 0 ? '' : corridorSummary(tracks, context)}
<section class="noprint"><h2>${say(language, 'corridors.byState')}</h2><ul class="bul">${ofState === undefined ? '' : html`<li><a href="${local('/corridors', context)}">${say(language, 'corridors.all')}</a></li>`}${choices}</ul></section>
<section class="noprint"><h2>${say(language, 'corridors.legend')}</h2>${legend(language)}<p class="mt1"><a class="tlink" href="${local('/corridor-steps', context)}">${say(language, 'corridor.guidance')}</a></p></section>
${beside.length === 0 ? '' : html`<section><h2>${say(language, 'corridors.pilots')}</h2><ul class="rows">${beside}</ul></section>`}
${openData(html`<li><a href="${local('/compliance', context)}">${say(language, 'compliance.title')}</a></li><li><a href="/corridors.csv">${say(language, 'corridor.csv')}</a></li><li><a href="/corridors.atom" type="application/atom+xml">${say(language, 'changes.follow')}</a></li>`, language)}</div>`
  return page({ title, main, feed: '/corridors.atom' }, context)
}

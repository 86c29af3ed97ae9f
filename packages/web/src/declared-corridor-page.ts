import { html } from 'hono/html'
import { partiesCall, partyLines } from './comparison-words.ts'
import { corridorSummary } from './corridor-summary.ts'
import type { DeclaredCorridorValues } from './corridor-values.ts'
import { corridorNotice, openData, tracksTable } from './corridors-page.ts'
import { moment } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { say } from './messages/say.ts'
import { type PageContext, page } from './page.ts'
import { crumb } from './reported-corridor-page.ts'

const isKnown = (type: string): type is 'joint-proposed' | 'joint-joined' | 'joint-left' => /^joint-/.test(type)

/** The entry of the log, which nobody can change. */
export const permanentLink = (entry: string, { language }: PageContext): Html =>
  html`<a class="small" href="/log/catalogue/record/${entry}">${say(language, 'corridor.permanent')}</a>`

/** One corridor that states founded here. Who joined it stands before what it says. */
export function declaredCorridorPage(values: DeclaredCorridorValues, context: PageContext): string {
  const { language } = context
  const { title, version, waiting, tracks, records, state } = values
  const decisions = records.map(({ number, type, by, recordedAt, entry }) =>
    isKnown(type)
      ? html`<li>${say(language, `corridor.record.${type}`, { number, by: html`<code>${by}</code>` })} <span class="small dim">${moment(recordedAt, language)}</span> ${permanentLink(entry, context)}</li>`
      : '',
  )
  const main = html`${crumb('/corridors', say(language, 'corridors.all'), context)}
<div class="head"><h1>${foreign(title)}</h1><p class="lead">${say(language, 'corridor.kind.declared')}</p></div>
${partiesCall(version, context)}
${waiting === undefined ? '' : html`<div class="call am mb2">${icon('clock')}<p><b>${say(language, 'corridor.nextVersion', { number: waiting.number })}</b></p></div>`}
${state === 'ended' ? html`<div class="call am mb2">${icon('warn')}<p><b>${say(language, 'corridor.ended')}</b></p></div>` : ''}
${corridorNotice(language)}
<div class="sheet"><section class="noprint"><h2>${say(language, 'corridors.tracks')}</h2>${tracksTable(tracks, context)}</section>
${corridorSummary(tracks, context)}
<section><h2>${say(language, 'comparison.parties')}</h2>${partyLines(version, language)}${waiting === undefined ? '' : partyLines(waiting, language)}</section>
<section class="noprint"><h2>${say(language, 'corridor.decisions')}</h2><ol class="num">${decisions}</ol></section>
${openData(html`<li><a href="/corridors.csv">${say(language, 'corridor.csv')}</a></li>`, language)}</div>`
  return page({ title, main }, context)
}

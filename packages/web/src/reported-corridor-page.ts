import { html } from 'hono/html'
import { citations } from './citations.ts'
import { corridorSummary } from './corridor-summary.ts'
import type { ReportedCorridorValues } from './corridor-values.ts'
import { corridorNotice, openData, tracksTable } from './corridors-page.ts'
import { day } from './dates.ts'
import { describedLine } from './described-line.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { updatesOf } from './reported-updates.ts'
import { stateLink, stateName } from './state-names.ts'

export const crumb = (path: string, words: Html, context: PageContext): Html =>
  html`<p class="crumb"><a href="${local(path, context)}">${icon('left')}<span>${words}</span></a></p>`

/** One corridor as it was reported, with its tracks. */
export function reportedCorridorPage({ corridor, tracks }: ReportedCorridorValues, context: PageContext): string {
  const { language } = context
  const sources = citations(context)
  const title = corridor.states.map((state) => stateName(state, language)).join(', ')
  const main = html`${crumb('/corridors', say(language, 'corridors.all'), context)}
<div class="head"><h1>${title}</h1><p class="lead">${say(language, `corridor.kind.${corridor.kind}`)}</p></div>
<div class="call am mb2">${icon('file')}<p><b>${say(language, 'corridor.notDeclared', { date: day(corridor.reportedOn, language) })}</b> ${foreign(corridor.note, 'en')}${sources.cite(corridor)}</p></div>
${corridorNotice(language)}
<div class="sheet">${tracks.length === 0 ? '' : html`<section class="noprint"><h2>${say(language, 'corridors.tracks')}</h2>${tracksTable(tracks, context)}</section>${corridorSummary(tracks, context)}`}
<section><h2>${say(language, 'corridor.states')}</h2><ul class="bul">${corridor.states.map((state) => html`<li>${stateLink({ state }, context)}</li>`)}</ul></section>
</div>
<div class="sheet mt3 noprint">${updatesOf(corridor.updates, sources, context)}${sources.list()}
${openData(html`<li><a href="/corridors.csv">${say(language, 'corridor.csv')}</a></li><li><a href="/descriptions/corridor:${corridor.id}/records">${say(language, 'corridor.records')}</a></li>`, language)}</div>${describedLine(corridor, context)}`
  return page({ title, main }, context)
}

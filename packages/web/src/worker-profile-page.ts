import { titleOfOccupation } from '@sijil/qualifications'
import { html } from 'hono/html'
import { resultTag } from './comparison-words.ts'
import type { WorkerProfileValues } from './corridor-values.ts'
import { pathOfTrack, plainTitle, titleOf } from './corridor-words.ts'
import { day } from './dates.ts'
import { bullets, foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { crumb } from './reported-corridor-page.ts'
import { unitList } from './unit-list.ts'

type Profiled = WorkerProfileValues['qualifications'][number]

const levelWords = ({ framework, level, confirmed }: Profiled['levels'][number], { language }: PageContext): Html =>
  html`${say(language, 'levels.level', { framework, level })}${confirmed ? '' : html` (${say(language, 'state.unconfirmed')})`}`

function qualificationPart(of: Profiled, context: PageContext): Html {
  const { language } = context
  const { id, title, edition, description, units, levels, missing } = of
  const open = missing.map(
    ({ unit, result, note }) => html`<code>${unit}</code> ${resultTag(result, language)} ${foreign(note)}`,
  )
  return html`<section><h2><a href="${local(`/qualifications/${id}`, context)}">${foreign(title, 'en')}</a></h2><p class="small dim">${foreign(edition)}</p><p>${foreign(description, 'en')}</p>
<h3 class="mt2">${say(language, 'profile.levels')}</h3>${levels.length === 0 ? html`<p>${say(language, 'corridor.noLevel')}</p>` : bullets(levels.map((level) => levelWords(level, context)))}
<h3 class="mt2">${say(language, 'profile.tasks')}</h3>${units.length === 0 ? html`<p>${say(language, 'corridor.unitsUnknown')}</p>` : unitList(units)}
${open.length === 0 ? '' : html`<h3 class="mt2">${say(language, 'profile.missing')}</h3>${bullets(open)}`}</section>`
}

/** The draft that step 6 begins with. It is about a trade and no person, and fits on paper. */
export function workerProfilePage(values: WorkerProfileValues, context: PageContext): string {
  const { language } = context
  const { track, occupations, qualifications, draftedOn } = values
  const jobs = occupations.map(
    ({ isco, descriptions, roles }) =>
      html`${foreign(titleOfOccupation(isco) ?? isco, 'en')} <span class="dim">ISCO-08 ${isco}</span>${descriptions.map((one) => html`<br>${foreign(one.text, one.language)}`)}${roles.length === 0 ? '' : bullets(roles.map((role) => foreign(role)))}`,
  )
  const title = `${phrase(language, 'profile.title')}: ${plainTitle(track, language)}`
  const main = html`${crumb(pathOfTrack(track), titleOf(track, language), context)}
<div class="head"><h1>${say(language, 'profile.title')}</h1><p class="lead">${titleOf(track, language)}</p></div>
<div class="call mb2">${icon('info')}<p><b>${say(language, 'profile.draft', { date: day(draftedOn, language) })}</b> ${say(language, 'profile.decides')}</p></div>
<div class="sheet"><section><h2>${say(language, 'corridor.occupations')}</h2>${jobs.length === 0 ? html`<p>–</p>` : bullets(jobs)}</section>
${qualifications.length === 0 ? html`<section><p>${say(language, 'profile.none')}</p></section>` : qualifications.map((one) => qualificationPart(one, context))}</div>`
  return page({ title, main }, context)
}

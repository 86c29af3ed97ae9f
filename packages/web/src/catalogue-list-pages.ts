import { html } from 'hono/html'
import type { ListedQualification } from './catalogue/values.ts'
import { placeOf, qualificationRow } from './catalogue-page.ts'
import { day } from './dates.ts'
import { edition } from './edition.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { sectorName } from './sector-names.ts'
import { stateLink } from './state-names.ts'

export interface UnitValues {
  code: string
  /** The number of qualifications on all pages. */
  count: number
  qualifications: readonly (ListedQualification & {
    editions: readonly { id: string; from?: string; until?: string; code: string; title: string }[]
  })[]
  /** The page token of the next page. */
  next?: string
}

export interface OccupationValues {
  /** ISCO-08 unit group. */
  id: string
  title: string
  asOf: string
  count: number
  /** `isRelated`: it is mainly for another occupation. */
  states: readonly {
    state: string
    qualifications: readonly (ListedQualification & { isRelated: boolean })[]
  }[]
}

const crumb = (context: PageContext): Html =>
  html`<p class="crumb noprint"><a href="${local('/qualifications', context)}">${icon('left')}${say(context.language, 'catalogue.none.all')}</a></p>`

/** A unit in one edition. Its title is the words of the owner of the qualification. */
function unitIn(
  { id, from, until, code, title }: UnitValues['qualifications'][number]['editions'][number],
  context: PageContext,
): Html {
  const { language } = context
  const period =
    from === undefined
      ? ''
      : html`, ${until === undefined ? say(language, 'qualification.edition.open', { date: day(from, language) }) : say(language, 'facts.from', { from: day(from, language), until: day(until, language) })}`
  return html`<li><span class="mono">${foreign(code)}</span> <b>${foreign(title, 'en')}</b><br><span class="small dim">${say(language, 'qualification.edition')}: ${edition(id, context)}${period}</span></li>`
}

/** The qualifications and editions in which the code of a unit occurs. */
export function unitPage({ code, qualifications, next }: UnitValues, context: PageContext): string {
  const { language } = context
  const rows = qualifications.map(
    (each) =>
      html`<li><a href="${local(`/qualifications/${each.id}`, context)}">${foreign(each.title, 'en')}</a><p class="small dim">${placeOf(each, context)}</p><ul class="plain">${each.editions.map((one) => unitIn(one, context))}</ul></li>`,
  )
  const search = `/qualifications?${new URLSearchParams({ q: code })}`
  const list =
    rows.length === 0
      ? html`<p>${say(language, 'unit.none')}</p><p><a class="tlink" href="${local(`${search}#found`, context)}">${say(language, 'catalogue.none.words', { words: foreign(code) })}</a></p>`
      : html`<h2 class="vh">${say(language, 'catalogue.title')}</h2><ul class="rows">${rows}</ul>`
  const more = next && `/units?${new URLSearchParams({ code, page: next })}`
  const main = html`${crumb(context)}<div class="head"><p class="small dim">${say(language, 'unit.crumb')}</p><h1>${foreign(code)}</h1><p class="lead">${say(language, 'unit.lead')}</p></div>
<div class="sheet"><section>${list}</section></div>${more === undefined ? '' : html`<p class="mt2"><a class="tlink" href="${local(more, context)}" rel="next">${say(language, 'catalogue.more')}</a></p>`}`
  return page({ title: code, main }, context)
}

/** The qualifications for one occupation, by state and level. */
export function occupationPage({ id, title, asOf, count, states }: OccupationValues, context: PageContext): string {
  const { language } = context
  const name = sectorName('occupations', id, language) ?? { text: title, language: 'en' }
  const sections = states.map(
    ({ state, qualifications }) =>
      html`<section aria-labelledby="state-${state}"><h2 id="state-${state}">${stateLink({ ...qualifications[0], state }, context)}</h2><ul class="rows">${qualifications.map((each) => qualificationRow(each, context, each.isRelated))}</ul></section>`,
  )
  const main = html`${crumb(context)}<div class="head"><p class="small dim">${say(language, 'occupation.crumb', { code: id })}</p><h1>${foreign(name.text, name.language)}</h1><p class="lead">${say(language, 'occupation.lead')}</p></div>
<p class="small dim mb1">${say(language, 'catalogue.asOf', { date: day(asOf, language) })} ${say(language, 'catalogue.levels')} <a class="tlink" href="${local(`/qualifications?occupation=${id}`, context)}">${say(language, 'occupation.all', { count })}</a></p>
<div class="sheet">${sections}</div>`
  return page({ title: name.text, main }, context)
}

import { html } from 'hono/html'
import { addressOf, catalogueFilters, chips } from './catalogue/filters.ts'
import type { CatalogueValues, ListedQualification } from './catalogue/values.ts'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { tag } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { stateWords } from './state-names.ts'

/** The owner and the country, or that we read it. */
export function placeOf({ state, stateName: recorded, owner }: ListedQualification, { language }: PageContext): Html {
  const place = html`<b>${stateWords({ state: state ?? 'ASEAN', ...(recorded && { stateName: recorded }) }, language)}</b>`
  return owner === undefined
    ? html`${place}. ${say(language, 'catalogue.baseline')}`
    : html`${foreign(owner.name, 'en')}, ${place}`
}

/** The title as a link, with the titles in other languages under it. They are the owner's words, so the owner is named with them. */
export function qualificationRow(each: ListedQualification, context: PageContext, isRelated = false): Html {
  const { language } = context
  const { id, title, localTitles, framework, acronym = framework, level, levelConfirmed, occupation, units } = each
  const { retiredOn, nextEditionOn } = each
  const height =
    acronym === undefined || level === undefined
      ? say(language, 'levels.none')
      : html`${say(language, 'levels.level', { framework: acronym, level })}${levelConfirmed ? html` (${say(language, 'catalogue.level.confirmed')})` : ''}.`
  const facts = html`${height}${units === 0 ? '' : html` ${say(language, 'catalogue.units', { count: units })}`}${occupation === undefined ? '' : html` ${foreign(occupation.title, 'en')}.`}`
  const tags = [
    ...(isRelated ? [tag('gy', 'info', say(language, 'occupation.related'))] : []),
    ...(retiredOn === undefined
      ? []
      : [tag('gy', 'minus', say(language, 'catalogue.ended', { date: day(retiredOn, language) }))]),
    ...(nextEditionOn === undefined
      ? []
      : [tag('am', 'clock', say(language, 'catalogue.edition.next', { date: day(nextEditionOn, language) }))]),
  ]
  return html`<li><div class="rl"><div><a href="${local(`/qualifications/${id}`, context)}">${foreign(title, 'en')}</a>${localTitles.map((local) => html`<p>${foreign(local.text, local.language)}</p>`)}<p class="dim small">${placeOf(each, context)}</p><p class="small">${facts}</p></div>${tags.length === 0 ? '' : html`<div class="tags">${tags}</div>`}</div></li>`
}

/** Says that nothing was found, and what the reader can leave out. */
function noneFound(values: CatalogueValues, context: PageContext): Html {
  const { language } = context
  const { q, ...choices } = values.search
  const words = q && Object.values(choices).some(Boolean) ? addressOf({ q }) : undefined
  return html`<section class="flow-s"><h3>${say(language, 'catalogue.none')}</h3><p>${say(language, 'catalogue.none.text')}</p><ul class="bul">${words === undefined ? '' : html`<li><a href="${local(`${words}#found`, context)}">${say(language, 'catalogue.none.words', { words: foreign(q ?? '') })}</a></li>`}<li><a href="${local('/qualifications', context)}">${say(language, 'catalogue.none.all')}</a></li><li><a href="${local('/issuers', context)}">${say(language, 'catalogue.none.bodies')}</a></li></ul></section>`
}

function pager({ qualifications, count, first, next, search }: CatalogueValues, context: PageContext): Html {
  const { language } = context
  const last = first + qualifications.length - 1
  return html`<nav class="mt2" aria-label="${say(language, 'catalogue.pages')}"><p class="small dim">${say(language, 'catalogue.part', { first, last, count })}</p><p>${first === 1 ? '' : html`<a class="tlink" href="${local(`${addressOf(search)}#found`, context)}">${say(language, 'catalogue.first')}</a> `}${next === undefined ? '' : html`<a class="tlink" href="${local(`${addressOf(search, { page: next })}#found`, context)}" rel="next">${say(language, 'catalogue.more')}</a>`}</p></nav>`
}

/** The search of the catalogue. The results are in the order of their titles. */
export function cataloguePage(values: CatalogueValues, context: PageContext): string {
  const { language } = context
  const { qualifications, count, search, asOf } = values
  const list =
    count === 0
      ? noneFound(values, context)
      : html`<section><h3 class="vh">${say(language, 'catalogue.list')}</h3><ul class="rows">${qualifications.map((each) => qualificationRow(each, context))}</ul></section>`
  const csv = addressOf(search, { path: '/qualifications.csv' })
  const main = html`<div class="head"><h1>${say(language, 'catalogue.title')}</h1><p class="lead">${say(language, 'catalogue.lead')}</p></div>
${catalogueFilters(values, context)}
<section id="found" tabindex="-1" aria-labelledby="found-title"><div class="h-row"><h2 id="found-title">${say(language, 'catalogue.count', { count })}</h2><p class="small dim">${say(language, 'catalogue.asOf', { date: day(asOf, language) })}${count === 0 ? '' : html` <a class="tlink noprint" href="${csv}">${say(language, 'catalogue.csv')}</a>`}</p></div>
${chips(values, context)}${count === 0 ? '' : html`<p class="small dim mb1">${say(language, 'catalogue.levels')}</p>`}
<div class="sheet">${list}</div>
${qualifications.length === count ? '' : pager(values, context)}</section>`
  return page({ title: phrase(language, 'catalogue.title'), main }, context)
}

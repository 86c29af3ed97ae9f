import { REGION } from '@sijil/qualifications'
import { html } from 'hono/html'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon, tag } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { fullName, type LocalNames, localNamesOf } from './names.ts'
import { type Contact, linkTo } from './offices.ts'
import { languageField, local, type PageContext, page } from './page.ts'
import { type StateOf, stateOptions, stateWords } from './state-names.ts'

interface ListedAuthority extends LocalNames {
  id: string
  name: string
  acronym?: string
  /** ISO 3166-1 alpha-2, or `ASEAN`. */
  state: string
  /** Only of a fictional state. */
  stateName?: string
  /** "not stated" if it is not known. */
  mandate: string
  legalReference?: string
  /** An office, never a person. */
  contact?: Contact
  website: string
  /** True if this deployment accepts it as a root. */
  accepted: boolean
  under?: { id: string; name: string }
  successor?: { id: string; name: string }
}

export interface AuthoritiesValues {
  authorities: readonly ListedAuthority[]
  /** The states to choose from. */
  states: readonly StateOf[]
  state?: string
  next?: string
  /** True if there are other authorities before or after these. */
  isPart: boolean
  asOf: string
}

function filters({ states, state: wanted }: AuthoritiesValues, context: PageContext): Html {
  const { language } = context
  return html`<form class="sheet pad fields f3 filters mb2" method="get" action="/authorities" role="search" aria-label="${say(language, 'authorities.title')}">${languageField(context)}<div><label for="state">${say(language, 'issuers.country')}</label><select id="state" name="state"><option value="">${say(language, 'issuers.all')}</option>${stateOptions([...states, { state: REGION }], wanted, language)}</select></div>
<button type="submit" class="btn">${icon('search')}${say(language, 'issuers.go')}</button></form>`
}

function entry(authority: ListedAuthority, context: PageContext): Html {
  const { language } = context
  const { id, mandate, legalReference, contact, website, accepted, under, successor } = authority
  const linked = (other: { id: string; name: string }) =>
    html`<a class="tlink" href="${local(`/issuers/${other.id}`, context)}">${foreign(other.name, 'en')}</a>`
  const none = html`<span class="dim">${say(language, 'authorities.notStated')}</span>`
  const row = (label: Html, value: Html) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`
  const stated = (text: string | undefined) =>
    text === undefined || text === 'not stated' ? none : foreign(text, 'en')
  const status = accepted
    ? tag('ok', 'check', say(language, 'authorities.accepted'))
    : tag('gy', 'minus', say(language, under === undefined ? 'authorities.notAccepted' : 'authorities.below'))
  return html`<section aria-labelledby="authority-${id}"><h2 id="authority-${id}"><a href="${local(`/issuers/${id}`, context)}">${foreign(fullName(authority), 'en')}</a></h2>${localNamesOf(authority).map((name) => html`<p>${foreign(name.text, name.language)}</p>`)}<p>${status}</p>
<dl class="sum">${row(say(language, 'issuers.country'), stateWords(authority, language))}
${row(say(language, 'authorities.mandate'), stated(mandate))}
${row(say(language, 'authorities.law'), stated(legalReference))}
${row(say(language, 'authorities.contact'), contact === undefined ? html`<span class="dim">${say(language, 'authorities.noContact')}</span>` : linkTo(contact))}
${row(say(language, 'authorities.website'), html`<bdi class="mono">${website}</bdi>`)}
${under === undefined ? '' : row(say(language, 'authorities.under'), linked(under))}
${successor === undefined ? '' : row(say(language, 'authorities.successor'), linked(successor))}</dl></section>`
}

/** Lists the authorities: what each may do, by which law, and whether this deployment accepts it as a root. */
export function authoritiesPage(values: AuthoritiesValues, context: PageContext): string {
  const { language } = context
  const { authorities, state, next, isPart, asOf } = values
  const query = new URLSearchParams({ ...(state && { state }), ...(next && { page: next }) })
  const none = html`<section class="flow-s"><p>${say(language, isPart ? 'authorities.noneHere' : 'authorities.none')}</p>${state === undefined ? '' : html`<p><a class="tlink" href="${local('/authorities', context)}">${say(language, 'issuers.all')}</a></p>`}</section>`
  const main = html`<p class="crumb"><a href="${local('/issuers', context)}">${icon('left')}${say(language, 'issuer.all')}</a></p>
<div class="head"><h1>${say(language, 'authorities.title')}</h1><p class="lead">${say(language, 'authorities.lead')}</p></div>
${filters(values, context)}
<p class="dim mb1">${say(language, isPart ? 'authorities.countHere' : 'authorities.count', { count: authorities.length, date: day(asOf, language) })}</p>
<div class="sheet">${authorities.length === 0 ? none : authorities.map((authority) => entry(authority, context))}</div>
${next === undefined ? '' : html`<p class="mt2"><a href="${local(`/authorities?${query}`, context)}" rel="next">${say(language, 'authorities.more')}</a></p>`}`
  return page({ title: phrase(language, 'authorities.title'), main, current: 'issuers' }, context)
}

import { html } from 'hono/html'
import { day } from './dates.ts'
import { type GrantStateName, grantStates } from './grant-states.ts'
import { foreign, type Html } from './html.ts'
import { icon, tag } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { fullName } from './names.ts'
import { languageField, local, type PageContext, page } from './page.ts'
import { type StateOf, stateOptions, stateWords } from './state-names.ts'

interface ListedCentre {
  id: string
  name: string
  acronym?: string
  localName?: { text: string; language: string }
  /** ISO 3166-1 alpha-2. */
  state: string
  /** Only of a fictional state. */
  stateName?: string
  /** The states of its own accreditations, each once. */
  accreditations: readonly GrantStateName[]
}

export interface CentresValues {
  /** In the order of ids. */
  centres: readonly ListedCentre[]
  /** The number of centres that match, on all pages. */
  count: number
  /** The states to choose from. */
  states: readonly StateOf[]
  state?: string | undefined
  /** The id after which the next page starts. */
  next?: string
  asOf: string
}

function filters({ states, state: wanted }: CentresValues, context: PageContext): Html {
  const { language } = context
  return html`<form class="sheet pad fields f3 filters mb2" method="get" action="/centres" role="search" aria-label="${say(language, 'centres.title')}">${languageField(context)}<div><label for="state">${say(language, 'issuers.country')}</label><select id="state" name="state"><option value="">${say(language, 'issuers.all')}</option>${stateOptions(states, wanted, language)}</select></div>
<button type="submit" class="btn">${icon('search')}${say(language, 'issuers.go')}</button></form>`
}

function row(centre: ListedCentre, context: PageContext): Html {
  const { language } = context
  const { id, localName, accreditations } = centre
  const tags =
    accreditations.length === 0
      ? tag('gy', 'q', say(language, 'issuers.unaccredited'))
      : accreditations.map((each) =>
          tag(grantStates[each].tone, grantStates[each].icon, say(language, `grant.${each}`)),
        )
  return html`<li><div class="rl"><div><a href="${local(`/centres/${id}`, context)}">${foreign(fullName(centre), 'en')}</a>${localName === undefined ? '' : html`<p>${foreign(localName.text, localName.language)}</p>`}<p>${stateWords(centre, language)}</p></div><div class="tags">${tags}</div></div></li>`
}

/** Lists the assessment centres. The tag is about the accreditation itself, and the page of a centre judges the chain above it. */
export function centresPage(values: CentresValues, context: PageContext): string {
  const { language } = context
  const { centres, count, state, next, asOf } = values
  const query = (more: Record<string, string>) => new URLSearchParams({ ...(state && { state }), ...more })
  const list =
    centres.length === 0
      ? html`<section><p>${say(language, 'centres.none')}</p></section>`
      : html`<section><h2 class="vh">${say(language, 'centres.title')}</h2><ul class="rows">${centres.map((centre) => row(centre, context))}</ul></section>`
  const main = html`<p class="crumb"><a href="${local('/issuers', context)}">${icon('left')}${say(language, 'issuer.all')}</a></p>
<div class="head"><h1>${say(language, 'centres.title')}</h1><p class="lead">${say(language, 'centres.lead')}</p></div>
${filters(values, context)}
<p class="dim mb1">${say(language, 'centres.count', { count, date: day(asOf, language) })} <a class="tlink" href="/centres?format=csv">${say(language, 'centres.csv')}</a></p>
<div class="sheet">${list}</div>
${next === undefined ? '' : html`<p class="mt2"><a class="tlink" href="${local(`/centres?${query({ after: next })}`, context)}" rel="next">${say(language, 'centres.more')}</a></p>`}`
  return page({ title: phrase(language, 'centres.title'), main, current: 'issuers' }, context)
}

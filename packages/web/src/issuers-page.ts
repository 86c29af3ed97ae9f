import type { IssuerStanding } from '@sijil/registry'
import { html } from 'hono/html'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { listOf, phrase, say } from './messages/say.ts'
import { fullName } from './names.ts'
import { languageField, local, type PageContext, page } from './page.ts'
import { standingTag } from './result/chain.ts'
import { stateLink, stateName } from './state-names.ts'

export interface ListedIssuer {
  id: string
  name: string
  acronym?: string
  /** ISO 3166-1 alpha-2. */
  state: string
  localName?: { text: string; language: string }
  /** What it is or rests on, in a few words. */
  remark?: string
  standing: IssuerStanding
}

export interface IssuersValues {
  /** Those that match, grouped here by state. */
  issuers: readonly ListedIssuer[]
  /** Every state that may be asked for, and where its framework stands. */
  states: readonly { iso2: string; framework?: { name: string; isReferenced: boolean } }[]
  search?: { text?: string; state?: string }
  /** The page token by which the list goes on. */
  next?: string
  /** There are others before or after these. */
  isPart?: boolean
  asOf: string
}

function filters({ states, search }: IssuersValues, context: PageContext): Html {
  const { language } = context
  return html`<form class="sheet pad fields f3 filters mb2" method="get" action="/issuers" role="search" aria-label="${say(language, 'issuers.search')}">${languageField(context)}<div><label for="s">${say(language, 'issuers.text')}</label><input id="s" name="s" type="search" maxlength="100" value="${search?.text ?? ''}"></div>
<div><label for="c">${say(language, 'issuers.country')}</label><select id="c" name="c"><option value="">${say(language, 'issuers.all')}</option>${states.map((state) => html`<option value="${state.iso2}"${state.iso2 === search?.state ? html` selected` : ''}>${stateName(state.iso2, language)}</option>`)}</select></div>
<button type="submit" class="btn">${icon('search')}${say(language, 'issuers.go')}</button></form>`
}

function group(
  { iso2, framework }: IssuersValues['states'][number],
  issuers: readonly ListedIssuer[],
  context: PageContext,
): Html {
  const { language } = context
  const remark =
    framework === undefined
      ? ''
      : html`<p class="dim small">${say(language, framework.isReferenced ? 'issuers.referenced' : 'issuers.unreferenced', { framework: foreign(framework.name, 'en') })}</p>`
  const rows = issuers.map(
    (issuer) =>
      html`<li><div class="rl"><div><a href="${local(`/issuers/${issuer.id}`, context)}">${foreign(fullName(issuer), 'en')}</a>${issuer.localName === undefined ? '' : html`<p>${foreign(issuer.localName.text, issuer.localName.language)}</p>`}${issuer.remark === undefined ? '' : html`<p class="dim small">${foreign(issuer.remark, 'en')}</p>`}</div>${standingTag(issuer.standing, context)}</div></li>`,
  )
  return html`<section aria-labelledby="state-${iso2}"><h2 id="state-${iso2}">${stateLink(iso2, context)}</h2>${remark}<ul class="rows">${rows}</ul></section>`
}

function more({ next, search = {} }: IssuersValues, context: PageContext): Html {
  if (next === undefined) return html``
  const { text, state } = search
  const query = new URLSearchParams({ ...(text && { s: text }), ...(state && { c: state }), page: next })
  return html`<p class="mt2"><a href="${local(`/issuers?${query}`, context)}" rel="next">${say(context.language, 'issuers.more')}</a></p>`
}

/** Who may issue, by state. That a body is missing here says nothing against it. */
export function issuersPage(values: IssuersValues, context: PageContext): string {
  const { language } = context
  const { issuers, states, asOf, isPart = false } = values
  const elsewhere = [...new Set(issuers.map((issuer) => issuer.state))]
    .filter((iso2) => !states.some((state) => state.iso2 === iso2))
    .map((iso2) => ({ iso2 }))
  const groups = [...states, ...elsewhere]
    .map((state) => ({ state, members: issuers.filter((issuer) => issuer.state === state.iso2) }))
    .filter(({ members }) => members.length > 0)
  const list =
    groups.length === 0
      ? html`<section><p>${say(language, isPart ? 'issuers.noneHere' : 'issuers.none')}</p></section>`
      : html`${groups.map(({ state, members }) => group(state, members, context))}`
  const main = html`<div class="head"><h1>${say(language, 'issuers.title')}</h1><p class="lead">${say(language, 'issuers.lead')}</p></div>
${filters(values, context)}
<div class="cols"><div class="mainc"><p class="dim mb1">${say(language, isPart ? 'issuers.countHere' : 'issuers.count', { count: issuers.length, date: day(asOf, language) })}</p><div class="sheet">${list}</div>${more(values, context)}</div>
<div class="side"><div class="sheet"><section class="flow-s"><h2>${say(language, 'issuers.listed')}</h2><ul class="bul small">${listOf(language, 'issuers.listed.list').map((item) => html`<li>${item}</li>`)}</ul></section></div></div></div>`
  return page({ title: phrase(language, 'issuers.title'), main, current: 'issuers' }, context)
}

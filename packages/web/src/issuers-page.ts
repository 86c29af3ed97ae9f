import { html } from 'hono/html'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon, tag } from './icons.ts'
import { filters } from './issuers/filters.ts'
import { addressOf, noneFound } from './issuers/none-found.ts'
import type { IssuersValues, ListedIssuer } from './issuers/values.ts'
import { listOf, phrase, say } from './messages/say.ts'
import { fullName } from './names.ts'
import { local, type PageContext, page } from './page.ts'
import { accreditationTag } from './result/chain.ts'
import { stateLink } from './state-names.ts'

/**
 * The best answer comes first. Other answers for parts of the scope stand beside it. A listed body without an accreditation is known, so
 * its tag is not "unknown".
 */
export function tags({ standing, statuses, pilot, atSites }: ListedIssuer, context: PageContext): Html {
  const { language } = context
  const others = statuses.filter((other) => other !== standing && (other === 'suspended' || other === 'withdrawn'))
  return html`<div class="tags">${standing === 'unknown' ? tag('gy', 'q', say(language, 'issuers.unaccredited')) : accreditationTag(standing, context)}${pilot ? tag('am', 'warn', say(language, 'pilot.tag')) : ''}${atSites ? tag('am', 'info', say(language, 'issuers.atSites')) : ''}${others.map((other) => tag('am', 'pause', say(language, 'issuers.partly', { standing: say(language, `standing.${other}`) })))}</div>`
}

function group(
  { framework, ...of }: IssuersValues['states'][number],
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
      html`<li><div class="rl"><div><a href="${local(`/issuers/${issuer.id}`, context)}">${foreign(fullName(issuer), 'en')}</a>${issuer.localName === undefined ? '' : html`<p>${foreign(issuer.localName.text, issuer.localName.language)}</p>`}${issuer.remark === undefined ? '' : html`<p class="dim small">${foreign(issuer.remark, 'en')}</p>`}</div>${tags(issuer, context)}</div></li>`,
  )
  return html`<section aria-labelledby="state-${of.state}"><h2 id="state-${of.state}">${stateLink(of, context)}</h2>${remark}<ul class="rows">${rows}</ul></section>`
}

function more({ next, search }: IssuersValues, context: PageContext): Html {
  if (next === undefined) return html``
  return html`<p class="mt2"><a href="${local(addressOf(search, { page: next }), context)}" rel="next">${say(context.language, 'issuers.more')}</a></p>`
}

/** Says that the list is about one qualification, and leads to the list without that limit. */
function aboutOf({ search, about }: IssuersValues, context: PageContext): Html {
  const { qualification } = search
  if (!qualification) return html``
  const { language } = context
  const name = html`<a href="${local(`/qualifications/${qualification}`, context)}">${foreign(about ?? '', 'en')}</a>`
  return html`<div class="call mb2">${icon('info')}<div><p>${about === undefined ? say(language, 'issuer.replaced.qualification') : say(language, 'issuers.about', { name })}</p><p><a class="tlink" href="${local(addressOf(search, { without: 'qualification' }), context)}">${say(language, 'issuers.about.not')}</a></p></div></div>`
}

/** Lists, by state, the bodies that may issue. A missing body proves nothing against it. */
export function issuersPage(values: IssuersValues, context: PageContext): string {
  const { language } = context
  const { issuers, states, asOf, isPart = false } = values
  const elsewhere = [...Map.groupBy(issuers, ({ state }) => state)]
    .filter(([state]) => states.every((other) => other.state !== state))
    .map(([state, [{ stateName } = { stateName: undefined }]]) => ({ state, ...(stateName && { stateName }) }))
  const groups = [...states, ...elsewhere]
    .map((state) => ({ state, members: issuers.filter((issuer) => issuer.state === state.state) }))
    .filter(({ members }) => members.length > 0)
  const list =
    groups.length === 0
      ? noneFound(values, context)
      : html`${groups.map(({ state, members }) => group(state, members, context))}`
  const main = html`<div class="head"><h1>${say(language, 'issuers.title')}</h1><p class="lead">${say(language, 'issuers.lead')}</p></div>
${filters(values, context)}${aboutOf(values, context)}
<div class="cols"><div class="mainc"><p class="dim mb1" id="found">${say(language, isPart ? 'issuers.countHere' : 'issuers.count', { count: issuers.length, date: day(asOf, language) })}</p><div class="sheet">${list}</div>${more(values, context)}</div>
<div class="side"><div class="sheet"><section class="flow-s"><h2>${say(language, 'issuers.listed')}</h2><ul class="bul small">${listOf(language, 'issuers.listed.list').map((item) => html`<li>${item}</li>`)}</ul></section></div>
<div class="sheet"><section class="flow-s"><h2>${say(language, 'authorities.title')}</h2><p><a class="tlink" href="${local('/authorities', context)}">${say(language, 'authorities.see')}</a></p><p><a class="tlink" href="${local('/centres', context)}">${say(language, 'centres.see')}</a></p><p><a class="tlink" href="${local('/qualifications', context)}">${say(language, 'catalogue.see')}</a></p></section></div></div></div>`
  return page({ title: phrase(language, 'issuers.title'), main, current: 'issuers' }, context)
}

import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { fourAnswers } from './issuer/answers.ts'
import { assuranceOf } from './issuer/assurance.ts'
import { describedSection } from './issuer/described.ts'
import { explained } from './issuer/explained.ts'
import { interruptionsOf } from './issuer/interruptions.ts'
import { keyTable } from './issuer/keys.ts'
import { scopeTable } from './issuer/scope.ts'
import { feedOf, timeline } from './issuer/timeline.ts'
import type { IssuerValues } from './issuer/values.ts'
import { logProof } from './log-proof.ts'
import { say } from './messages/say.ts'
import { fullName, localNamesOf } from './names.ts'
import { askAt, linkTo } from './offices.ts'
import { languageField, local, type PageContext, page } from './page.ts'
import { chainLink } from './result/chain.ts'
import { endsIn } from './result/rests-on.ts'
import { stateLink } from './state-names.ts'

/** The form that asks about a day and about one of the qualifications in the scope. */
function question({ issuer, asOf, choices, explained: given }: IssuerValues, context: PageContext): Html {
  const { language } = context
  const offered =
    given === undefined || choices.some(({ id }) => id === given.qualification.id)
      ? choices
      : [given.qualification, ...choices]
  const none = given === undefined ? html`<option value="" selected></option>` : ''
  const choice =
    offered.length === 0
      ? ''
      : html`<div class="mt1"><label for="qualification">${say(language, 'issuer.asked')}</label><select id="qualification" name="qualification">${none}${offered.map(({ id, title }) => html`<option value="${id}" lang="en"${id === given?.qualification.id ? html` selected` : ''}>${title}</option>`)}</select></div>`
  const path = issuer.kind === 'centre' ? '/centres' : '/issuers'
  return html`<form class="sheet pad mb2" method="get" action="${path}/${issuer.id}">${languageField(context)}<label for="as-of">${say(language, 'issuer.asOf')}</label><p class="hint" id="as-of-hint">${say(language, 'issuer.asOf.hint')}</p><div class="go w34"><input id="as-of" name="as-of" type="date" value="${asOf.slice(0, 10)}" aria-describedby="as-of-hint"></div>${choice}<p class="mt1"><button type="submit" class="btn alt">${say(language, 'issuer.asOf.go')}</button></p></form>`
}

/** Says that the question about a qualification could not be answered. */
function replacedOf({ replaced }: IssuerValues, { language }: PageContext): Html {
  if (replaced === undefined) return html``
  return html`<div class="call am mb2" role="alert">${icon('warn')}<div><p>${say(language, 'issuer.replaced.qualification')}</p></div></div>`
}

/** Lists the changes of one day. The answers hold for the end of the day, but a certificate may be from before a change. */
function turnedOf({ turns = [], asOf }: IssuerValues, page: PageContext): Html {
  if (turns.length === 0) return html``
  const { language } = page
  const each = turns.map(({ standing }, at) => {
    const isFirst = at === 0
    const time = (turns[isFirst ? 1 : at]?.from ?? '').slice(11, 16)
    const values = { standing: say(language, `standing.${standing}`), time }
    return html`${isFirst ? '' : ', '}${say(language, `issuer.turned.${isFirst ? 'until' : 'from'}`, values)}`
  })
  return html`<div class="call am mb2">${icon('clock')}<p>${say(language, 'issuer.turned', { date: day(asOf, language), turns: html`${each}` })}</p></div>`
}

const chainOf = ({ chain, places, replaced }: IssuerValues, context: PageContext): Html =>
  html`<section id="chain"><h2>${say(context.language, 'issuer.chain')}</h2>${chain.length === 0 ? html`<p>${say(context.language, replaced?.qualification ? 'issuer.replaced.qualification' : 'chain.empty')}</p>` : html`${endsIn(chain, undefined, context)}<ol class="chain">${chain.map((link) => chainLink(link, context, { chain, isHere: true, places }))}</ol>`}</section>`

/** A domain is only the body's own statement until the body shows control of it. */
function domainOf({ issuer: { kind, domain, control } }: IssuerValues, { language }: PageContext): Html {
  if (kind !== 'body' || domain === undefined) return html``
  return html`<p class="small">${control === undefined ? say(language, 'issuer.domain.stated') : say(language, 'issuer.domain.shown', { date: day(control.readOn, language) })}</p>`
}

/** The office for complaints and corrections. If none is recorded, the page says so, and whom to ask instead. */
function contactOfIssuer({ issuer, above }: IssuerValues, context: PageContext): Html {
  if (issuer.contact !== undefined)
    return html`<p>${say(context.language, 'issuer.contact.office', { contact: linkTo(issuer.contact) })}</p>`
  return askAt(issuer, above, context)
}

/** One entity: what it may do, since when, and who granted it. `as-of` asks the same about another day. */
export function issuerPage(values: IssuerValues, context: PageContext): string {
  const { language } = context
  const { issuer } = values
  const main = html`<p class="crumb"><a href="${local(issuer.kind === 'centre' ? '/centres' : '/issuers', context)}">${icon('left')}${say(language, issuer.kind === 'centre' ? 'centres.title' : 'issuer.all')}</a></p>
<div class="head"><h1>${foreign(fullName(issuer), 'en')}</h1><p class="lead">${localNamesOf(issuer).map((name) => html`${foreign(name.text, name.language)}<br>`)}${stateLink(issuer, context)}</p>${issuer.successor === undefined ? '' : html`<p>${say(language, 'issuer.successor', { name: html`<a class="tlink" href="${local(`/issuers/${issuer.successor.id}`, context)}">${foreign(issuer.successor.name, 'en')}</a>` })}</p>`}${interruptionsOf(values, context)}</div>
${question(values, context)}
${replacedOf(values, context)}
${turnedOf(values, context)}
${fourAnswers(values, context)}
<div class="cols"><div class="mainc sheet">
${explained(values, context)}
${scopeTable(values, context)}
${issuer.kind === 'centre' ? '' : html`<p class="noprint"><a class="tlink" href="${local(`/qualifications?body=${issuer.id}`, context)}">${say(language, 'catalogue.see.body')}</a></p>`}
${values.recordBegins === undefined ? chainOf(values, context) : ''}
${values.isRoot ? '' : assuranceOf(values, context)}
${describedSection(values, context)}
${timeline(values, context)}
${logProof(values.log, context)}
${keyTable(values, context)}
</div><div class="side"><div class="sheet"><section class="flow-s"><h2>${say(language, 'issuer.contact')}</h2><p>${issuer.domain === undefined ? say(language, 'issuer.contact.none') : say(language, 'issuer.contact.text', { domain: html`<bdi class="mono">${issuer.domain}</bdi>` })}</p>${domainOf(values, context)}${contactOfIssuer(values, context)}<p class="small dim">${say(language, 'issuer.mandate', { mandate: foreign(values.basis, 'en') })}</p></section></div>
${issuer.did === undefined ? '' : html`<div class="sheet"><section class="flow-s"><h2>${say(language, 'issuer.machines')}</h2>${issuer.elsewhere ? '' : html`<ul><li><a class="tlink" href="/issuers/${issuer.id}/did.json">${icon('file')}${say(language, 'issuer.did')}</a></li></ul>`}<p class="small"><bdi class="mono">${issuer.did}</bdi></p></section></div>`}</div></div>`
  return page(
    { title: issuer.name, main, current: 'issuers', script: assetPaths.logProof, feed: feedOf(issuer.id) },
    context,
  )
}

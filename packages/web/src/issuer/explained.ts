import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html, namesOf } from '../html.ts'
import { tag } from '../icons.ts'
import { say } from '../messages/say.ts'
import { local, type PageContext } from '../page.ts'
import { accreditationTag, period } from '../result/chain.ts'
import { nameInState, namesInState } from '../state-names.ts'
import type { IssuerValues } from './values.ts'

/** Answers one question as a person would say it: who, what, when, by whom, on which basis, and why not. */
export function explained(
  { explained: given, issuer, isRoot, unreal, asOf, basis: mandate, recordBegins, replaced }: IssuerValues,
  page: PageContext,
): Html {
  const { language } = page
  const title = html`<h2>${say(language, 'explain.title')}</h2>`
  if (recordBegins !== undefined)
    return html`<section class="flow-s" id="explained">${title}<p>${say(language, 'explain.before', { name: foreign(issuer.acronym ?? issuer.name, 'en'), from: day(recordBegins, language), date: html`<b>${day(asOf, language)}</b>` })}</p></section>`
  if (isRoot && (given === undefined || given.answer.standing === 'authorised'))
    return html`<section class="flow-s" id="explained">${title}<p>${say(language, 'explain.root', { name: foreign(issuer.acronym ?? issuer.name, 'en'), date: html`<b>${day(asOf, language)}</b>`, basis: foreign(mandate, 'en') })}</p></section>`
  if (given === undefined)
    return html`<section class="flow-s">${title}<p>${say(language, replaced?.qualification ? 'issuer.replaced.qualification' : 'explain.nothing')}</p></section>`
  const { qualification, right, answer, sites } = given
  const { standing, chain, effective, recorded, since, pilot } = answer
  const name = foreign(issuer.acronym ?? issuer.name, 'en')
  const what = say(language, `explain.${right}`, {
    qualification: html`<a href="${local(`/qualifications/${qualification.id}`, page)}">${foreign(qualification.title, 'en')}</a>`,
  })
  const date = html`<b>${day(effective, language)}</b>`
  const own = chain.at(-1)
  const grantors = chain.slice(0, -1).filter((link) => link.principal !== true)
  const failing = chain.find((link) => link.standing !== 'authorised')
  const sentences: Html[] = [
    say(language, `explain.${standing}`, { name, what, date, since: since === undefined ? '–' : day(since, language) }),
  ]
  if (own !== undefined && standing !== 'unknown' && standing !== 'not-for-this') {
    const basis = foreign(own.basis, 'en')
    sentences.push(
      grantors.length === 0
        ? say(language, unreal === undefined ? 'explain.byLaw' : 'explain.inDemonstration', {
            basis,
            period: period(own, page),
          })
        : say(language, 'explain.by', {
            grantors: namesInState(grantors, language),
            basis,
            period: period(own, page),
          }),
    )
  }
  if (sites !== undefined) sentences.push(say(language, 'explain.sites', { sites: namesOf(sites, '; ') }))
  if (standing === 'not-for-this' && answer.outside === 'site') sentences.push(say(language, 'explain.noSite'))
  if (standing === 'not-for-this' && answer.outside === 'unit') sentences.push(say(language, 'explain.noUnit'))
  if (own?.onBehalfOf !== undefined)
    sentences.push(
      say(language, 'explain.behalf', {
        principal: nameInState(foreign(own.onBehalfOf.name, 'en'), own.onBehalfOf, language),
      }),
    )
  if (own?.recordedLater) sentences.push(say(language, 'explain.later'))
  const because =
    failing === undefined || failing.id === issuer.id
      ? ''
      : html`<p>${say(language, 'explain.because', { failing: nameInState(foreign(failing.name, 'en'), failing, language) })} ${accreditationTag(failing.standing, page)}</p>`
  return html`<section class="flow-s" id="explained">${title}<p>${sentences.map((sentence, at) => html`${at === 0 ? '' : ' '}${sentence}`)}</p>${because}${pilot ? html`<p>${tag('am', 'warn', say(language, 'pilot.tag'))} ${say(language, 'pilot.text')}</p>` : ''}<p class="small dim">${say(language, 'explain.known', { date: day(recorded, language) })}</p></section>`
}

import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, seal, tag } from '../icons.ts'
import { say } from '../messages/say.ts'
import { answerThatDay, answerToday } from './answers.ts'
import { meaning } from './meaning.ts'
import { type Reading, titleFor } from './reading.ts'

/** A print without the name says so in its place. Otherwise anybody could present it as their own. */
function who({ certificate, person, state, page }: Reading): Html {
  const { language } = page
  if (certificate === undefined) {
    return html`<p class="who">${say(language, state === 'unknownIssuer' ? 'result.unknownIssuer' : 'result.noFacts')}</p>`
  }
  const qualification = html`<b>${titleFor(certificate.qualification, page)}</b>`
  if (person !== undefined)
    return html`<p class="who">${say(language, 'result.issuedTo', { qualification, name: html`<b>${foreign(person.name)}</b>` })}</p>`
  return html`<p class="who noprint">${say(language, 'result.withoutName', { qualification })}</p><p class="who inprint"><b>${say(language, 'result.withoutName.paper', { qualification })}</b></p>`
}

/** Shows the answer first, in words that one reads at a glance. Each page has exactly one, and it holds the h1. */
export function verdict(reading: Reading): Html {
  const { state, tone, page, values } = reading
  const { language } = page
  return html`<section class="verdict${tone === 'no' || tone === 'am' ? ` ${tone}` : ''}" aria-labelledby="v"><div class="v-top">${seal(tone)}<div><p class="small">${say(language, 'result.at', { time: moment(values.verification.evaluatedAt, language) })}</p><h1 id="v">${say(language, `${state}.title`)}</h1>${who(reading)}${values.verification.pilot ? html`<p class="small">${tag('am', 'warn', say(language, 'pilot.tag'))} ${say(language, 'pilot.text')}</p>` : ''}</div></div>
<p class="v-mean">${meaning(reading)}</p>
<dl class="ans">${answerThatDay(reading)}
${answerToday(reading)}</dl>
${state === 'notice' ? html`<div class="v-note">${icon('warn')}<p><b>${say(language, 'notice.head')}</b> ${say(language, `standing.${values.verification.issuer.today.standing}.text`)} ${say(language, 'notice.text')}</p></div>` : ''}</section>`
}

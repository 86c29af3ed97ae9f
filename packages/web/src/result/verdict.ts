import { html } from 'hono/html'
import { day } from '../dates.ts'
import type { Html } from '../html.ts'
import { icon, seal, tag } from '../icons.ts'
import { say } from '../messages/say.ts'
import { able } from './able.ts'
import { answerThatDay, answerToday } from './answers.ts'
import { issuedBy } from './issued-by.ts'
import { meaning } from './meaning.ts'
import type { Reading } from './reading.ts'
import { countsToday } from './state.ts'
import { nameOrButton, qualificationLine } from './who.ts'
import { whomToAsk } from './whom-to-ask.ts'

/** Says who issued it and what the person can do. A certificate that does not count says instead what happened and what that means. */
function sentences(reading: Reading): Html {
  if (!countsToday(reading.state)) return html`<p class="v-mean">${meaning(reading)}</p>`
  return html`<p class="v-by">${issuedBy(reading)}</p><p class="v-mean">${able(reading)}</p>`
}

/** A certificate counts all the same. The reader may want to ask which standard the job needs. */
function noticesOfStandard(reading: Reading): Html {
  const { state, values, page } = reading
  const { language } = page
  const { notices = [] } = values.verification
  if (notices.length === 0 || !countsToday(state)) return html``
  const texts = notices.map(({ code, change = 'later-edition', since }) => {
    const key = code === 'renewed' ? code : code === 'edition-ended' ? 'edition.ended' : (`edition.${change}` as const)
    return html`<p><b>${say(language, key)}</b> ${say(language, `${key}.text`, { date: day(since, language) })}</p>`
  })
  return html`<div class="v-note">${icon('warn')}<div>${texts}${whomToAsk(reading)}</div></div>`
}

function notice(reading: Reading): Html {
  if (reading.state !== 'notice') return html``
  const { language } = reading.page
  return html`<div class="v-note">${icon('warn')}<p><b>${say(language, 'notice.head')}</b> ${meaning(reading)} ${say(language, 'notice.text')}</p></div>`
}

/** Shows the answer first, in words that one reads at a glance. Each page has exactly one, and it holds the h1. */
export function verdict(reading: Reading): Html {
  const { state, tone, page, values } = reading
  const { language } = page
  return html`<section class="verdict${tone === 'no' || tone === 'am' ? ` ${tone}` : ''}" aria-labelledby="v"><div class="v-top">${seal(tone)}<div><h1 id="v">${say(language, `${state}.title`)}</h1>${qualificationLine(reading)}${values.verification.pilot ? html`<p class="small">${tag('am', 'warn', say(language, 'pilot.tag'))} ${say(language, 'pilot.text')}</p>` : ''}</div></div>
<div class="v-in">${sentences(reading)}${nameOrButton(reading)}</div>
<dl class="ans">${answerThatDay(reading)}
${answerToday(reading)}</dl>
${notice(reading)}${noticesOfStandard(reading)}</section>`
}

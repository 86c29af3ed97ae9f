import type { StatedLevel } from '@sijil/credentials'
import { describeLevel, type LevelStatement } from '@sijil/qualifications'
import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/say.ts'
import { languageField, local, type PageContext } from '../page.ts'
import { stateName } from '../state-names.ts'
import { frameOf, ladders } from './ladders.ts'
import type { Reading } from './reading.ts'
import { countsToday } from './state.ts'

const isSigned = ({ framework, level }: LevelStatement, stated: readonly StatedLevel[]): boolean =>
  stated.some((each) => each.framework === framework && each.level === level)

/** Shows a level, its basis and who states it. If there is no level, says so and why, and never guesses. */
function statementText(
  question: Html,
  statement: LevelStatement,
  stated: readonly StatedLevel[],
  page: PageContext,
  isPart: boolean,
): Html {
  const { language } = page
  const { level, framework, title, basis, confirmed, url } = statement
  const cited = html`<br><span class="small dim">${say(language, 'levels.basis', { basis: foreign(basis, 'en') })}</span>`
  if (level === undefined) {
    // The recorded reason begins with the same words in English, so they are cut.
    const why = foreign(basis.replace(/^No (?:framework|AQRF) level\. /, ''), 'en')
    return html`<div class="none"><dt>${question}</dt><dd><b>${say(language, 'levels.none')}</b> ${why}</dd></div>`
  }
  const words = say(language, 'levels.level', { framework, level })
  const named = isPart ? words : html`<b>${words}</b>`
  const linked = url?.startsWith('/') ? html`<a href="${local(url, page)}">${named}</a>` : named
  const whole = html`${linked}${title === undefined ? '' : html`, ${foreign(title)}`}`
  const answer = isPart
    ? html`<b>${say(language, 'levels.none.part')}</b> ${say(language, 'levels.whole', { level: whole })}`
    : whole
  const source = say(language, isSigned(statement, stated) ? 'levels.signed' : 'levels.computed')
  const caution = confirmed ? '' : html` <span class="small"><b>${say(language, 'levels.unconfirmed')}</b></span>`
  return html`<div${isPart ? html` class="none"` : ''}><dt>${question}</dt><dd>${answer}${cited}<br><span class="small dim">${source}</span>${caution}</dd></div>`
}

const withoutLevel = ({ level: _, ...rest }: LevelStatement): LevelStatement => rest

/**
 * Sends a GET to this page, so that every comparison has an address. If the name is shown, it sends a POST, as the request for the name
 * does. A document that was sent in gets no picker.
 */
function hostPicker({ values, page, person }: Reading): Html {
  const { language } = page
  if (values.token === undefined || values.hosts.length === 0) return html``
  const options = values.hosts.map(
    ({ iso2 }) =>
      html`<option value="${iso2}"${iso2 === values.host ? html` selected` : ''}>${stateName(iso2, language)}</option>`,
  )
  const here = `/v/${values.token}#levels`
  const how =
    person === undefined
      ? html`method="get" action="${here}">${languageField(page)}`
      : html`method="post" action="${local(here, page)}">`
  return html`<form class="noprint mb2" ${how}<label for="host">${say(language, 'levels.host')}</label><div class="go mt1"><select id="host" name="host"><option value="">${say(language, 'levels.choose')}</option>${options}</select><button type="submit" class="btn alt">${say(language, 'levels.compare')}</button></div></form>`
}

function inPlainWords({ level }: LevelStatement, { language }: PageContext): Html {
  if (level === undefined || !/^[1-8]$/.test(level)) return html``
  return html`<h3 class="mt3">${say(language, 'levels.plain', { level })}</h3><p>${describeLevel(level, language)}</p>`
}

/** Shows the levels of the origin, the AQRF and the host side by side, each with its basis (R-002). One that does not count has none. */
export function levels(reading: Reading): Html {
  const { values, page, certificate, state } = reading
  const { language } = page
  if (values.levels === undefined || certificate === undefined || !countsToday(state)) return html``
  const { national, aqrf, host } = values.levels
  const statements = host === undefined ? [national, aqrf] : [national, aqrf, host]
  const isPart = certificate.qualification.partOf !== undefined
  const text = (question: Html, statement: LevelStatement) =>
    statementText(question, statement, certificate.levels, page, isPart)
  const { state: country } = frameOf(national.framework, page)
  const nationalHead =
    country === undefined ? say(language, 'levels.national.none') : say(language, 'levels.national', { state: country })
  const hostHead = say(language, 'levels.hostOf', {
    state: values.host === undefined ? '–' : stateName(values.host, language),
  })
  // A part has no level. None is highlighted, described in plain words or compared with a host.
  const drawn = ladders(isPart ? statements.map(withoutLevel) : statements, page)
  return html`<section id="levels"><h2>${say(language, 'levels.title')}</h2>
${!isPart ? '' : html`<p class="mb1"><b>${say(language, 'levels.part')}</b></p>`}${hostPicker(reading)}
<div class="${drawn.toString() === '' ? 'lev-alone' : 'lev'}">${drawn}
<dl class="lev-txt">${text(nationalHead, national)}
${text(say(language, 'levels.aqrf'), aqrf)}
${host === undefined ? '' : isPart ? html`<div class="none"><dt>${hostHead}</dt><dd><b>${say(language, 'levels.none.part')}</b></dd></div>` : text(hostHead, host)}</dl></div>
${isPart ? '' : inPlainWords(aqrf, page)}
<div class="call mt3">${icon('info')}<div><p><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}</p></div></div></section>`
}

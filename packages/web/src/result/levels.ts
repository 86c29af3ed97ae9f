import type { StatedLevel } from '@sijil/credentials'
import { describeLevel, type LevelStatement } from '@sijil/qualifications'
import { html } from 'hono/html'
import { degreeWords, partyNames } from '../comparison-words.ts'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { type Language, say } from '../messages/say.ts'
import { languageField, local, type PageContext } from '../page.ts'
import { stateName } from '../state-names.ts'
import { frameOf, ladder, nameOf, stepOf } from './ladder.ts'
import type { Reading } from './reading.ts'
import { countsToday } from './state.ts'
import type { AgreedLevel, ComparableTitle, LevelPanel, ResultValues } from './values.ts'

const isSigned = ({ framework, level }: LevelStatement, stated: readonly StatedLevel[]): boolean =>
  stated.some((each) => each.framework === framework && each.level === level)

interface Row {
  statement: LevelStatement
  /** In words: the state, or what the framework is. */
  of: Html
}

/** The recorded reason begins with the same words in English, so they are cut. */
const reasonOf = ({ basis }: LevelStatement): Html =>
  foreign(basis.replace(/^No (?:framework|AQRF) level\. /, ''), 'en')

/** A part has no level. The level of the whole is named as that of the whole. */
function levelOfPart(statement: LevelStatement, { language }: PageContext): Html {
  const { level } = statement
  const whole =
    level === undefined
      ? ''
      : html` ${say(language, 'levels.whole', { level: say(language, 'levels.level', { framework: nameOf(statement), level }) })}`
  return html`<b>${say(language, 'levels.none')}</b>${whole}`
}

/** A ladder and the same in words. If there is no level, says so and why, and never guesses. */
function row({ statement, of }: Row, { page, certificate }: Reading): Html {
  const { language } = page
  const { framework, level, title } = statement
  const { state, levels } = frameOf(statement, page)
  const isPart = certificate?.qualification.partOf !== undefined
  const step = isPart ? undefined : stepOf(statement, levels)
  const words = () => {
    if (isPart) return levelOfPart(statement, page)
    if (level === undefined) return html`<b>${say(language, 'levels.none')}</b> ${reasonOf(statement)}`
    const number = html`<b>${say(language, 'levels.number', { level })}</b>`
    const stated = levels === undefined ? number : say(language, 'levels.of', { level: number, count: levels })
    const meaning =
      framework !== 'AQRF' || !/^[1-8]$/.test(level)
        ? ''
        : html`. ${describeLevel(level, language)} <span class="small dim">${say(language, 'levels.plain')}</span>`
    return html`${stated}${title === undefined ? '' : html`, ${foreign(title, 'en')}`}${meaning}`
  }
  const name = state === undefined ? html`` : html`<b>${linked(statement, page)}</b><br>`
  return html`<div><dt>${name}<span class="small dim">${of}</span></dt><dd>${state === undefined ? '' : ladder(levels, step)}<span>${words()}</span></dd></div>`
}

const linked = (statement: LevelStatement, page: PageContext): Html =>
  statement.url?.startsWith('/')
    ? html`<a href="${local(statement.url, page)}">${nameOf(statement)}</a>`
    : html`${nameOf(statement)}`

/** Each level with its basis and who states it, for a reader who wants to check it. */
function sources(rows: readonly Row[], { page, certificate }: Reading): Html {
  const { language } = page
  const of = ({ statement }: Row) => {
    const { level, basis } = statement
    const framework = nameOf(statement)
    if (level === undefined) return html``
    const source = isSigned(statement, certificate?.levels ?? []) ? 'levels.signed' : 'levels.computed'
    return html`<dt>${say(language, 'levels.level', { framework, level })}</dt><dd>${say(language, 'levels.basis', { basis: foreign(basis, 'en') })}<br>${say(language, source)}</dd>`
  }
  const isUnconfirmed = rows.some(isGuess)
  return html`<details class="more"><summary>${icon('plus')}${say(language, 'levels.sources')}</summary>${isUnconfirmed ? html`<p id="unconfirmed">${say(language, 'levels.unconfirmed.text')}</p>` : ''}<dl class="ev flush">${rows.map(of)}</dl></details>`
}

const isGuess = ({ statement: { level, confirmed } }: Row): boolean => level !== undefined && !confirmed

/**
 * Sends a GET to this page, so that every comparison has an address. If the name is shown, it sends a POST, as the request for the name
 * does. A document that was sent in gets no picker.
 */
function hostPicker({ values, page, person }: Reading): Html {
  const { language } = page
  if (values.token === undefined || values.hosts.length === 0) return html``
  const options = values.hosts.map(
    ({ iso2, name }) =>
      html`<option value="${iso2}"${iso2 === values.host ? html` selected` : ''}>${nameOfHost({ iso2, name }, language)}</option>`,
  )
  const here = `/v/${values.token}#levels`
  const how =
    person === undefined
      ? html`method="get" action="${here}">${languageField(page)}`
      : html`method="post" action="${local(here, page)}">`
  return html`<form class="noprint mt2" ${how}<label for="host">${say(language, 'levels.host')}</label><div class="go mt1"><select id="host" name="host"><option value="">${say(language, 'levels.choose')}</option>${options}</select><button type="submit" class="btn alt">${say(language, 'levels.compare')}</button></div></form>`
}

/** The name of a fictional state is only in records. */
const nameOfHost = ({ iso2, name }: ResultValues['hosts'][number], language: Language): string =>
  stateName({ state: iso2, stateName: name }, language)

/** What two states agreed on is no level of the AQRF, so it stands apart from the ladders. */
function agreedPart(agreed: AgreedLevel | undefined, { values, page }: Reading): Html {
  if (agreed === undefined) return html``
  const { language } = page
  const host = values.hosts.find(({ iso2 }) => iso2 === values.host)
  const { aqrf, hostLevel, agreedBy, since, track } = agreed
  const here =
    hostLevel === undefined || host === undefined
      ? ''
      : html` ${say(language, 'levels.agreed.host', { state: nameOfHost(host, language), level: hostLevel })}`
  return html`<div class="call am mt2" data-agreed>${icon('info')}<div><p><b>${say(language, 'levels.agreed', { names: partyNames(agreedBy, language) })}</b></p><p>${say(language, 'levels.level', { framework: 'AQRF', level: aqrf })}.${here} ${say(language, 'levels.agreed.since', { date: day(since, language) })}</p><p><a href="${local(track, page)}">${say(language, 'levels.agreed.track')}</a></p></div></div>`
}

/** The title of the host, so that nobody is taken for less than they learned (R-107). How much of it was found stands beside it. */
function titlePart(comparable: ComparableTitle | undefined, { values, page }: Reading): Html {
  const host = values.hosts.find(({ iso2 }) => iso2 === values.host)
  if (comparable === undefined || host === undefined) return html``
  const { language } = page
  const { title, localTitle, qualification, degree, agreedBy, since, comparison } = comparable
  const own = localTitle && html` (${foreign(localTitle.text, localTitle.language)})`
  const named = html`<a href="${local(`/qualifications/${qualification}`, page)}">${foreign(title, 'en')}</a>${own ?? ''}`
  return html`<div class="call mt2" data-comparable>${icon('info')}<div><p><b>${say(language, 'levels.titled', { state: nameOfHost(host, language), title: named })}</b></p><p>${degreeWords(degree, language)} ${say(language, 'comparison.state.joint', { names: partyNames(agreedBy, language), date: day(since, language) })}</p><p><a href="${local(comparison, page)}">${say(language, 'levels.titled.link')}</a></p></div></div>`
}

/** The levels of the origin, the AQRF and the host, one below the other. */
function rowsOf({ values, page }: Reading, { national, aqrf, host }: LevelPanel): Row[] {
  const { language } = page
  const { state } = frameOf(national, page)
  const rows: Row[] = [
    { statement: national, of: html`${state ?? say(language, 'levels.national.none')}` },
    { statement: aqrf, of: say(language, 'levels.aqrf') },
  ]
  if (host === undefined) return rows
  return [...rows, { statement: host, of: html`${values.host === undefined ? '–' : stateName(values.host, language)}` }]
}

/**
 * Shows the levels of the origin, the AQRF and the host together, each with its basis (R-002). The comparison leads. A doubt is said
 * once. A certificate that does not count has no levels.
 */
export function levels(reading: Reading): Html {
  const { values, page, certificate, state } = reading
  const { language } = page
  if (values.levels === undefined || certificate === undefined || !countsToday(state)) return html``
  const rows = rowsOf(reading, values.levels)
  const isPart = certificate.qualification.partOf !== undefined
  const doubt = html`<p class="mt1">${tag('am', 'q', say(language, 'levels.unconfirmed.tag'))} ${say(language, 'levels.unconfirmed.short')} <a class="noprint" href="#unconfirmed">${say(language, 'levels.unconfirmed.link')}</a></p>`
  return html`<section id="levels"><h2>${say(language, 'levels.title')}</h2>
${isPart ? html`<p class="mb1"><b>${say(language, 'levels.part')}</b></p>` : ''}<dl class="lv">${rows.map((each) => row(each, reading))}</dl>
${agreedPart(values.levels.agreed, reading)}${titlePart(values.levels.comparable, reading)}<p class="mt1"><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}</p>
${rows.some(isGuess) ? doubt : ''}${hostPicker(reading)}${sources(rows, reading)}</section>`
}

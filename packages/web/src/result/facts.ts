import { html } from 'hono/html'
import { day, dayBeside, moment } from '../dates.ts'
import { edition } from '../edition.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { kindNotice } from '../kind-notice.ts'
import { type Language, say } from '../messages/say.ts'
import { fullName } from '../names.ts'
import { local } from '../page.ts'
import { lawWords } from '../required-by-law.ts'
import { type Scheme, sectorName } from '../sector-names.ts'
import { stateWords } from '../state-names.ts'
import { unitList } from '../unit-list.ts'
import { isDayAhead, issuerLink, type PublicCertificate, type Reading, titleFor, titlesFor } from './reading.ts'
import { answerOfDay, countsToday, lastChange, neverCounted } from './state.ts'

const row = (key: Html, value: Html, className?: string, isOnPaper = true): Html =>
  html`<div${isOnPaper ? '' : html` class="noprint"`}><dt>${key}</dt><dd${className === undefined ? '' : html` class="${className}"`}>${value}</dd></div>`

function personRows({ person, page }: Reading): Html {
  if (person === undefined) return html``
  const { language } = page
  // On paper the verdict on the same page has both names.
  return html`${row(say(language, 'facts.name'), foreign(person.name), 'big', false)}
${person.nativeName === undefined ? '' : row(say(language, 'facts.nativeName'), html`<span class="native">${foreign(person.nativeName)}</span>`, 'big', false)}
${person.birthDate === undefined ? '' : row(say(language, 'facts.birthDate'), html`${day(person.birthDate, language)}`)}
${row(say(language, 'facts.number'), foreign(person.certificateNumber), 'mono')}
${person.registerNumber === undefined ? '' : row(say(language, 'facts.register'), foreign(person.registerNumber), 'mono')}`
}

/** The records describe a qualification in English. Only its title has a language of its own. */
const ofRecords = 'en'

const shownUnits = 8

/** The country of the issuer by the record. The document states none. */
function issuerRows({ certificate, page, values }: Reading): Html {
  const { language } = page
  const link = issuerLink(values.verification)
  const name = link?.name ?? certificate?.issuer.name ?? ''
  const written = foreign(fullName({ name, acronym: values.acronym }), 'en')
  const own = link?.localName?.language === language ? link.localName : undefined
  const both = own === undefined ? written : html`${foreign(own.text, own.language)} (${written})`
  const issuer = values.issuerPage === undefined ? both : html`<a href="${local(values.issuerPage, page)}">${both}</a>`
  return html`${link === undefined ? '' : row(say(language, 'facts.country'), html`<b>${stateWords(link, language)}</b>`)}
${row(say(language, 'facts.issuer'), issuer)}`
}

/** Units of the whole qualification that a part does not have, by the record. */
function otherUnitsRow({ units }: PublicCertificate, { values, page: { language } }: Reading): Html {
  const own = new Set(units.map(({ code }) => code))
  const others = (values.wholeUnits ?? []).filter(({ code }) => !own.has(code))
  return others.length === 0 ? html`` : row(say(language, 'facts.units.others'), unitList(others), 'dim')
}

function unitsRow({ units }: PublicCertificate, { language }: Reading['page']): Html {
  if (units.length === 0) return html``
  const rest = units.slice(shownUnits)
  // Older browsers never print a closed `details`, whatever the style says. Paper therefore gets its own list.
  const more =
    rest.length === 0
      ? ''
      : html`<details class="more noprint"><summary>${icon('plus')}${say(language, 'facts.units.more', { count: rest.length })}</summary>${unitList(rest)}</details><div class="inprint">${unitList(rest)}</div>`
  return row(say(language, 'facts.units'), html`${unitList(units.slice(0, shownUnits))}${more}`)
}

function qualificationRows(
  { qualification, occupation, fieldOfEducation, issuer }: PublicCertificate,
  reading: Reading,
): Html {
  const { language } = reading.page
  const { qualificationPage } = reading.values
  const [, other] = titlesFor(qualification, language)
  const title = titleFor(qualification, reading.page)
  // A part is described by its units. The description of the whole would say that more was achieved. On paper the verdict has it.
  const description = foreign(qualification.description, ofRecords)
  return html`${row(
    say(language, 'facts.qualification'),
    html`${qualificationPage === undefined ? title : html`<a href="${local(qualificationPage, reading.page)}">${title}</a>`} ${other === undefined ? '' : html`(${foreign(other.text, other.language)}) `}<span class="dim">(${say(language, `kind.${qualification.kind}`)})</span>${qualification.partOf === undefined ? html`<span${countsToday(reading.state) ? html` class="noprint"` : ''}><br>${description}</span>` : ''}`,
  )}
${qualification.code === undefined ? '' : row(say(language, 'facts.code'), foreign(qualification.code), 'mono')}
${row(say(language, 'facts.edition'), edition(qualification.edition, reading.page))}
${qualification.partOf === undefined ? '' : row(say(language, 'facts.part'), html`${foreign(qualification.partOf.title, ofRecords)}<br>${say(language, 'facts.part.text', { description })}`)}
${limitsRow(qualification, reading)}
${reading.values.law === undefined ? '' : row(say(language, 'qualification.law'), lawWords(reading.values.law, language))}
${occupation === undefined ? '' : row(say(language, 'facts.occupation'), html`${titleOfCode('occupations', occupation, language)} <span class="dim">${say(language, 'facts.isco', { code: occupation.code })}</span>`)}
${row(say(language, 'facts.field'), html`${foreign(qualification.field, ofRecords)}${fieldOfEducation === undefined ? '' : html`; ${titleOfCode('fields', fieldOfEducation, language)} <span class="dim">${say(language, 'facts.isced', { code: fieldOfEducation.code })}</span>`}`)}
${issuer.onBehalfOf === undefined ? '' : row(say(language, 'facts.behalf'), foreign(issuer.onBehalfOf.name))}`
}

/** The title in the page's language if the scheme is translated, and otherwise the title that was signed. */
function titleOfCode(scheme: Scheme, { code, title }: { code: string; title: string }, language: Language): Html {
  const name = sectorName(scheme, code, language)
  return name === undefined || name.language === 'en' ? foreign(title, ofRecords) : foreign(name.text, name.language)
}

/** The page always says that there are limits. It shows their text only with the name, because free text may name a person. */
function limitsRow({ limited }: PublicCertificate['qualification'], { page: { language }, person }: Reading): Html {
  if (!limited) return html``
  const stated = person?.limits === undefined ? say(language, 'facts.limits.hidden') : foreign(person.limits)
  return row(say(language, 'facts.limits'), stated)
}

function assessmentRow(certificate: PublicCertificate, { page, person }: Reading): Html {
  const { language } = page
  const { route, method, assessedOn } = certificate
  const centre = person?.centre
  const stated = [
    method === undefined
      ? undefined
      : say(language, 'facts.method', { method: writtenOr(person?.otherMethod, say(language, `method.${method}`)) }),
    assessedOn === undefined ? undefined : say(language, 'facts.assessedOn', { date: day(assessedOn, language) }),
    centre === undefined ? undefined : say(language, 'facts.centre', { centre: foreign(centre.name) }),
    route === undefined
      ? undefined
      : say(language, 'facts.route', { route: writtenOr(person?.otherRoute, say(language, `route.${route}`)) }),
  ].filter((sentence) => sentence !== undefined)
  return stated.length === 0
    ? html``
    : row(say(language, 'facts.assessment'), html`${stated.map((sentence) => html`${sentence} `)}`)
}

const writtenOr = (text: string | undefined, words: Html): Html => (text === undefined ? words : foreign(text))

/** False if a check failed for the day of issue, or if it should never have been issued. Nobody could rely on it then. */
const counted = (verification: Reading['values']['verification']): boolean =>
  answerOfDay(verification) === 'ok' && !neverCounted(verification.history)

/**
 * The span in which one could rely on a certificate that was revoked or superseded. It ends with the last day, the first suspension or
 * that change, whichever is first. A suspension that was lifted leaves no single span.
 */
function reliedOn({ validFrom, validUntil }: PublicCertificate, { state, values, issuedAt }: Reading) {
  const { history = [] } = values.verification
  if ((state !== 'revoked' && state !== 'superseded') || !counted(values.verification)) return undefined
  const isLifted = history.some((entry, at) => entry.state === 'in-force' && history[at - 1]?.state === 'suspended')
  const ends = [validUntil, history.find((entry) => entry.state === 'suspended')?.at, lastChange(history, state)?.at]
  const [until] = ends.filter((end) => end !== undefined).sort((a, b) => Date.parse(a) - Date.parse(b))
  const from = issuedAt ?? validFrom
  return isLifted || until === undefined || Date.parse(until) <= Date.parse(from) ? undefined : { from, until }
}

/** Says when one could rely on it. If it ended early, that end replaces its last day. */
function periodRow(certificate: PublicCertificate, reading: Reading): Html {
  const { state, page, issuedAt } = reading
  const { language } = page
  const span = reliedOn(certificate, reading)
  if (span !== undefined) {
    const [from, until] = [dayBeside(span.from, [span.until], language), dayBeside(span.until, [span.from], language)]
    return row(say(language, 'facts.relied'), say(language, 'facts.from', { from, until }))
  }
  const { awardedOn, validFrom, validUntil } = certificate
  const isAward = awardedOn !== undefined && awardedOn !== (issuedAt ?? validFrom).slice(0, 10)
  const from = day(awardedOn ?? validFrom, language)
  const period =
    validUntil === undefined
      ? say(language, isAward ? 'facts.openAward' : 'facts.open', { from })
      : say(language, isAward ? 'facts.fromAward' : 'facts.from', { from, until: day(validUntil, language) })
  const counts = state === 'valid' || state === 'notice'
  return row(say(language, counts ? 'facts.period' : 'facts.period.named'), period)
}

const issuedOn = (issuedAt: string, reading: Reading): Html =>
  isDayAhead(reading)
    ? html`${moment(issuedAt, reading.page.language)}<br><span class="small dim">${say(reading.page.language, 'answer.day.ahead')}</span>`
    : html`${day(issuedAt, reading.page.language)}`

/** Shows what was signed, in the words that were signed. Foreign text is escaped and keeps its language. */
export function facts(reading: Reading): Html {
  const { certificate, person, page, state, tone } = reading
  if (certificate === undefined) return html``
  const { language } = page
  const says = ['valid', 'notice', 'notYet'].includes(state) || tone === 'am'
  const title = says ? 'facts.title' : counted(reading.values.verification) ? 'facts.was' : 'facts.claimed'
  return html`<section><h2>${say(language, title)}</h2>
${tone === 'am' ? html`<div class="call am">${icon('warn')}<p><b>${say(language, 'facts.claims')}</b> ${say(language, 'facts.claims.text')}</p></div>` : ''}
${kindNotice(reading.values.kind, language)}
<dl class="sum">${personRows(reading)}
${issuerRows(reading)}
${qualificationRows(certificate, reading)}
${unitsRow(certificate, page)}
${otherUnitsRow(certificate, reading)}
${assessmentRow(certificate, reading)}
${certificate.awardedOn === undefined ? '' : row(say(language, 'facts.awardedOn'), html`${day(certificate.awardedOn, language)}`)}
${reading.issuedAt === undefined ? '' : row(say(language, 'facts.issuedOn'), issuedOn(reading.issuedAt, reading))}
${person?.signatory === undefined ? '' : row(say(language, 'facts.signatory'), html`${foreign(person.signatory.name)}, ${foreign(person.signatory.position)}`)}
${periodRow(certificate, reading)}</dl></section>`
}

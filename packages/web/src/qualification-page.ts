import type { AqrfStatement, AssignedCode, Qualification } from '@sijil/qualifications'
import { html } from 'hono/html'
import {
  dayForm,
  editionsSection,
  type RecordValues,
  recordNotices,
  statedByWords,
  statementsSection,
} from './catalogue/record.ts'
import { canBeLookedUp, sourceLink, sourceNote } from './citations.ts'
import { day } from './dates.ts'
import { edition } from './edition.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import type { ListedIssuer } from './issuers/values.ts'
import { tags } from './issuers-page.ts'
import { kindNotice } from './kind-notice.ts'
import { say } from './messages/say.ts'
import type { Language } from './messages/speak.ts'
import { fullName } from './names.ts'
import { local, type PageContext, page } from './page.ts'
import { mistakeSection } from './report-mistake-page.ts'
import { lawWords } from './required-by-law.ts'
import { nameInState, stateWords } from './state-names.ts'
import { unitList } from './unit-list.ts'

export interface QualificationValues {
  qualification: Qualification
  /** The units in the address, if those are not all. */
  part?: Qualification['units']
  /** The body's name, and `/issuers/{id}` if this registry lists it. */
  body?: { name: string; path?: string }
  /** `/frameworks/{id}`. */
  frameworkPage?: string
  /** Bodies with an accreditation in force today. Absent: they could not be read. `isPart`: there may be others. */
  issuers?: { asOf: string; bodies: readonly ListedIssuer[]; isPart: boolean }
  /** True if the level is shown as a fact. */
  levelConfirmed: boolean
  /** The citation of the level. */
  levelBasis?: string
  /** The AQRF level, if the authority of the framework confirmed its table and placed this edition. */
  aqrf?: Pick<AqrfStatement, 'framework' | 'level' | 'basis'>
  /** The titles in other languages. Default: the one of the record. */
  localTitles?: readonly { text: string; language: string }[]
  /** Who stated what, for the day of the question. */
  record?: RecordValues
}

/** The sources of a record, each as a link if it is an address. */
export const sourceList = (sources: readonly string[], context: PageContext): Html =>
  html`<section><h2>${say(context.language, 'qualification.source')}</h2>${sourceNote(sources, context)}${sources.length === 0 ? html`<p>${say(context.language, 'qualification.sources.none')}</p>` : html`<ul class="bul small sources">${sources.map((source) => html`<li>${sourceLink(source)}</li>`)}</ul>`}</section>`

function unitsUnder(title: Html, units: Qualification['units'], context: PageContext): Html {
  if (units.length === 0) return html``
  const linkOf = (code: string) => local(`/units?${new URLSearchParams({ code })}`, context)
  return html`<section><h2>${title}</h2>${unitList(units, linkOf)}</section>`
}

function unitsSection({ qualification: { units }, part }: QualificationValues, context: PageContext): Html {
  const { language } = context
  if (part === undefined) return unitsUnder(say(language, 'qualification.units'), units, context)
  const others = units.filter(({ code }) => part.every((unit) => unit.code !== code))
  return html`${unitsUnder(say(language, 'qualification.units.part'), part, context)}${unitsUnder(say(language, 'qualification.units.other'), others, context)}`
}

function partNotice({ qualification: { units }, part }: QualificationValues, { language }: PageContext): Html {
  if (part === undefined) return html``
  const named = say(language, 'qualification.part', { named: part.length, count: units.length })
  return html`<div class="call am mb2">${icon('warn')}<p><b>${named}</b> ${say(language, 'qualification.part.text')}</p></div>`
}

/** Who may issue it today, each with its country, because bodies of two countries may share a name. */
function issuersSection({ issuers, qualification: { id }, record }: QualificationValues, context: PageContext): Html {
  // Who may issue is known for today. The pages of the bodies answer for other days.
  if (record !== undefined && record.on !== record.today) return html``
  const { language } = context
  const title = html`<h2>${say(language, 'qualification.issuers')}</h2>`
  if (issuers === undefined)
    return html`<section>${title}<p>${say(language, 'qualification.issuers.unknown')}</p></section>`
  const { asOf, bodies, isPart } = issuers
  const rows = bodies.map(
    (body) =>
      html`<li><div class="rl"><div><a href="${local(`/issuers/${body.id}?qualification=${id}`, context)}">${foreign(fullName(body), 'en')}</a><p>${stateWords(body, language)}</p></div>${tags(body, context)}</div></li>`,
  )
  const list =
    bodies.length === 0
      ? html`<p>${say(language, 'qualification.issuers.none')}</p>`
      : html`<p class="dim small">${say(language, 'qualification.issuers.text', { date: day(asOf, language) })}</p><ul class="rows">${rows}</ul>`
  const search = `/issuers?qualification=${id}`
  const link = isPart
    ? html`<a class="tlink" href="${local(`${search}&standing=authorised`, context)}">${say(language, 'qualification.issuers.part')}</a>`
    : html`<a class="tlink" href="${local(search, context)}">${say(language, 'qualification.issuers.search')}</a>`
  return html`<section>${title}${list}<p>${link}</p></section>`
}

function validityWords({ validity }: Qualification, { language }: PageContext): Html {
  if (validity === 'none') return say(language, 'qualification.validity.none')
  const { years, months } = validity
  if (years !== undefined && months !== undefined)
    return say(language, 'qualification.validity.both', { years, months })
  return years === undefined
    ? say(language, 'qualification.validity.months', { count: months ?? 0 })
    : say(language, 'qualification.validity.years', { count: years })
}

const row = (key: Html, value: Html): Html => html`<div><dt>${key}</dt><dd>${value}</dd></div>`

/** Only a confirmed level. Another one would look like a fact of its authority. */
function aqrfRow({ aqrf }: QualificationValues, context: PageContext): Html {
  if (aqrf?.level === undefined) return html``
  const { language } = context
  const { framework, level, basis } = aqrf
  return row(
    say(language, 'levels.aqrf'),
    html`<a href="${local('/frameworks/AQRF', context)}">${say(language, 'levels.level', { framework, level })}</a><br><span class="small dim">${foreign(basis, 'en')}</span><br><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}`,
  )
}

/** Where a code is from, and who chose it. */
const codeWords = ({ scheme, version, code, assignedBy }: AssignedCode, language: Language): Html =>
  html`<span class="dim">${say(language, 'qualification.code', { scheme, version, code, name: foreign(assignedBy, 'en') })}</span>`

/** One qualification as recorded: what it requires, its level, and the sources. */
export function qualificationPage(values: QualificationValues, context: PageContext): string {
  const { language } = context
  const { qualification, part, body, frameworkPage, record, levelBasis } = values
  const { localTitle, framework, level, code, codeScheme, occupation, escoOccupation, fieldOfEducation } = qualification
  const { localTitles = localTitle === undefined ? [] : [localTitle] } = values
  // A framework that its authority stated has a long id and a short name.
  const frame = qualification.frameworkRecord?.acronym ?? framework ?? ''
  const placedBy = qualification.levelConfirmedBy
  const wholeLevel =
    framework === undefined || level === undefined
      ? html`<b>${say(language, 'levels.none')}</b>`
      : html`${frameworkPage === undefined ? say(language, 'levels.level', { framework: frame, level }) : html`<a href="${local(frameworkPage, context)}">${say(language, 'levels.level', { framework: frame, level })}</a>`}${placedBy === undefined ? '' : html`<br><span class="small dim">${say(language, 'qualification.placed', { name: foreign(placedBy, 'en') })}</span>`}${values.levelConfirmed ? '' : html`<br><span class="small">${say(language, 'levels.unconfirmed')}</span>`}`
  const levelText =
    part === undefined
      ? wholeLevel
      : html`<b>${say(language, 'levels.none.part')}</b> ${say(language, 'levels.whole', { level: wholeLevel })}`
  const inState = (name: Html) =>
    nameInState(name, { ...qualification, state: qualification.state ?? 'ASEAN' }, language)
  const awarded =
    body === undefined
      ? undefined
      : body.path === undefined
        ? inState(foreign(body.name, 'en'))
        : inState(html`<a href="${local(body.path, context)}">${foreign(body.name, 'en')}</a>`)
  const main = html`<p class="crumb noprint"><a href="${local('/qualifications', context)}">${icon('left')}${say(language, 'catalogue.none.all')}</a></p>
<div class="head"><p class="small dim">${say(language, 'qualification.crumb')}</p><h1>${foreign(qualification.title, 'en')}</h1>${localTitles.map(({ text, language: own }) => html`<p class="lead">${foreign(text, own)}</p>`)}</div>
${record === undefined ? '' : recordNotices(record, context)}${kindNotice(qualification.kind, language)}${partNotice(values, context)}
<div class="sheet"><section><dl class="sum">${row(say(language, part === undefined ? 'qualification.asks' : 'qualification.asks.whole'), html`${foreign(qualification.description, 'en')}${canBeLookedUp(qualification.sources) ? '' : html` <span class="small dim">(${say(language, 'state.unconfirmed')})</span>`}`)}
${record === undefined ? '' : row(say(language, 'qualification.owner'), statedByWords(record, context))}
${row(say(language, 'qualification.level'), html`${levelText}${levelBasis === undefined ? '' : html`<br><span class="small dim">${foreign(levelBasis, 'en')}</span>`}`)}
${part === undefined ? aqrfRow(values, context) : ''}
${awarded === undefined ? '' : row(say(language, 'qualification.issuer'), awarded)}
${code === undefined ? '' : row(say(language, 'facts.code'), html`<span class="mono">${foreign(code)}</span>${codeScheme === undefined ? '' : html` <span class="dim">(${foreign(codeScheme, 'en')})</span>`}`)}
${row(say(language, 'facts.edition'), edition(qualification.edition, context))}
${row(say(language, 'qualification.validity'), validityWords(qualification, context))}
${qualification.requiredByLaw === undefined || part !== undefined ? '' : row(say(language, 'qualification.law'), lawWords({ ...qualification, requiredByLaw: qualification.requiredByLaw }, language))}
${qualification.assessment === undefined ? '' : row(say(language, 'qualification.assessment'), foreign(qualification.assessment, 'en'))}
${qualification.limits === undefined ? '' : row(say(language, 'facts.limits'), foreign(qualification.limits, 'en'))}
${occupation === undefined ? '' : row(say(language, 'facts.occupation'), html`<a href="${local(`/occupations/${occupation.code}`, context)}">${foreign(occupation.title, 'en')}</a> ${codeWords(occupation, language)}`)}
${escoOccupation === undefined ? '' : row(say(language, 'qualification.esco'), html`${foreign(escoOccupation.title, 'en')} ${codeWords(escoOccupation, language)}`)}
${row(say(language, 'facts.field'), html`${foreign(qualification.field, 'en')}${fieldOfEducation === undefined ? '' : html`; ${foreign(fieldOfEducation.title, 'en')} ${codeWords(fieldOfEducation, language)}`}`)}</dl></section>
${issuersSection(values, context)}
${unitsSection(values, context)}
${record === undefined ? '' : html`${editionsSection(record, context)}${statementsSection(record, context)}<section>${dayForm({ ...record, path: `/qualifications/${record.id}` }, say(language, 'qualification.on'), context)}</section>`}
${sourceList(qualification.sources, context)}<section><p><a class="tlink" href="${local(`/decisions?qualification=${qualification.id}`, context)}">${say(language, 'decisions.of')}</a></p></section>${mistakeSection({ of: 'qualification', id: qualification.id }, context, record?.owner && qualification.edition)}</div>`
  return page({ title: qualification.title, main }, context)
}

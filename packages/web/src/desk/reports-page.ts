import type {
  MistakeOutcome,
  MistakeReason,
  RecordName,
  ReportedVerdict,
  ReportOutcome,
  ReportReason,
} from '@sijil/registry/reports'
import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { showToken } from '../token.ts'
import { crumb, type DeskContext, deskPage, officeWords, pathHere } from './frame.ts'
import type { Named } from './values.ts'

/** One time that somebody reported the thing. The text of the reporter is not among the values: an officer opens it. */
export interface DeskTelling {
  reason: ReportReason | MistakeReason
  /** Only of a certificate. */
  verdict?: ReportedVerdict
  /** Only of a qualification. */
  edition?: string
  at: string
  hasMessage: boolean
}

export interface DeskReport {
  id: string
  /** The body that the certificate names, or the owner of the record. */
  body: Named
  kind: 'link' | 'file' | 'site' | 'record'
  /** Only of a record. `isChanged`: it was stated anew, or assigned, after the report. */
  record?: RecordName & { title: string; isChanged: boolean }
  /** UUID of a certificate that the body recorded here. */
  certificate?: string
  site?: string
  /** The DID of another issuer that the file names. */
  claims?: string
  /** Oldest first. */
  tellings: readonly DeskTelling[]
  sentTo: readonly Named[]
  /** Oldest first. */
  openings: readonly { telling: number; subject: string; at: string }[]
  closed?: { outcome: ReportOutcome | MistakeOutcome; subject: string; by: Named; at: string }
}

export interface ReportsValues {
  authority: Named
  /** The body whose reports alone are listed. */
  body?: Named
  /** Newest first. */
  reports: readonly DeskReport[]
  /** Bodies with more open reports than the page shows. */
  flooded: readonly { body: Named; more: number }[]
  /** The page token of the next page. */
  next?: string
}

export const reportPath = (
  office: Named,
  { body, id }: Pick<DeskReport, 'body' | 'id'>,
  context: DeskContext,
  ...step: string[]
): string => pathHere(context, office.id, 'reports', body.id, id, ...step)

export const reportTag = ({ closed }: DeskReport, { language }: DeskContext): Html =>
  closed === undefined
    ? tag('am', 'clock', say(language, 'desk.report.open'))
    : tag('gy', 'check', say(language, `desk.report.outcome.${closed.outcome}`))

const addressOf = (
  { authority, body }: Pick<ReportsValues, 'authority' | 'body'>,
  context: DeskContext,
  more: Record<string, string> = {},
): string => {
  const query = new URLSearchParams({ ...(body && { body: body.id }), ...more })
  return `${pathHere(context, authority.id, 'reports')}${query.size === 0 ? '' : `?${query}`}`
}

function row({ authority }: ReportsValues, report: DeskReport, context: DeskContext): Html {
  const { language } = context
  const { body, tellings, certificate, site, record } = report
  const [first] = tellings
  if (first === undefined) return html``
  const thing = certificate ?? site
  return html`<li><div class="rl"><div><a href="${local(reportPath(authority, report, context), context)}"><span>${record === undefined ? '' : html`${say(language, 'desk.report.mistake')}: `}${say(language, `desk.report.reason.${first.reason}`)}</span></a>${record === undefined ? '' : html`<p class="small">${foreign(record.title, 'en')} <code>${record.id}</code></p>`}<p class="small">${foreign(body.name, 'en')}</p><p class="dim small">${moment(first.at, language)}${tellings.length > 1 ? html` · ${say(language, 'desk.report.times', { count: tellings.length })}` : ''}${thing === undefined ? '' : html`<br><code>${thing}</code>`}</p></div>${reportTag(report, context)}</div></li>`
}

/** The reports that an authority or a body got, newest first. */
export function reportsPage(values: ReportsValues, context: DeskContext): string {
  const { language } = context
  const { authority, body, reports, flooded, next } = values
  const title = phrase(language, 'desk.reports')
  const list = reports.map((report) => row(values, report, context))
  const rest = flooded.map(({ body: one, more }) => {
    const path = addressOf({ authority, body: one }, context)
    return html`<li><a href="${local(path, context)}">${say(language, 'desk.reports.flooded', { count: more, body: foreign(one.name, 'en') })}</a></li>`
  })
  const back =
    body === undefined
      ? crumb(pathHere(context, authority.id), officeWords(authority, context), context)
      : crumb(pathHere(context, authority.id, 'reports'), say(language, 'desk.reports'), context)
  const further =
    next === undefined
      ? ''
      : html`<p class="mt2"><a href="${local(addressOf(values, context, { page: next }), context)}" rel="next">${say(language, 'desk.reports.more')}</a></p>`
  const main = html`${back}<div class="head"><h1>${say(language, 'desk.reports')}</h1><p class="lead">${foreign((body ?? authority).name, 'en')}</p></div>
<div class="call mb2">${icon('info')}<p>${say(language, 'desk.reports.note')}</p></div>
<div class="sheet"><section><h2 class="vh">${say(language, 'desk.reports')}</h2>${list.length === 0 ? html`<p>${say(language, 'desk.reports.none')}</p>` : html`<ul class="rows">${list}</ul>`}${rest.length === 0 ? '' : html`<ul class="bul mt2">${rest}</ul>`}</section></div>${further}`
  return deskPage({ title, main }, { ...context, path: addressOf(values, context) })
}

export const reportNumber = ({ id }: DeskReport): Html => html`<code>${showToken(id)}</code>`

import type { MistakeOutcome, ReporterMessage, ReportOutcome } from '@sijil/registry/reports'
import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { recordPath } from '../report-mistake-page.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import { type DeskProblem, problemCall } from './problem-words.ts'
import { type DeskReport, type DeskTelling, reportNumber, reportPath, reportTag } from './reports-page.ts'
import type { Named } from './values.ts'

export interface ReportValues {
  authority: Named
  report: DeskReport
  outcomes: readonly (ReportOutcome | MistakeOutcome)[]
  /** Whether this officer may close it. */
  mayClose: boolean
  /** The text that this officer has just opened. It is in this answer only. */
  opened?: { telling: number; message: ReporterMessage }
  problem?: DeskProblem
}

const fact = (name: Html, value: Html): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`

function about({ report }: ReportValues, context: DeskContext): Html {
  const { language } = context
  const { sentTo } = report
  const facts = report.record === undefined ? certificateFacts(report, context) : recordFacts(report, context)
  return html`<section><h2>${say(language, 'desk.report.about')}</h2><dl class="sum">${fact(say(language, 'desk.report.number'), reportNumber(report))}${facts}${fact(say(language, 'desk.report.sentTo'), html`${sentTo.map(({ name }, at) => html`${at === 0 ? '' : '; '}${foreign(name, 'en')}`)}`)}</dl></section>`
}

function certificateFacts({ body, certificate, site, claims, kind }: DeskReport, context: DeskContext): Html {
  const { language } = context
  return html`${fact(say(language, 'desk.report.body'), html`<a href="${local(`/issuers/${body.id}`, context)}">${foreign(body.name, 'en')}</a>`)}${fact(say(language, 'desk.report.kind'), say(language, `desk.report.kind.${kind}`))}${certificate === undefined ? '' : fact(say(language, 'desk.report.certificate'), html`<code>${certificate}</code>`)}${site === undefined ? '' : fact(say(language, 'desk.report.site'), html`<code>${site}</code>`)}${claims === undefined ? '' : fact(say(language, 'desk.report.claims'), html`<code>${claims}</code>`)}`
}

function recordFacts({ body, record }: DeskReport, context: DeskContext): Html {
  const { language } = context
  if (record === undefined) return html``
  return html`${fact(say(language, 'desk.report.record'), html`<a href="${local(recordPath(record), context)}">${foreign(record.title, 'en')}</a> <code>${record.id}</code>${record.isChanged ? html`<br>${tag('gy', 'info', say(language, 'desk.report.record.changed'))}` : ''}`)}${fact(say(language, 'desk.report.owner'), foreign(body.name, 'en'))}`
}

const typedText = (text: string): Html =>
  html`${text.split('\n').map((line, at) => html`${at === 0 ? '' : html`<br>`}${foreign(line)}`)}`

/** What the reporter wrote, or the button that opens it. */
function message(values: ReportValues, telling: DeskTelling, at: number, context: DeskContext): Html {
  const { language } = context
  const { authority, report, opened } = values
  if (!telling.hasMessage) return html`<p class="dim small">${say(language, 'desk.report.message.none')}</p>`
  if (opened?.telling === at) {
    const { contact, words, source } = opened.message
    return html`<div class="call am" id="message">${icon('lock')}<div>${words === undefined ? '' : html`<p><b>${say(language, 'desk.report.words')}</b><br>${typedText(words)}</p>`}${source === undefined ? '' : html`<p><b>${say(language, 'desk.report.source')}</b><br><code>${source}</code></p>`}${contact === undefined ? '' : html`<p><b>${say(language, 'desk.report.contact')}</b><br>${foreign(contact)}</p>`}</div></div>`
  }
  const times = report.openings.filter((opening) => opening.telling === at)
  return html`${deskForm(
    `${reportPath(authority, report, context, 'open')}#message`,
    html`<input type="hidden" name="telling" value="${at}"><p><button type="submit" class="btn alt">${icon('lock')}${say(language, 'desk.report.message.open')}</button></p><p class="hint">${say(language, 'desk.report.message.hint')}</p>`,
    context,
  )}${times.length === 0 ? '' : html`<ul class="plain small dim">${times.map(({ subject, at: when }) => html`<li>${say(language, 'desk.report.openedBy', { officer: html`<code>${subject}</code>`, date: moment(when, language) })}</li>`)}</ul>`}`
}

/** The verdict on a certificate at that moment, or the edition in which the mistake is. */
const tellingFacts = ({ verdict, edition }: DeskTelling, { language }: DeskContext): Html =>
  html`${verdict === undefined ? '' : html` · ${say(language, 'desk.report.verdict', { verdict: say(language, `desk.report.verdict.${verdict}`) })}`}${edition === undefined ? '' : html` · ${say(language, 'desk.report.edition', { edition: foreign(edition) })}`}`

function tellings(values: ReportValues, context: DeskContext): Html {
  const { language } = context
  return html`<section><h2>${say(language, 'desk.report.tellings')}</h2><ol class="rows">${values.report.tellings.map((telling, at) => html`<li><div class="rl"><div class="flow-s"><p><b>${say(language, `desk.report.reason.${telling.reason}`)}</b></p><p class="dim small">${moment(telling.at, language)}${tellingFacts(telling, context)}</p>${message(values, telling, at, context)}</div></div></li>`)}</ol></section>`
}

function closing({ authority, report, outcomes, mayClose }: ReportValues, context: DeskContext): Html {
  const { language } = context
  const { closed } = report
  if (closed !== undefined) {
    const line = {
      officer: html`<code>${closed.subject}</code>`,
      authority: foreign(closed.by.name, 'en'),
      date: moment(closed.at, language),
    }
    return html`<section><h2>${say(language, 'desk.report.closed')}</h2><p><b>${say(language, `desk.report.outcome.${closed.outcome}`)}</b></p><p class="dim small">${say(language, 'desk.report.closedBy', line)}</p></section>`
  }
  if (!mayClose) return html`<section><p>${say(language, 'desk.report.close.role')}</p></section>`
  return html`<section id="close"><h2>${say(language, 'desk.report.close')}</h2><p class="hint">${say(language, report.kind === 'record' ? 'desk.report.close.mistake' : 'desk.report.close.hint')}</p>${deskForm(
    reportPath(authority, report, context, 'close'),
    html`<fieldset><legend class="vh">${say(language, 'desk.report.close')}</legend>${outcomes.map((outcome) => html`<label class="opt"><input type="radio" name="outcome" value="${outcome}" required><span>${say(language, `desk.report.outcome.${outcome}`)}</span></label>`)}</fieldset><p><button type="submit" class="btn">${say(language, 'desk.report.close.do')}</button></p>`,
    context,
  )}</section>`
}

/** One report: what is known of it, what its reporters said, and the form that closes it. */
export function reportPage(values: ReportValues, context: DeskContext): string {
  const { language } = context
  const { authority, report, problem } = values
  const title = report.kind === 'record' ? 'desk.report.mistake' : 'desk.report'
  const main = html`${crumb(pathHere(context, authority.id, 'reports'), say(language, 'desk.reports'), context)}
${problemCall(problem, language)}<div class="head"><h1>${say(language, title)}</h1><p>${reportTag(report, context)}</p></div>
<div class="sheet">${about(values, context)}${tellings(values, context)}${closing(values, context)}</div>`
  return deskPage({ title: phrase(language, title), main, hasProblem: problem !== undefined }, context)
}

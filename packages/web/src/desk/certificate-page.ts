import { html } from 'hono/html'
import { day, moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { type DeskKey, phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { noteCall } from './action-pages.ts'
import { actionPanels } from './certificate-actions.ts'
import { keepingCalls } from './certificate-keeping.ts'
import { classWords } from './certificate-status.ts'
import type { CertificateValues, HistoryEntry } from './certificate-values.ts'
import { certificateTags } from './certificates-page.ts'
import { crumb, type DeskContext, deskPage, pathHere } from './frame.ts'
import { problemCall } from './problem-words.ts'

function entry({ at, event, reason, note, actor, approvedBy, by }: HistoryEntry, context: DeskContext): Html {
  const { language } = context
  const who = [
    ...(by === undefined ? [] : [foreign(by.name, 'en')]),
    ...(actor === undefined ? [] : [html`<code>${actor}</code>`]),
    ...(approvedBy === undefined
      ? []
      : [say(language, 'desk.certificate.approvedBy', { officer: html`<code>${approvedBy}</code>` })]),
  ]
  const what = say(language, `desk.certificate.event.${event}` as Extract<DeskKey, `desk.certificate.event.${string}`>)
  return html`<li><div class="rl"><div><h3>${what}${reason === undefined ? '' : html`: ${classWords(reason, context)}`}</h3><p class="dim small">${moment(at, language)}${who.map((each) => html` · ${each}`)}</p>${note === undefined ? '' : html`<p>${note}</p>`}</div></div></li>`
}

const doneCall = (done: NonNullable<CertificateValues['done']>, values: CertificateValues, context: DeskContext) => {
  const { language } = context
  const waits = html` <a href="${local(pathHere(context, values.owner.id, 'waiting'), context)}">${say(language, 'desk.waiting')}</a>`
  const isOpen = done === 'waits' || done === 'asked'
  return html`<div class="call ${isOpen ? 'am' : 'ok'} mb2" role="status">${icon(isOpen ? 'clock' : 'check')}<p>${say(language, `desk.certificate.done.${done}`)}${isOpen ? waits : ''}</p></div>`
}

/** The details of the holder, for the member who asked for them. */
function holderSection({ holder }: CertificateValues, { language }: DeskContext): Html {
  if (holder === undefined) return html``
  const { name, nativeName, birthDate, registerNumber } = holder
  const fact = (label: Html, value: Html | undefined) =>
    value === undefined ? '' : html`<div><dt>${label}</dt><dd>${value}</dd></div>`
  return html`<section data-holder><dl class="sum">${fact(say(language, 'desk.field.holder.name'), html`<b>${foreign(name)}</b>`)}${fact(say(language, 'desk.field.holder.nativeName'), nativeName === undefined ? undefined : foreign(nativeName))}${fact(say(language, 'desk.field.holder.birthDate'), birthDate === undefined ? undefined : html`${day(birthDate, language)}`)}${fact(say(language, 'desk.field.registerNumber'), registerNumber === undefined ? undefined : foreign(registerNumber))}</dl><p class="small dim">${say(language, 'desk.certificate.shown')}</p></section>
`
}

/** One certificate: its state and history, and what this officer can do about it. It names no person, unless the member asked for that. */
export function certificatePage(values: CertificateValues, context: DeskContext): string {
  const { language } = context
  const { owner, body, certificate, edition, replaces, successor, renews, renewed, history, returned, done } = values
  const { id, number, title } = certificate
  const isBody = owner.id === body.id
  const fact = (name: Html, value: Html) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  const other = (name: Html, uuid: string | undefined, shown = uuid) =>
    uuid === undefined
      ? ''
      : fact(
          name,
          html`<a href="${local(pathHere(context, owner.id, 'certificates', uuid), context)}"><code>${shown}</code></a>`,
        )
  const facts = html`<dl class="sum">${number === undefined ? '' : fact(say(language, 'desk.certificates.number'), html`<code>${number}</code>`)}${fact(say(language, 'desk.certificate.qualification'), html`${foreign(title, 'en')}<br><span class="dim small">${say(language, 'desk.certificate.edition', { edition: foreign(edition, 'en') })}</span>`)}${isBody ? '' : fact(say(language, 'desk.certificates.body'), foreign(body.name, 'en'))}${fact(say(language, 'desk.certificates.id'), html`<code>${id}</code>`)}${other(say(language, 'desk.certificate.replaces'), replaces)}${other(say(language, 'desk.certificate.successor'), successor)}${other(say(language, 'desk.certificate.renews'), renews?.id, renews?.number)}${other(say(language, 'desk.certificate.renewed'), renewed?.id, renewed?.number)}</dl>`
  const problem = problemCall(returned?.problem, language, { isUnchanged: true })
  const kept = returned !== undefined && returned.problem === undefined ? noteCall('kept', context) : ''
  const heading = number ?? id
  const main = html`${crumb(pathHere(context, owner.id, 'certificates'), say(language, isBody ? 'desk.certificates' : 'desk.overseen'), context)}
${problem}${kept}${done === undefined ? '' : doneCall(done, values, context)}<div class="head"><h1>${say(language, 'desk.certificate', { number: html`<code>${heading}</code>` })}</h1><p>${certificateTags(certificate, context)}</p></div>${keepingCalls(values, context)}
<div class="sheet">${holderSection(values, context)}<section>${facts}</section>
<section><h2>${say(language, 'desk.certificate.history')}</h2><ol class="rows">${history.map((each) => entry(each, context))}</ol></section>
${actionPanels(values, context)}</div>`
  return deskPage(
    {
      title: phrase(language, 'desk.certificate', { number: heading }),
      main,
      hasProblem: returned?.problem !== undefined,
    },
    context,
  )
}

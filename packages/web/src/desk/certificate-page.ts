import { revocationReasons, suspensionReasons } from '@sijil/credentials/status-reasons'
import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { type DeskKey, phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { actionPath, noteCall } from './action-pages.ts'
import { certificateTag, type ListedCertificate } from './certificates-page.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import { type DeskProblem, marked, problemCall } from './problem-words.ts'
import type { Named } from './values.ts'

export type StatusVerb = 'suspend' | 'reinstate' | 'revoke'

/** One entry of the history of a certificate. */
interface HistoryEntry {
  at: string
  event: string
  reason?: string
  /** Only for members of the body that may read it. */
  note?: string
  actor?: string
  approvedBy?: string
  /** The authority that acted. Absent: the body itself. */
  by?: Named
}

export interface CertificateValues {
  /** In whose name the officer reads it: the body, or an authority that may change its state. */
  owner: Named
  body: Named
  certificate: ListedCertificate
  edition: string
  replaces?: string
  successor?: string
  /** Oldest first. */
  history: readonly HistoryEntry[]
  /** True if this officer may change its state, or propose it. */
  mayChange: boolean
  /** A form that came back, or what was done. */
  returned?: { verb: StatusVerb; problem?: DeskProblem; typed: { reason?: string; note?: string; sure?: string } }
  done?: StatusVerb | 'waits'
}

const reasonsOf = { suspend: suspensionReasons, revoke: revocationReasons.filter((reason) => reason !== 'superseded') }
export const isStatusVerb = (text: string): text is StatusVerb => ['suspend', 'reinstate', 'revoke'].includes(text)

const classWords = (reason: string, { language }: DeskContext): Html =>
  say(language, `desk.class.${reason}` as Extract<DeskKey, `desk.class.${string}`>)

/** The verbs that a certificate in this state can have. Only the authority that suspended one lifts that. */
function verbsOf({ certificate, history, mayChange, owner, body }: CertificateValues): readonly StatusVerb[] {
  const { state } = certificate
  if (!mayChange) return []
  if (state !== 'in-force' && state !== 'suspended') return []
  const by = history.findLast(({ event }) => event === 'suspended')?.by?.id
  const suspendedBy = state === 'suspended' ? (by ?? body.id) : undefined
  if (suspendedBy === undefined) return ['suspend', 'revoke']
  if (suspendedBy === owner.id) return ['reinstate', 'revoke']
  return owner.id === body.id ? ['revoke'] : ['suspend', 'revoke']
}

/** One thing that can be done, with what follows from it before its button. An authority proposes what it cannot undo alone. */
function panel(verb: StatusVerb, values: CertificateValues, context: DeskContext): Html {
  const { language } = context
  const { owner, body, certificate, returned } = values
  const isBody = owner.id === body.id
  const came = returned?.verb === verb ? returned : undefined
  const { reason = '', note = '', sure } = came?.typed ?? {}
  const words = html`<p>${say(language, isBody ? `desk.certificate.${verb}.text` : `desk.certificate.${verb}.text.authority`)}</p>`
  if (!isBody && verb !== 'suspend') {
    const query = new URLSearchParams({ issuer: body.id, certificate: certificate.id })
    const path = `${actionPath(owner.id, `${verb}-certificate`)}?${query}`
    return html`<section><details class="more"><summary>${say(language, `desk.certificate.${verb}.propose`)}${icon('chev')}</summary><div class="flow">${words}<p><a class="btn${verb === 'revoke' ? ' bad' : ''}" href="${local(path, context)}">${say(language, `desk.certificate.${verb}.propose`)}</a></p></div></details></section>`
  }
  const reasons =
    verb === 'reinstate'
      ? ''
      : html`<fieldset><legend><b>${say(language, 'desk.certificate.reason')}</b></legend>${reasonsOf[verb].map((each) => html`<label class="opt"><input type="radio" name="reason" value="${each}" required${each === reason ? html` checked` : ''}><span>${classWords(each, context)}</span></label>`)}</fieldset>`
  const noted = isBody
    ? html`<div><label for="${verb}-note">${say(language, 'desk.certificate.note')} <span class="dim small">(${say(language, 'desk.optional')})</span></label><p class="hint" id="${verb}-note-hint">${say(language, 'desk.certificate.note.hint')}</p><textarea id="${verb}-note" name="note" rows="2" maxlength="2000" aria-describedby="${verb}-note-hint"${marked('/note', came?.problem)}>${note}</textarea></div>`
    : ''
  const forGood =
    verb === 'revoke'
      ? html`<label class="opt"><input type="checkbox" name="sure" value="yes" required${sure === 'yes' ? html` checked` : ''}><span>${say(language, 'desk.certificate.revoke.sure')}</span></label>`
      : ''
  const path = isBody
    ? pathHere(context, owner.id, 'certificates', certificate.id, verb)
    : pathHere(context, owner.id, 'certificates', body.id, certificate.id, verb)
  const form = deskForm(
    path,
    html`${words}${reasons}${noted}${forGood}<p><button type="submit" class="btn${verb === 'revoke' ? ' bad' : ''}">${say(language, `desk.certificate.${verb}`)}</button></p>`,
    context,
  )
  return html`<section><details class="more"${came === undefined ? '' : html` open`}><summary>${say(language, `desk.certificate.${verb}`)}${icon('chev')}</summary>${form}</details></section>`
}

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
  return html`<div class="call ${done === 'waits' ? 'am' : 'ok'} mb2" role="status">${icon(done === 'waits' ? 'clock' : 'check')}<p>${say(language, `desk.certificate.done.${done}`)}${done === 'waits' ? waits : ''}</p></div>`
}

/** One certificate: its state and history, and what this officer can do about it. It names no person. */
export function certificatePage(values: CertificateValues, context: DeskContext): string {
  const { language } = context
  const { owner, body, certificate, edition, replaces, successor, history, returned, done } = values
  const { id, number, title, state } = certificate
  const isBody = owner.id === body.id
  const verbs = verbsOf(values)
  const fact = (name: Html, value: Html) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  const other = (name: Html, uuid: string | undefined) =>
    uuid === undefined
      ? ''
      : fact(
          name,
          html`<a href="${local(pathHere(context, owner.id, 'certificates', uuid), context)}"><code>${uuid}</code></a>`,
        )
  const facts = html`<dl class="sum">${number === undefined ? '' : fact(say(language, 'desk.certificates.number'), html`<code>${number}</code>`)}${fact(say(language, 'desk.certificate.qualification'), html`${foreign(title, 'en')}<br><span class="dim small">${foreign(edition, 'en')}</span>`)}${isBody ? '' : fact(say(language, 'desk.certificates.body'), foreign(body.name, 'en'))}${fact(say(language, 'desk.certificates.id'), html`<code>${id}</code>`)}${other(say(language, 'desk.certificate.replaces'), replaces)}${other(say(language, 'desk.certificate.successor'), successor)}</dl>`
  const problem = problemCall(returned?.problem, language, { isUnchanged: true })
  const kept = returned !== undefined && returned.problem === undefined ? noteCall('kept', context) : ''
  const heading = number ?? id
  const main = html`${crumb(pathHere(context, owner.id, 'certificates'), say(language, isBody ? 'desk.certificates' : 'desk.overseen'), context)}
${problem}${kept}${done === undefined ? '' : doneCall(done, values, context)}<div class="head"><h1>${say(language, 'desk.certificate', { number: html`<code>${heading}</code>` })}</h1><p>${certificateTag(state, context)}</p></div>
<div class="sheet"><section>${facts}</section>
<section><h2>${say(language, 'desk.certificate.history')}</h2><ol class="rows">${history.map((each) => entry(each, context))}</ol></section>
${verbs.map((verb) => panel(verb, values, context))}</div>`
  return deskPage(
    {
      title: phrase(language, 'desk.certificate', { number: heading }),
      main,
      hasProblem: returned?.problem !== undefined,
    },
    context,
  )
}

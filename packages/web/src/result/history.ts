import type { StatusEntry } from '@sijil/registry/certificates'
import { html } from 'hono/html'
import { dayBeside } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { type IconName, icon } from '../icons.ts'
import { momentHere } from '../local-time.ts'
import { isMessage, type MessageKey, say } from '../messages/say.ts'
import { local, type PageContext } from '../page.ts'
import type { Reading } from './reading.ts'

// biome-ignore format: it reads as a table
const dots: Record<StatusEntry['state'], { tone: 'ok' | 'no' | 'am' | 'gy'; icon: IconName }> = {
  'in-force':  { tone: 'ok', icon: 'check' },
  suspended:   { tone: 'am', icon: 'pause' },
  revoked:     { tone: 'no', icon: 'x' },
  superseded:  { tone: 'gy', icon: 'minus' },
  burned:      { tone: 'no', icon: 'x' },
}

/** Only the reason class is public. A class that has no words yet is shown as it is recorded. */
export function reasonClass(reason: string, { language }: PageContext): Html {
  const key = `class.${reason}`
  return isReasonClass(key) ? say(language, key) : foreign(reason)
}
const isReasonClass = (key: string): key is Extract<MessageKey, `class.${string}`> =>
  isMessage(key) && key.startsWith('class.')

/** Shows the certificate's record, oldest entry first. Only the reason class of a revocation is public. */
export function history({ values, page, state }: Reading): Html {
  const { language } = page
  const entries = values.verification.history ?? []
  if (entries.length === 0) return html``
  const rows = entries.map((entry, index) => {
    const words = entry.state === 'in-force' && index === 0 ? 'history.issued' : (`history.${entry.state}` as const)
    const reason =
      entry.reason === undefined || entry.reason === entry.state
        ? ''
        : html`<p>${say(language, 'history.reason', { reason: html`<b>${reasonClass(entry.reason, page)}</b>` })}</p>`
    const successor = entry.successor === undefined ? '' : html`<p>${say(language, 'history.successor')}</p>`
    const by =
      entry.by === undefined
        ? ''
        : html`<p>${say(language, 'history.by', { authority: html`<a href="${local(`/issuers/${entry.by}`, page)}">${foreign(values.authorities?.[entry.by] ?? entry.by, 'en')}</a>` })}</p>`
    return html`<li><span class="dot ${dots[entry.state].tone}">${icon(dots[entry.state].icon)}</span><h3>${say(language, words)}</h3><p class="small dim">${momentHere(entry.at, language)}</p>${by}${reason}${successor}</li>`
  })
  const why = state === 'revoked' || state === 'suspended' || state === 'superseded'
  return html`<section><h2>${say(language, why ? `history.why.${state}` : 'history.title')}</h2><ol class="chain">${rows}</ol>${why ? html`<p class="small dim mt2">${say(language, 'history.public')}</p>` : ''}</section>`
}

/** For a valid certificate with a notice: what happened to the issuer after the day of issue, and why the certificate still counts. */
export function whyItStillCounts({ values, page, state, issuedAt }: Reading): Html {
  if (state !== 'notice') return html``
  const { language } = page
  const { onIssueDate, today } = values.verification.issuer
  const from = onIssueDate.chain.findLast((link) => link.role === 'body')?.from
  const { evaluatedAt } = values.verification
  const ending = today.since ?? today.effective
  const step = (tone: 'ok' | 'am', name: IconName, at: string, words: Html) => {
    const others = [from, issuedAt, ending, evaluatedAt].filter((other) => other !== at)
    return html`<li><span class="dot ${tone}">${icon(name)}</span><h3>${words}</h3><p class="small dim">${dayBeside(at, others, language)}</p></li>`
  }
  const ended = today.standing === 'suspended' || today.standing === 'withdrawn' ? today.standing : 'ended'
  return html`<section><h2>${say(language, 'notice.why')}</h2><ol class="chain">${from === undefined ? '' : step('ok', 'check', from, say(language, 'notice.authorised'))}${issuedAt === undefined ? '' : step('ok', 'file', issuedAt, say(language, 'notice.issued'))}${step('am', 'pause', ending, say(language, `notice.${ended}`))}${step('ok', 'check', evaluatedAt, say(language, 'notice.now'))}</ol>
<p class="mt2">${say(language, 'notice.why.text')}</p></section>`
}

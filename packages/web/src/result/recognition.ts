import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { say } from '../messages/say.ts'
import { local } from '../page.ts'
import { recognitionSlip } from '../recognition-slip.ts'
import type { Reading } from './reading.ts'
import { countsToday } from './state.ts'

/**
 * What host authorities decided about certificates like this one. It stands after the facts, because a decision is no part of the check.
 * Where nothing is recorded, only the page of a certificate that counts says so.
 */
export function recognition({ values, page, certificate, state }: Reading): Html {
  const { language } = page
  const { recognition: decided = [], recognitionUnread } = values.verification
  const isNone = decided.length === 0
  if (certificate === undefined || (isNone && !countsToday(state))) return html``
  const edition = certificate.qualification.edition ?? '–'
  const { units: all } = certificate
  const openGapsOf = (host: string) => {
    const openGaps = values.openGaps?.[host]
    return openGaps === undefined ? {} : { openGaps }
  }
  // What counts now stands first.
  const inOrder = decided.toSorted((one, other) => Number(other.applies === 'now') - Number(one.applies === 'now'))
  const slips = inOrder.map((each) => recognitionSlip({ ...each, edition, all, ...openGapsOf(each.host.id) }, page))
  const body = isNone
    ? html`<p>${say(language, recognitionUnread ? 'recognition.unread' : 'recognition.none')}</p>`
    : html`<p><b>${say(language, 'recognition.apart')}</b></p>${slips}<p class="mt2">${say(language, recognitionUnread ? 'recognition.unread' : 'recognition.others')}</p>`
  return html`<section id="decided"><h2>${say(language, 'recognition.title')}</h2>${body}<p class="small noprint"><a class="tlink" href="${local('/decisions', page)}"><span>${say(language, 'recognition.all')}</span></a></p></section>`
}

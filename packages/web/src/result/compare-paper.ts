import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/say.ts'
import type { Reading } from './reading.ts'
import { countsToday } from './state.ts'

/** For a reader who has a paper: the answer is about what was signed, and anybody can print another name around a genuine code. */
export function comparePaper({ values: { paper }, page: { language }, state, person }: Reading): Html {
  if (paper === undefined) return html``
  if (paper === 'contradiction')
    return html`<div class="call no mb2">${icon('x')}<div><h2>${say(language, 'paper.disagrees')}</h2><p>${say(language, 'paper.contradiction')}</p></div></div>`
  const withoutCode = paper === 'without-code' ? html`<p>${say(language, 'paper.withoutCode')}</p>` : ''
  const compare = !countsToday(state)
    ? ''
    : html`<p>${say(language, person === undefined ? 'paper.hidden' : 'paper.shown')}</p>`
  return html`<div class="call am mb2">${icon('warn')}<div><h2>${say(language, 'paper.compare')}</h2>${withoutCode}<p>${say(language, 'paper.about')}</p>${compare}</div></div>`
}

import type { ReportedUpdate } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { citations } from './citations.ts'
import { dayOrLess } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { say } from './messages/say.ts'
import type { PageContext } from './page.ts'

function when({ from, until, approximate }: ReportedUpdate, { language }: PageContext): Html {
  const first = dayOrLess(from, language)
  const date =
    until === undefined
      ? html`${first}`
      : say(language, 'corridor.fromUntil', { from: first, until: dayOrLess(until, language) })
  return approximate ? say(language, 'corridor.about', { date }) : date
}

/** What became known later, each with its day and source. */
export function updatesOf(
  updates: readonly ReportedUpdate[],
  { cite }: ReturnType<typeof citations>,
  context: PageContext,
): Html {
  if (updates.length === 0) return html``
  const { language } = context
  const entries = updates.map(
    (update) =>
      html`<li><span class="dot gy">${icon('file')}</span><h3>${when(update, context)}</h3><p>${foreign(update.text, 'en')}${cite(update)}</p></li>`,
  )
  return html`<section><h2>${say(language, 'corridor.timeline')}</h2><ol class="chain">${entries}</ol></section>`
}

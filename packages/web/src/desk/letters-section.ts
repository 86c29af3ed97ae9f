import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { type DeskContext, deskForm } from './frame.ts'
import { pressButton, singlesPath } from './single-parts.ts'
import type { ShownLetter, SinglesValues } from './single-values.ts'

/** Letters of good standing that came for this authority. A link is shown only after an opening that was recorded. */
export function lettersSection({ authority, letters, nextLetters }: SinglesValues, context: DeskContext): Html {
  const { language } = context
  if (letters.length === 0 && nextLetters === undefined) return html``
  const opened = (link: string) =>
    html`<p data-letter><a href="${link}" rel="noreferrer">${say(language, 'desk.letters.link')}</a></p>`
  const toOpen = (id: string) =>
    deskForm(
      singlesPath(authority.id),
      html`<input type="hidden" name="letter" value="${id}"><p>${pressButton('letter', say(language, 'desk.letters.open'), { isSecond: true })}</p>`,
      context,
    )
  const row = ({ id, from, qualification, arrivedAt, until, link }: ShownLetter) =>
    html`<li><p>${foreign(from.name, 'en')} · <a href="${local(`/qualifications/${qualification}`, context)}"><code>${qualification}</code></a></p><p class="dim small">${say(language, 'desk.letters.row', { date: day(arrivedAt, language), until: day(until, language) })}</p>${link === undefined ? toOpen(id) : opened(link)}</li>`
  const further =
    nextLetters === undefined
      ? ''
      : html`<p class="mt2"><a href="${local(`${singlesPath(authority.id)}?${new URLSearchParams({ letters: nextLetters })}`, context)}" rel="next">${say(language, 'desk.letters.older')}</a></p>`
  const list =
    letters.length === 0
      ? html`<p>${say(language, 'desk.letters.none')}</p>`
      : html`<ul class="rows">${letters.map(row)}</ul>`
  return html`<section><h2>${say(language, 'desk.letters')}</h2><p class="dim small">${say(language, 'desk.letters.hint')}</p>${list}${further}</section>`
}

import { html } from 'hono/html'
import { day, moment } from './dates.ts'
import type { Html } from './html.ts'
import type { Language } from './messages/say.ts'

/** A time of the day in UTC. `assets/local-time.js` adds the reader's local time, which the server does not know. */
export function timeOfDay(text: string): Html {
  const at = new Date(text)
  if (Number.isNaN(at.getTime()) || text.length === 10) return html``
  return html`<time datetime="${at.toISOString()}" data-local>${at.toISOString().slice(11, 16)} (UTC+0)</time>`
}

/** A day with its time of the day, if that is known. */
export function momentHere(text: string, language: Language): Html {
  const time = timeOfDay(text)
  return time.toString() === '' ? html`${moment(text, language)}` : html`${day(text, language)}, ${time}`
}

import { html } from 'hono/html'
import type { TimelineEntry } from './corridor-values.ts'
import { day } from './dates.ts'
import { permanentLink } from './declared-corridor-page.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { say } from './messages/say.ts'
import type { PageContext } from './page.ts'
import { nameInState, type StateOf } from './state-names.ts'

/** A party by its name, with its state. */
export const partyWords = ({ name, ...of }: { name: string } & StateOf, { language }: PageContext): Html =>
  nameInState(foreign(name, 'en'), of, language)

function wordsOf(entry: TimelineEntry, context: PageContext): Html {
  const { language } = context
  switch (entry.type) {
    case 'step-settled':
      return html`<b>${say(language, 'corridor.history.step-settled', { step: entry.step })}</b>`
    case 'joint-proposed':
    case 'joint-joined':
    case 'joint-left': {
      const { type, of, number, by } = entry
      return say(language, `corridor.${of === 'level' ? 'levelRecord' : 'record'}.${type}`, {
        number,
        by: html`<code>${by}</code>`,
      })
    }
    case 'gaps-opened':
    case 'gap-action':
    case 'gap-closed': {
      const { type, gaps, declaredBy } = entry
      const words = { name: partyWords(declaredBy, context), gaps: html`<code>${gaps.join(', ')}</code>` }
      return say(language, `corridor.history.${type}`, words)
    }
    default: {
      const { type, step, declaredBy, on, basis } = entry
      const words = say(language, `corridor.history.${type}`, { name: partyWords(declaredBy, context), step })
      const work =
        on === undefined
          ? ''
          : html` <span class="dim">${say(language, 'corridor.history.on', { date: day(on, language) })}</span>`
      return html`${words}${work}${basis === undefined ? '' : html` ${foreign(basis)}`}`
    }
  }
}

const lineOf = (entry: TimelineEntry, context: PageContext): Html =>
  html`<li>${wordsOf(entry, context)}${'entry' in entry ? html` ${permanentLink(entry.entry, context)}` : ''}</li>`

/** Everything that happened to a track, day by day. */
export function trackTimeline(timeline: readonly TimelineEntry[], context: PageContext): Html {
  if (timeline.length === 0) return html``
  const { language } = context
  const days = [...Map.groupBy(timeline, ({ recordedAt }) => recordedAt.slice(0, 10))].map(
    ([on, entries]) =>
      html`<li><span class="dot ${entries.some(({ type }) => type === 'step-settled') ? 'ok' : 'gy'}">${icon(entries.some(({ type }) => type === 'step-settled') ? 'check' : 'clock')}</span><h3>${day(on, language)}</h3><ul class="bul">${entries.map((entry) => lineOf(entry, context))}</ul></li>`,
  )
  return html`<section class="noprint" id="time-line"><h2>${say(language, 'corridor.history')}</h2><ol class="chain">${days}</ol></section>`
}

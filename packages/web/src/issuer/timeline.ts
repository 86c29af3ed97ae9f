import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { type IconName, icon } from '../icons.ts'
import { say } from '../messages/say.ts'
import type { PageContext } from '../page.ts'
import type { IssuerValues } from './values.ts'

// biome-ignore format: it reads as a table
const dots = {
  listed:     { tone: 'ok', icon: 'check' },
  accredited: { tone: 'ok', icon: 'check' },
  lifted:     { tone: 'ok', icon: 'check' },
  joined:     { tone: 'ok', icon: 'check' },
  contact:    { tone: 'ok', icon: 'plus' },
  amended:    { tone: 'ok', icon: 'plus' },
  ends:       { tone: 'gy', icon: 'clock' },
  suspended:  { tone: 'am', icon: 'pause' },
  withdrawn:  { tone: 'no', icon: 'x' },
} as const satisfies Record<IssuerValues['timeline'][number]['event'], { tone: string; icon: IconName }>

type Entry = IssuerValues['timeline'][number]

/** One decision: its content, who decided, and when it was recorded if that was later. */
function entryOf(entry: Entry, unreal: IssuerValues['unreal'], { language }: PageContext): Html {
  const { tone, icon: name } = dots[entry.event]
  const head = html`<span class="dot ${tone}">${icon(name)}</span><h3>${day(entry.at, language)}</h3>`
  const right = 'right' in entry ? html` ${say(language, `event.right.${entry.right}`)}` : ''
  const later =
    'recordedOn' in entry && entry.recordedOn !== undefined
      ? html` ${say(language, 'event.recordedOn', { date: day(entry.recordedOn, language) })}`
      : ''
  if (entry.event === 'contact') return html`<li>${head}<p>${contactWords(entry, language)}${later}</p></li>`
  if (!('basis' in entry)) return html`<li>${head}<p>${say(language, `event.${entry.event}`)}${right}</p></li>`
  const { by, basis } = entry
  const words = say(language, `event.${entry.event}`, { basis: foreign(basis, 'en') })
  const who =
    by.length === 0
      ? say(language, unreal === undefined ? 'event.byLaw' : 'event.inDemonstration')
      : say(language, 'event.by', {
          by: html`${by.map((each, at) => html`${at === 0 ? '' : ', '}${foreign(each, 'en')}`)}`,
        })
  return html`<li>${head}<p>${words}</p><p class="small dim">${who}${later}${right}</p></li>`
}

const contactWords = ({ contact }: Extract<Entry, { event: 'contact' }>, language: PageContext['language']): Html =>
  contact === undefined
    ? say(language, 'event.contact.none')
    : say(language, 'event.contact', { contact: foreign(contact) })

/** The feed of the decisions about one entity. */
export const feedOf = (id: string): string => `/issuers/${id}/changes.atom`

export function timeline({ issuer: { id }, unreal, timeline: entries }: IssuerValues, context: PageContext): Html {
  if (entries.length === 0) return html``
  return html`<section><h2>${say(context.language, 'issuer.timeline')}</h2><ol class="chain">${entries.map((entry) => entryOf(entry, unreal, context))}</ol><p class="mt1"><a class="tlink" href="${feedOf(id)}" type="application/atom+xml">${say(context.language, 'changes.follow')}</a></p></section>`
}

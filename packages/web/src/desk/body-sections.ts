import type { Right } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { qualificationWords } from './change-words.ts'
import { type DeskContext, pathHere } from './frame.ts'
import type { Named, ShownTerms } from './values.ts'

interface Counted {
  count: number
  /** There are more than were counted. */
  isMore: boolean
}

/** Counts for the first page of a body. Absent: this member may not read it. */
export interface BodyNumbers {
  /** Certificates that are neither suspended nor revoked. Absent also if too many changed to count them. */
  inForce?: Counted
  /** Certificates of the last 30 days. */
  issued?: Counted
  /** Actions that wait for a second person. */
  waiting?: Counted
}

export interface EndingSoon {
  grants: readonly { id: string; right: Right; terms: ShownTerms; until: string; by: Named }[]
  /** Keys whose X.509 certificate ends. */
  keys: readonly { kid: string; until: string }[]
  /** True if no key may sign certificates now. */
  cannotSign: boolean
}

export function numbersSection({ body, numbers }: { body: Named; numbers: BodyNumbers }, context: DeskContext): Html {
  const { language } = context
  const { issued, waiting, inForce } = numbers
  if (issued === undefined && waiting === undefined && inForce === undefined) return html``
  const row = (name: Html, counted: Counted | undefined, path: string) =>
    counted === undefined
      ? ''
      : html`<div class="blk"><dt>${name}</dt><dd class="big"><a href="${local(pathHere(context, body.id, path), context)}">${counted.isMore ? say(language, 'desk.own.issued.more', { count: counted.count }) : String(counted.count)}</a></dd></div>`
  return html`<section><h2>${say(language, 'desk.own.numbers')}</h2><dl class="sum small">${row(say(language, 'desk.own.waitsFor'), waiting, 'waiting')}${row(say(language, 'desk.own.issued'), issued, 'certificates')}${row(say(language, 'desk.own.inForce'), inForce, 'certificates')}</dl></section>`
}

/** What ends within 90 days, and what follows from it. */
export function endsSection({ ends }: { ends: EndingSoon }, { language }: DeskContext): Html {
  const { grants, keys, cannotSign } = ends
  const entry = (title: Html, text: Html, until: string) =>
    html`<li><div class="rl"><div><h3>${title}</h3><p class="small">${text}</p></div>${tag('am', 'clock', html`${day(until, language)}`)}</div></li>`
  const rows = [
    ...grants.map(({ terms, until, by }) =>
      entry(
        say(language, 'desk.own.ends.accreditation', { what: qualificationWords(terms, language) }),
        say(language, 'desk.own.ends.accreditation.text', { date: day(until, language), name: foreign(by.name, 'en') }),
        until,
      ),
    ),
    ...keys.map(({ kid, until }) =>
      entry(
        say(language, 'desk.own.ends.key', { kid: html`<code>${kid}</code>` }),
        say(language, 'desk.own.ends.key.text', { date: day(until, language) }),
        until,
      ),
    ),
  ]
  const none = cannotSign
    ? html`<div class="call am">${icon('warn')}<p>${say(language, 'desk.own.keys.none')}</p></div>`
    : ''
  const listed =
    rows.length === 0 ? html`<p>${say(language, 'desk.own.ends.none')}</p>` : html`<ul class="rows">${rows}</ul>`
  return html`<section><h2>${say(language, 'desk.own.ends')}</h2>${none}${listed}</section>`
}

import type { Held } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { ComparisonValues } from './comparison-values.ts'
import { partiesCall } from './comparison-words.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'

export interface HeldUnit {
  code: string
  title: string
  held: Held
  note?: string
}

/** What one certificate has of what a comparison's host asks for. It names no person, and no page has its address. */
export interface HeldValues {
  comparison: ComparisonValues
  verdict: 'valid' | 'invalid' | 'indeterminate'
  /** Absent: nothing is answered, because it is not valid now, or is of another edition. */
  units?: readonly HeldUnit[]
}

/** Why the form comes back: it is no link of this registry, opens nothing, or opens nothing any more. */
export type HeldFault = 'link' | 'unknown' | 'gone'

/** What is missing stands first. */
const order: readonly Held[] = ['lacks', 'in-part', 'not-compared', 'has']

function part(held: Held, units: readonly HeldUnit[], { language }: PageContext): Html | '' {
  const own = units.filter((unit) => unit.held === held)
  if (own.length === 0) return ''
  const line = ({ code, title, note }: HeldUnit) =>
    html`<li>${foreign(title, 'en')} <code class="small dim">${code}</code>${note === undefined ? '' : html` <span class="small">${foreign(note)}</span>`}</li>`
  return html`<section><h2>${say(language, `held.${held}`, { count: own.length, of: units.length })}</h2><ul class="bul">${own.map(line)}</ul></section>`
}

/** The answer to one link. Its address is that of the comparison: the link stands in no address. */
export function heldPage({ comparison, verdict, units }: HeldValues, context: PageContext): string {
  const { language } = context
  const { from, to, id, number } = comparison
  const address = `/comparisons/${id}/${number}`
  const answered =
    units === undefined
      ? html`<section><p><b>${say(language, verdict === 'valid' ? 'held.other' : `held.${verdict}`)}</b></p></section>`
      : order.map((held) => part(held, units, context))
  const main = html`<div class="head"><p class="small dim">${foreign(from.pinned.title, 'en')} → ${foreign(to.pinned.title, 'en')}</p><h1>${say(language, 'held.title')}</h1><p class="lead">${say(language, 'held.lead')}</p></div>
${partiesCall(comparison, context)}
<div class="sheet">${answered}<section><div class="call">${icon('info')}<p><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}</p></div><p class="mt2"><a class="tlink" href="${local(address, context)}">${icon('left')}${say(language, 'held.back')}</a></p></section></div>`
  return page({ title: phrase(language, 'held.title'), main, noindex: true }, { ...context, path: address })
}

/** The form of a comparison. The link goes in the body, so it is in no address and no log. */
export function heldForm(address: string, fault: HeldFault | undefined, context: PageContext): Html {
  const { language } = context
  const wrong =
    fault === undefined
      ? ''
      : html`<p class="c-no" id="link-wrong" role="alert"><b>${say(language, `held.fault.${fault}`)}</b></p>`
  return html`<section class="noprint" id="held"><h2>${say(language, 'held.ask')}</h2><form class="flow" method="post" action="${local(`${address}/held`, context)}"><div><label for="link">${say(language, 'held.link')}</label><p class="hint" id="link-hint">${say(language, 'held.link.hint')}</p>${wrong}<input type="text" id="link" name="link" maxlength="300" autocomplete="off" spellcheck="false" aria-describedby="link-hint${fault === undefined ? '' : ' link-wrong'}"${fault === undefined ? '' : html` aria-invalid="true"`} required></div><p><button type="submit" class="btn">${say(language, 'held.go')}</button></p></form></section>`
}

import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { tag } from '../icons.ts'
import { say } from '../messages/say.ts'
import type { PageContext } from '../page.ts'
import type { IssuerValues } from './values.ts'

/** Shows what keeps the body from issuing now. The text also says that certificates issued before are not affected. */
export function interruptionsOf({ interruptions }: IssuerValues, { language }: PageContext): Html {
  if (interruptions === undefined) return html``
  const { key, paused } = interruptions
  const mark = tag('am', 'warn', say(language, 'issuer.interrupted'))
  const since = (moment: string) => ({ date: day(moment.slice(0, 10), language) })
  return html`${key === undefined ? '' : html`<p>${mark} ${say(language, 'issuer.interrupted.key', since(key.since))}</p>`}${paused.map((kind) => html`<p>${mark} ${say(language, 'issuer.interrupted.kind', { ...since(kind.since), qualification: foreign(kind.title, 'en') })}</p>`)}`
}

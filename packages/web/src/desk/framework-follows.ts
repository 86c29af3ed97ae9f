import { html } from 'hono/html'
import { day } from '../dates.ts'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import type { ShownChange } from './values.ts'

/** What readers see once this was stated about a framework, an edition, a body or a state. Empty for any other change. */
export function followsFramework(change: ShownChange, language: Language): Html {
  const words = followsWords(change, language)
  return words === undefined
    ? html``
    : html`<div class="call mt2">${icon('info')}<div><h3>${say(language, 'desk.follows')}</h3><p data-follows>${words} ${say(language, 'desk.follows.earlier')}</p></div></div>`
}

function followsWords({ verb, effectiveAt, framework }: ShownChange, language: Language): Html | undefined {
  // A certificate is judged by what counted at the end of the day of its award, so the whole first day counts.
  const date = effectiveAt === undefined ? '' : day(effectiveAt.slice(0, 10), language)
  switch (verb) {
    case 'state-referencing': {
      const isEndorsed = framework?.referencing?.status === 'endorsed'
      return say(language, `desk.follows.state-referencing.${isEndorsed ? 'endorsed' : 'other'}`, { date })
    }
    case 'state-framework':
    case 'confirm-levels':
    case 'place-edition':
    case 'end-placement':
    case 'describe-body':
    case 'describe-state':
      return say(language, `desk.follows.${verb}`, { date })
    default:
      return undefined
  }
}

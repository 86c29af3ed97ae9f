import { html } from 'hono/html'
import { moment } from '../dates.ts'
import type { Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import type { ShownAffected, ShownChange } from './values.ts'

const formatted = (count: number): string => new Intl.NumberFormat('en').format(count)
const numberWords = (count: number): Html => html`<b>${formatted(count)}</b>`

/** True if the certificates were counted and there are none. */
export const isNothing = (affected: ShownAffected): boolean =>
  typeof affected === 'object' && ('signed' in affected ? affected.signed : affected.count) === 0

/** Says in a sentence of its own how many certificates are affected. */
export function affectedWords(affected: ShownAffected, language: Language): Html {
  if (typeof affected === 'string') return say(language, `desk.affected.${affected}`)
  if ('signed' in affected) {
    const values = { count: numberWords(affected.signed), witnessed: numberWords(affected.witnessed) }
    return say(language, `desk.affected.signed${affected.atLeast ? '.atLeast' : ''}`, values)
  }
  const { count, atLeast } = affected
  const words = numberWords(count)
  if (atLeast) return say(language, 'desk.affected.atLeast', { count: words })
  if (count === 0) return say(language, 'desk.affected.none')
  return count === 1 ? say(language, 'desk.affected.one') : say(language, 'desk.affected.count', { count: words })
}

/** Says what happens to the affected certificates. */
export function consequence(
  { verb, grant, effectiveAt }: ShownChange,
  affected: ShownAffected,
  language: Language,
): Html | undefined {
  if (typeof affected === 'string' || 'signed' in affected) return undefined
  if (verb === 'lift' || verb === 'confirm' || verb === 'amend' || verb === 'join')
    return say(language, `desk.affected.${verb}`)
  if (verb !== 'withdraw' || grant === undefined || effectiveAt === undefined) return undefined
  return effectiveAt <= grant.from
    ? say(language, 'desk.affected.withdraw.all')
    : say(language, `desk.affected.withdraw${affected.atLeast ? '.atLeast' : ''}`, {
        date: moment(effectiveAt, language),
        count: html`<b data-ended>${formatted(affected.ended)}</b>`,
      })
}

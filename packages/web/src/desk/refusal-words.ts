import type { RefusalReason } from '@sijil/registry/decisions'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'

export interface Fault {
  pointer: string
  /** In English, for programs. No page reads it. */
  detail: string
  reason?: RefusalReason
}

/** The words for a reason of the registry. A refusal without a reason stays in English, below the words "what exactly". */
export const refusalWords = (reason: RefusalReason, language: Language): Html =>
  html`${say(language, `desk.refusal.${reason}`)}`

/** The words for what is wrong with a field. */
export const faultWords = ({ reason }: Pick<Fault, 'reason'>, language: Language): Html =>
  reason === undefined ? say(language, 'desk.refusal.form') : refusalWords(reason, language)

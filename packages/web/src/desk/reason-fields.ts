import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import type { DeskContext } from './frame.ts'
import { type DeskProblem, type FormField, marked } from './problem-words.ts'

/** What the officer typed into a form that came back. */
export interface TypedReason {
  basis?: string
  why?: string
  /** `yes`: the suspension covers every accreditation of the holder. */
  all?: string
}

export const reasonFormFields = (prefix: string, language: Language): FormField[] => [
  { isWrong: (pointer) => pointer === '/basis', id: `${prefix}-basis`, label: say(language, 'desk.form.basis') },
  { isWrong: (pointer) => pointer === '/why', id: `${prefix}-why`, label: say(language, 'desk.form.why') },
]

/** Fields for legal basis and reason. Both are required and public. `prefix` keeps ids unique if a page has several forms. */
export function reasonFields(
  prefix: string,
  { basis = '', why = '', problem }: TypedReason & { problem?: DeskProblem },
  { language }: DeskContext,
): Html {
  return html`<div><label for="${prefix}-basis">${say(language, 'desk.form.basis')}</label><p class="hint" id="${prefix}-basis-hint">${say(language, 'desk.form.basis.hint')}</p><input id="${prefix}-basis" name="basis" type="text" maxlength="200" required value="${basis}" aria-describedby="${prefix}-basis-hint"${marked('/basis', problem)}></div>
<div><label for="${prefix}-why">${say(language, 'desk.form.why')}</label><p class="hint" id="${prefix}-why-hint">${say(language, 'desk.form.why.hint')}</p><textarea id="${prefix}-why" name="why" rows="2" maxlength="290" required aria-describedby="${prefix}-why-hint"${marked('/why', problem)}>${why}</textarea></div>`
}

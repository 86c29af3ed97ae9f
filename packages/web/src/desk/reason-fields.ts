import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { DeskContext } from './frame.ts'

/** What somebody typed into a form that came back. */
export interface TypedReason {
  basis?: string
  why?: string
  from?: string
}

/** Legal basis and reason: both are asked for, and both are public. `prefix` keeps ids apart where a page has several forms. */
export function reasonFields(prefix: string, { basis = '', why = '' }: TypedReason, { language }: DeskContext): Html {
  return html`<div><label for="${prefix}-basis">${say(language, 'desk.form.basis')}</label><p class="hint" id="${prefix}-basis-hint">${say(language, 'desk.form.basis.hint')}</p><input id="${prefix}-basis" name="basis" type="text" maxlength="200" required value="${basis}" aria-describedby="${prefix}-basis-hint"></div>
<div><label for="${prefix}-why">${say(language, 'desk.form.why')}</label><p class="hint" id="${prefix}-why-hint">${say(language, 'desk.form.why.hint')}</p><textarea id="${prefix}-why" name="why" rows="2" maxlength="290" required aria-describedby="${prefix}-why-hint">${why}</textarea></div>`
}

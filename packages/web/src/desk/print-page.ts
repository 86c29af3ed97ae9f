import { html } from 'hono/html'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import { hiddenFields } from './issue-form-page.ts'

interface Print {
  /** Id of the body. */
  body: string
  /** UUID. */
  certificate: string
  copy: number
  fields: Readonly<Record<string, string>>
  order: string
}

/** A print was recorded. The button gives its file, and may be pressed again. */
export function printPage({ body, certificate, copy, fields, order }: Print, context: DeskContext): string {
  const { language } = context
  const record = pathHere(context, body, 'certificates', certificate)
  const form = deskForm(
    pathHere(context, body, 'certificates', certificate, 'print', 'paper'),
    html`${hiddenFields({ ...fields, order })}<p>${say(language, 'desk.print.file.text')}</p><p><button type="submit" class="btn">${icon('print')}${say(language, 'desk.print.file')}</button></p>`,
    context,
    { isNative: true },
  )
  const duplicate = copy > 1 ? html`<p class="lead">${say(language, 'desk.print.done.duplicate')}</p>` : ''
  const main = html`${crumb(record, say(language, 'desk.certificate', { number: html`<code>${certificate}</code>` }), context)}
<div class="head"><h1>${say(language, 'desk.print.done')}</h1>${duplicate}</div>
<div class="sheet"><section class="flow">${form}<p><a class="tlink" href="${local(record, context)}">${say(language, 'desk.issue.record')}</a></p></section></div>`
  return deskPage({ title: phrase(language, 'desk.print.done'), main }, context)
}

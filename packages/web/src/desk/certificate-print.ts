import type { DuplicateReason } from '@sijil/registry/certificates'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { actionPanel } from './certificate-panel.ts'
import type { CertificateValues } from './certificate-values.ts'
import { type DeskContext, deskForm, pathHere } from './frame.ts'
import { marked } from './problem-words.ts'

const reasons = ['lost', 'damaged', 'not-received', 'other'] as const satisfies readonly DuplicateReason[]

/** Only a certificate in force is printed, and only by the body. */
export const isPrinted = ({ mayIssue = false, certificate }: CertificateValues): boolean =>
  mayIssue && certificate.state === 'in-force'

/** Records a print. From the second one on it asks for a reason. The number of the copy makes a button that is pressed twice harmless. */
export function printPanel(values: CertificateValues, context: DeskContext): Html {
  const { language } = context
  const { owner, certificate, history, returned } = values
  const came = returned?.verb === 'print' ? returned : undefined
  const copies = history.filter(({ event }) => event === 'printed' || event === 'duplicate-printed').length
  const isDuplicate = copies > 0
  const words = say(language, isDuplicate ? 'desk.print.again' : 'desk.print')
  const asked = isDuplicate
    ? html`<fieldset><legend><b>${say(language, 'desk.print.reason')}</b></legend>${reasons.map((each) => html`<label class="opt"><input type="radio" name="reason" value="${each}" required${each === came?.typed.reason ? html` checked` : ''}${marked('/reason', came?.problem)}><span>${say(language, `desk.class.${each}`)}</span></label>`)}</fieldset>`
    : ''
  const form = deskForm(
    pathHere(context, owner.id, 'certificates', certificate.id, 'print'),
    html`<input type="hidden" name="copy" value="${copies + 1}">${asked}<p><button type="submit" class="btn alt">${icon('print')}${words}</button></p>`,
    context,
  )
  const follows = say(language, isDuplicate ? 'desk.print.again.text' : 'desk.print.text')
  return actionPanel({ title: words, follows, isOpen: came !== undefined }, form)
}

import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import { keepingPanel, keepingVerbsOf } from './certificate-keeping.ts'
import { actionPanel } from './certificate-panel.ts'
import { isPrinted, printPanel } from './certificate-print.ts'
import { secondWords, statusPanel, statusVerbsOf } from './certificate-status.ts'
import type { CertificateValues, KeepingVerb, StatusVerb } from './certificate-values.ts'
import { type DeskContext, deskForm, pathHere } from './frame.ts'

/** One thing that can be done about a certificate. Its panel says what follows from it, before its button. */
interface CertificateAction {
  isOffered: (values: CertificateValues) => boolean
  panel: (values: CertificateValues, context: DeskContext) => Html
}

const ofStatus = (verb: StatusVerb): CertificateAction => ({
  isOffered: (values) => statusVerbsOf(values).includes(verb),
  panel: (values, context) => statusPanel(verb, values, context),
})

/** Leads to a form that opens with the details of the holder. An authority has no such right over a certificate of a body. */
const succeeding = (succession: 'correct' | 'renew'): CertificateAction => ({
  isOffered: ({ mayIssue, certificate }) =>
    mayIssue === true && certificate.state === 'in-force' && certificate.erasedAt === undefined,
  panel: (values, context) => simplePanel(succession, values, context),
})

/** A panel with one button and no field. */
function simplePanel(
  name: 'correct' | 'renew' | 'show' | 'new-link',
  values: CertificateValues,
  context: DeskContext,
): Html {
  const { language } = context
  const { owner, certificate } = values
  const button =
    name === 'show' || name === 'new-link'
      ? (`desk.certificate.${name}` as const)
      : (`desk.certificate.${name}.open` as const)
  const form = deskForm(
    pathHere(context, owner.id, 'certificates', certificate.id, name),
    html`<p><button type="submit" class="btn alt">${say(language, button)}</button></p>`,
    context,
  )
  const asks = name === 'correct' || name === 'renew' ? secondWords(name, values, context) : ''
  const follows = html`${say(language, `desk.certificate.${name}.text`)}${asks}`
  return actionPanel({ title: say(language, `desk.certificate.${name}`), follows }, form)
}

const show: CertificateAction = {
  isOffered: ({ mayOpen, holder, certificate: { state, erasedAt } }) =>
    mayOpen === true && holder === undefined && erasedAt === undefined && state !== 'reserved' && state !== 'burned',
  panel: (values, context) => simplePanel('show', values, context),
}

/** Leads to a page that says what follows. An authority cannot do it. */
const newLink: CertificateAction = {
  isOffered: ({ mayIssue, certificate: { state, erasedAt } }) =>
    mayIssue === true && erasedAt === undefined && state !== 'reserved' && state !== 'burned',
  panel: (values, context) => simplePanel('new-link', values, context),
}

const ofKeeping = (verb: KeepingVerb): CertificateAction => ({
  isOffered: (values) => keepingVerbsOf(values).includes(verb),
  panel: (values, context) => keepingPanel(verb, values, context),
})

/** Everything that the page of a certificate offers, in the order of the page. A word of `doneWords` says what was done. */
const certificateActions: readonly CertificateAction[] = [
  show,
  { isOffered: isPrinted, panel: printPanel },
  succeeding('correct'),
  succeeding('renew'),
  ofStatus('suspend'),
  ofStatus('reinstate'),
  ofStatus('revoke'),
  newLink,
  ofKeeping('hold'),
  ofKeeping('lift-hold'),
  ofKeeping('erase'),
]

/** All of them that this member may do now. */
export function actionPanels(values: CertificateValues, context: DeskContext): Html {
  const panels = certificateActions
    .filter(({ isOffered }) => isOffered(values))
    .map(({ panel }) => panel(values, context))
  if (panels.length === 0) return html``
  return html`<section><h2>${say(context.language, 'desk.do')}</h2><div class="checks plain">${panels}</div></section>`
}

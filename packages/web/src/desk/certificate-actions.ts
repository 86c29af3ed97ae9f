import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { keepingPanel, keepingVerbsOf } from './certificate-keeping.ts'
import { isPrinted, printPanel } from './certificate-print.ts'
import { statusPanel, statusVerbsOf } from './certificate-status.ts'
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
  { owner, certificate }: CertificateValues,
  context: DeskContext,
): Html {
  const { language } = context
  const button =
    name === 'show' || name === 'new-link'
      ? (`desk.certificate.${name}` as const)
      : (`desk.certificate.${name}.open` as const)
  const form = deskForm(
    pathHere(context, owner.id, 'certificates', certificate.id, name),
    html`<p>${say(language, `desk.certificate.${name}.text`)}</p><p><button type="submit" class="btn alt">${say(language, button)}</button></p>`,
    context,
  )
  return html`<section><details class="more"><summary>${say(language, `desk.certificate.${name}`)}${icon('chev')}</summary>${form}</details></section>`
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

export const actionPanels = (values: CertificateValues, context: DeskContext): Html =>
  html`${certificateActions.filter(({ isOffered }) => isOffered(values)).map(({ panel }) => panel(values, context))}`

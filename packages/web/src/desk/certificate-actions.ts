import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { statusPanel, statusVerbsOf } from './certificate-status.ts'
import type { CertificateValues, StatusVerb } from './certificate-values.ts'
import type { DeskContext } from './frame.ts'

/** One thing that can be done about a certificate. Its panel says what follows from it, before its button. */
export interface CertificateAction {
  isOffered: (values: CertificateValues) => boolean
  panel: (values: CertificateValues, context: DeskContext) => Html
}

const ofStatus = (verb: StatusVerb): CertificateAction => ({
  isOffered: (values) => statusVerbsOf(values).includes(verb),
  panel: (values, context) => statusPanel(verb, values, context),
})

/** Everything that the page of a certificate offers, in the order of the page. What was done is told by a word of `doneWords`. */
const certificateActions: readonly CertificateAction[] = [
  ofStatus('suspend'),
  ofStatus('reinstate'),
  ofStatus('revoke'),
]

export const actionPanels = (values: CertificateValues, context: DeskContext): Html =>
  html`${certificateActions.filter(({ isOffered }) => isOffered(values)).map(({ panel }) => panel(values, context))}`

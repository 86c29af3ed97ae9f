import { revocationReasons, suspensionReasons } from '@sijil/credentials/status-reasons'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { type DeskKey, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { actionPath } from './action-pages.ts'
import { actionPanel } from './certificate-panel.ts'
import type { CertificateValues, StatusVerb } from './certificate-values.ts'
import { type DeskContext, deskForm, pathHere } from './frame.ts'
import { marked } from './problem-words.ts'

const reasonsOf = { suspend: suspensionReasons, revoke: revocationReasons.filter((reason) => reason !== 'superseded') }

export const classWords = (reason: string, { language }: DeskContext): Html =>
  say(language, `desk.class.${reason}` as Extract<DeskKey, `desk.class.${string}`>)

/** The verbs that a certificate in this state can have. Only the authority that suspended one lifts that. */
export function statusVerbsOf({
  certificate,
  history,
  mayChange,
  owner,
  body,
}: CertificateValues): readonly StatusVerb[] {
  const { state } = certificate
  if (!mayChange) return []
  if (state !== 'in-force' && state !== 'suspended') return []
  const by = history.findLast(({ event }) => event === 'suspended')?.by?.id
  const suspendedBy = state === 'suspended' ? (by ?? body.id) : undefined
  if (suspendedBy === undefined) return ['suspend', 'revoke']
  if (suspendedBy === owner.id) return ['reinstate', 'revoke']
  return owner.id === body.id ? ['revoke'] : ['suspend', 'revoke']
}

/** Said before the button, if the policy of the body wants a second person for this. */
export const secondWords = (
  act: 'suspend' | 'revoke' | 'correct' | 'renew',
  { secondPerson = [] }: CertificateValues,
  { language }: DeskContext,
): Html => (secondPerson.includes(act) ? html` ${say(language, 'desk.certificate.second')}` : html``)

/** One thing that can be done, with what follows from it before its button. An authority proposes what it cannot undo alone. */
export function statusPanel(verb: StatusVerb, values: CertificateValues, context: DeskContext): Html {
  const { language } = context
  const { owner, body, certificate, returned } = values
  const isBody = owner.id === body.id
  const came = returned?.verb === verb ? returned : undefined
  const { reason = '', note = '', sure } = came?.typed ?? {}
  const asks = isBody && verb !== 'reinstate' ? secondWords(verb, values, context) : ''
  const follows = html`${say(language, isBody ? `desk.certificate.${verb}.text` : `desk.certificate.${verb}.text.authority`)}${asks}`
  if (!isBody && verb !== 'suspend') {
    const query = new URLSearchParams({ issuer: body.id, certificate: certificate.id })
    const path = `${actionPath(owner.id, `${verb}-certificate`)}?${query}`
    const title = say(language, `desk.certificate.${verb}.propose`)
    return actionPanel(
      { title, follows },
      html`<p><a class="btn${verb === 'revoke' ? ' bad' : ''}" href="${local(path, context)}">${title}</a></p>`,
    )
  }
  const reasons =
    verb === 'reinstate'
      ? ''
      : html`<fieldset><legend><b>${say(language, 'desk.certificate.reason')}</b></legend>${reasonsOf[verb].map((each) => html`<label class="opt"><input type="radio" name="reason" value="${each}" required${each === reason ? html` checked` : ''}><span>${classWords(each, context)}</span></label>`)}</fieldset>`
  const noted = isBody
    ? html`<div><label for="${verb}-note">${say(language, 'desk.certificate.note')} <span class="dim small">(${say(language, 'desk.optional')})</span></label><p class="hint" id="${verb}-note-hint">${say(language, 'desk.certificate.note.hint')}</p><textarea id="${verb}-note" name="note" rows="2" autocomplete="off" maxlength="2000" aria-describedby="${verb}-note-hint"${marked('/note', came?.problem)}>${note}</textarea></div>`
    : ''
  const forGood =
    verb === 'revoke'
      ? html`<label class="opt"><input type="checkbox" name="sure" value="yes" required${sure === 'yes' ? html` checked` : ''}><span>${say(language, 'desk.certificate.revoke.sure')}</span></label>`
      : ''
  const path = isBody
    ? pathHere(context, owner.id, 'certificates', certificate.id, verb)
    : pathHere(context, owner.id, 'certificates', body.id, certificate.id, verb)
  const form = deskForm(
    path,
    html`${reasons}${noted}${forGood}<p><button type="submit" class="btn${verb === 'revoke' ? ' bad' : ''}">${say(language, `desk.certificate.${verb}`)}</button></p>`,
    context,
  )
  return actionPanel({ title: say(language, `desk.certificate.${verb}`), follows, isOpen: came !== undefined }, form)
}

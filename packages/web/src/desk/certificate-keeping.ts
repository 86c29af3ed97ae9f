import { erasureReasons, holdReasons } from '@sijil/credentials/status-reasons'
import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { actionPanel } from './certificate-panel.ts'
import { classWords } from './certificate-status.ts'
import type { CertificateValues, KeepingVerb } from './certificate-values.ts'
import { type DeskContext, deskForm, pathHere } from './frame.ts'

const reasonsOf = { erase: erasureReasons, hold: holdReasons, 'lift-hold': [] } as const

const isWithBody = ({ owner, body }: CertificateValues): boolean => owner.id === body.id

/** An officer lifts the hold of their own body or authority alone. */
const hasOwnHold = (values: CertificateValues): boolean =>
  values.holds?.some(({ by }) => (by?.id ?? values.body.id) === values.owner.id) ?? false

/** Erasing, holding and lifting a hold, of a certificate in this state. An authority cannot erase. */
export function keepingVerbsOf(values: CertificateValues): readonly KeepingVerb[] {
  const { mayChange, certificate, holds = [] } = values
  const { state, erasedAt } = certificate
  if (!mayChange || erasedAt !== undefined || state === 'reserved' || state === 'burned') return []
  return [
    ...(isWithBody(values) && holds.length === 0 ? (['erase'] as const) : []),
    hasOwnHold(values) ? 'lift-hold' : 'hold',
  ]
}

/** One of them, with what follows from it before its button. */
export function keepingPanel(verb: KeepingVerb, values: CertificateValues, context: DeskContext): Html {
  const { language } = context
  const { owner, body, certificate, returned, replaces, successor } = values
  const came = returned?.verb === verb ? returned : undefined
  const { reason = '', sure } = came?.typed ?? {}
  const isErasing = verb === 'erase'
  const more = isErasing
    ? html`<p>${say(language, 'desk.certificate.erase.backups')}</p>${(replaces ?? successor) ? html`<p>${say(language, 'desk.certificate.erase.others')}</p>` : ''}`
    : ''
  const choices = reasonsOf[verb]
  const reasons =
    choices.length === 0
      ? ''
      : html`<fieldset><legend><b>${say(language, 'desk.certificate.reason')}</b></legend>${choices.map((each) => html`<label class="opt"><input type="radio" name="reason" value="${each}" required${each === reason ? html` checked` : ''}><span>${classWords(each, context)}</span></label>`)}</fieldset>`
  const forGood = isErasing
    ? html`<label class="opt"><input type="checkbox" name="sure" value="yes" required${sure === 'yes' ? html` checked` : ''}><span>${say(language, 'desk.certificate.erase.sure')}</span></label>`
    : ''
  const path = isWithBody(values)
    ? pathHere(context, owner.id, 'certificates', certificate.id, verb)
    : pathHere(context, owner.id, 'certificates', body.id, certificate.id, verb)
  const button = say(language, isErasing ? 'desk.certificate.erase.ask' : `desk.certificate.${verb}`)
  const form = deskForm(
    path,
    html`${more}${reasons}${forGood}<p><button type="submit" class="btn${isErasing ? ' bad' : ''}">${button}</button></p>`,
    context,
  )
  const title = say(language, `desk.certificate.${verb}`)
  return actionPanel(
    { title, follows: say(language, `desk.certificate.${verb}.text`), isOpen: came !== undefined },
    form,
  )
}

/** That it is erased, or that somebody keeps it from being erased. */
export function keepingCalls({ certificate, holds = [] }: CertificateValues, context: DeskContext): Html {
  const { language } = context
  const { erasedAt } = certificate
  const erased =
    erasedAt === undefined
      ? ''
      : html`<div class="call mb2">${icon('minus')}<p>${say(language, 'desk.certificate.erased', { date: moment(erasedAt, language) })}</p></div>`
  const held = holds.map(({ since, reason, by }) => {
    const values = { date: moment(since, language), reason: classWords(reason, context) }
    const words =
      by === undefined
        ? say(language, 'desk.certificate.held', values)
        : say(language, 'desk.certificate.heldBy', { ...values, name: foreign(by.name, 'en') })
    return html`<div class="call am mb2">${icon('lock')}<p>${words}</p></div>`
  })
  return html`${erased}${held}`
}

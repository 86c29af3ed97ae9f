import { html } from 'hono/html'
import { phrase, say } from '../messages/desk.ts'
import { hostOf, local } from '../page.ts'
import { qrSvg } from '../qr-svg.ts'
import { showToken } from '../token.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import { hiddenFields } from './issue-form-page.ts'

interface OfCertificate {
  /** Id of the body. */
  body: string
  /** UUID. */
  certificate: string
}

const crumbOf = ({ body, certificate }: OfCertificate, context: DeskContext) =>
  crumb(
    pathHere(context, body, 'certificates', certificate),
    say(context.language, 'desk.certificate', { number: html`<code>${certificate}</code>` }),
    context,
  )

/** What follows from a new link, with the button that makes it. */
export function newLinkCheckPage(
  { fields, order, ...of }: OfCertificate & { fields: Readonly<Record<string, string>>; order: string },
  context: DeskContext,
): string {
  const { language } = context
  const form = deskForm(
    pathHere(context, of.body, 'certificates', of.certificate, 'new-link', 'make'),
    html`<p>${say(language, 'desk.certificate.new-link.text')}</p>${hiddenFields({ ...fields, order })}<p><button type="submit" class="btn bad">${say(language, 'desk.certificate.new-link.make')}</button></p>`,
    context,
  )
  const main = html`${crumbOf(of, context)}
<div class="head"><h1>${say(language, 'desk.certificate.new-link')}</h1></div>
<div class="sheet"><section class="flow">${form}</section></div>`
  return deskPage({ title: phrase(language, 'desk.certificate.new-link'), main }, context)
}

/** The new link and its code. They are in this answer alone, and in no address. */
export function newLinkPage(
  { link, token, ...of }: OfCertificate & { link: string; token: string },
  context: DeskContext,
): string {
  const { language } = context
  const back = local(pathHere(context, of.body, 'certificates', of.certificate), context)
  const main = html`${crumbOf(of, context)}
<div class="head"><h1>${say(language, 'desk.newLink.done')}</h1><p class="lead">${say(language, 'desk.newLink.once')}</p></div>
<div class="sheet"><section><div class="paper">${qrSvg(link, phrase(language, 'desk.issue.link.code'))}<div class="flow-s"><p>${hostOf(context)}</p><p class="mono">${showToken(token)}</p><p><a href="${link}">${link}</a></p></div></div></section>
<section class="noprint"><p><a class="tlink" href="${back}">${say(language, 'desk.issue.record')}</a></p></section></div>`
  return deskPage({ title: phrase(language, 'desk.newLink.done'), main }, context)
}

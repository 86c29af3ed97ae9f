import { html } from 'hono/html'
import { foreign } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { hostOf, local } from '../page.ts'
import { qrSvg } from '../qr-svg.ts'
import { nameInState } from '../state-names.ts'
import { showToken } from '../token.ts'
import { STEP } from './action-pages.ts'
import { certificatePreview } from './certificate-preview.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import { hiddenFields, issueCrumb, issueTitle } from './issue-form-page.ts'
import type { IssueCheckValues, IssuedValues, NotIssuedValues, WaitsValues } from './issue-values.ts'
import { problemCall } from './problem-words.ts'

/** Leads back to the form with everything that was typed. */
const changeButton = (body: string, context: DeskContext) =>
  html`<button type="submit" class="btn alt" name="${STEP}" value="change" formaction="${local(pathHere(context, body, 'issue'), context)}">${say(context.language, 'desk.issue.change')}</button>`

/** The certificate as it will look, and what follows. Only its button signs. */
export function issueCheckPage(values: IssueCheckValues, context: DeskContext): string {
  const { language } = context
  const { body, certificate, follows, recipient, fields, order } = values
  const form = deskForm(
    pathHere(context, body.id, 'issue', 'sign'),
    html`${hiddenFields({ ...fields, order })}<p class="go"><button type="submit" class="btn">${say(language, 'desk.issue.sign')}</button>${changeButton(body.id, context)}</p>`,
    context,
  )
  // The certificate does not name it, so the clerk reads it here.
  const sent =
    recipient === undefined
      ? ''
      : html`<div class="call" data-recipient>${icon('info')}<p>${say(language, 'desk.issue.sends', { name: nameInState(html`<b>${foreign(recipient.name, 'en')}</b>`, recipient, language) })}</p></div>`
  const main = html`${issueCrumb(values, context)}
<div class="head"><h1>${say(language, 'desk.issue.checked')}</h1><p class="lead">${say(language, 'desk.issue.checked.lead')}</p></div>
<div class="sheet">${certificatePreview(certificate, context)}
<section class="flow"><h2>${say(language, 'desk.issue.follows')}</h2><p>${say(language, `desk.${follows?.succession ?? 'issue'}.follows.text`)}</p>${sent}${form}</section></div>`
  return deskPage({ title: issueTitle(values, context), main }, context)
}

/** After signing: the link and its code. They are in this answer alone, and in no address. */
export function issuedPage(values: IssuedValues, context: DeskContext): string {
  const { language } = context
  const { body, certificate, link, token, qualification, recipient, replayed } = values
  const record = pathHere(context, body.id, 'certificates', certificate.id)
  const another = `${pathHere(context, body.id, 'issue')}?${new URLSearchParams({ qualification })}`
  const again = replayed
    ? html`<div class="call am mb2" role="status">${icon('info')}<p>${say(language, 'desk.issue.done.again')}</p></div>`
    : ''
  const main = html`${crumb(pathHere(context, body.id), foreign(body.name, 'en'), context)}
${again}<div class="head"><h1>${say(language, 'desk.issue.done')}</h1><p class="lead"><code>${certificate.number}</code> · ${foreign(certificate.title)}</p></div>
<div class="sheet"><section><h2>${say(language, 'desk.issue.link')}</h2><p>${say(language, 'desk.issue.link.text')}</p>${recipient === undefined ? '' : html`<p data-recipient>${say(language, 'desk.issue.sent', { id: html`<code>${recipient}</code>` })}</p>`}<div class="paper">${qrSvg(link, phrase(language, 'desk.issue.link.code'))}<div class="flow-s"><p>${hostOf(context)}</p><p class="mono">${showToken(token)}</p><p><a href="${link}">${link}</a></p></div></div></section>
<section class="flow-s noprint"><p><a class="btn" href="${local(another, context)}">${say(language, 'desk.issue.another')}</a></p><p><a class="tlink" href="${local(record, context)}">${say(language, 'desk.issue.record')}</a></p></section></div>`
  return deskPage({ title: phrase(language, 'desk.issue.done'), main }, context)
}

/** The press did not issue, because a second person must approve it. The page keeps the answers, and no record does. */
export function issueWaitsPage({ body, fields }: WaitsValues, context: DeskContext): string {
  const { language } = context
  const { order: _, ...typed } = fields
  const form = deskForm(
    pathHere(context, body.id, 'issue'),
    html`${hiddenFields(typed)}<p class="go"><button type="submit" class="btn" name="${STEP}" value="check">${say(language, 'desk.issue.waits.again')}</button>${changeButton(body.id, context)}</p>`,
    context,
  )
  const waiting = local(pathHere(context, body.id, 'waiting'), context)
  const main = html`${crumb(pathHere(context, body.id), foreign(body.name, 'en'), context)}
<div class="call am mb2" role="status">${icon('clock')}<p>${say(language, 'desk.certificate.done.waits')} <a href="${waiting}">${say(language, 'desk.waiting')}</a></p></div>
<div class="head"><h1>${say(language, 'desk.issue.waits')}</h1></div>
<div class="sheet"><section class="flow"><p>${say(language, 'desk.issue.waits.text')}</p>${form}</section></div>`
  return deskPage({ title: phrase(language, 'desk.issue.waits'), main }, context)
}

/** Problems that end by themselves. The same press is then repeated with the same key, and issues once. */
const passing = ['in-progress', 'write-conflict', 'dependency-unavailable', 'quota-exceeded', 'signing-key-unavailable']
const refusing = ['type-not-in-scope', 'issuer-suspended', 'issuer-not-accredited', 'issuing-paused']

/** The press did not issue: why, and the way back with everything that was typed. */
export function notIssuedPage({ body, problem, fields }: NotIssuedValues, context: DeskContext): string {
  const { language } = context
  const { order, ...typed } = fields
  const isPassing = passing.includes(problem.code)
  const again = isPassing && order !== undefined
  const button = again ? html`<button type="submit" class="btn">${say(language, 'desk.issue.again')}</button>` : ''
  const form = deskForm(
    pathHere(context, body.id, 'issue', ...(again ? ['sign'] : [])),
    html`${hiddenFields(again ? fields : typed)}<p class="go">${button}${changeButton(body.id, context)}</p>`,
    context,
  )
  const reused = problem.code === 'idempotency-key-reuse'
  const fresh = local(pathHere(context, body.id, 'issue'), context)
  const way = reused
    ? html`<p>${say(language, 'desk.issue.reused')}</p><p><a class="btn" href="${fresh}">${say(language, 'desk.issue')}</a></p>`
    : form
  const words = refusing.includes(problem.code) ? html`<p><b>${say(language, 'desk.issue.refused')}</b></p>` : ''
  const main = html`${crumb(pathHere(context, body.id), foreign(body.name, 'en'), context)}
${problemCall(problem, language)}<div class="head"><h1>${say(language, 'desk.issue.not')}</h1></div>
<div class="sheet"><section class="flow">${words}${way}</section></div>`
  return deskPage({ title: phrase(language, 'desk.issue.not'), main, hasProblem: true }, context)
}

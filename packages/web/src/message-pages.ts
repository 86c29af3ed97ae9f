import { html } from 'hono/html'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon, seal } from './icons.ts'
import { isMessage, listOf, type MessageKey, phrase, say } from './messages/say.ts'
import { askList, findIssuer } from './offices.ts'
import { local, type PageContext, page } from './page.ts'

const again = (context: PageContext): Html =>
  html`<p class="mt3"><a class="btn" href="${local('/', context)}">${say(context.language, 'result.again')}</a></p>`

const isReason = (key: string): key is Extract<MessageKey, `reason.${string}`> =>
  isMessage(key) && key.startsWith('reason.')

/** Problems that only the competent authority can end. */
const ofAuthority = ['type-not-in-scope', 'issuer-suspended', 'issuer-not-accredited']

/** Where to find the issuer or the authority that the text names. A problem type is about no certain certificate. */
function whoTellsMore(code: string, remedy: string | undefined, context: PageContext): Html {
  if (remedy === undefined) return html`${findIssuer(context)}${askList(undefined, context)}`
  return ofAuthority.includes(code) ? askList(undefined, context) : html``
}

/** Explains a problem type and how to solve it (RFC 9457 §4.1). Without `remedy`, the certificate itself is at fault. */
export function problemPage(
  { code, title, remedy }: { code: string; title: string; remedy?: string },
  context: PageContext,
): string {
  const { language } = context
  const reason = `reason.${code}`
  const main = html`<div class="head"><p class="small dim">${say(language, 'problem.code')}: <code>${code}</code></p><h1>${isReason(reason) ? say(language, reason) : foreign(title, 'en')}</h1></div>
<div class="sheet"><section><h2>${say(language, 'problem.mend')}</h2><p>${remedy === undefined ? say(language, 'problem.certificate') : foreign(remedy, 'en')}</p>${whoTellsMore(code, remedy, context)}</section></div>`
  return page({ title: isReason(reason) ? phrase(language, reason) : title, main, noindex: true }, context)
}

const refusals = ['payload-too-large', 'validation-failed', 'method-not-allowed'] as const

/** Explains to a person why a request was refused, and leads back. The exact problem stands below. */
export function refusedPage({ code, detail }: { code: string; detail?: string }, context: PageContext): string {
  const { language } = context
  const word = refusals.find((known) => known === code) ?? 'other'
  const exactly = html`<details class="more"><summary>${say(language, 'refused.detail')}${icon('chev')}</summary><p><code>${code}</code>${detail === undefined ? '' : html` ${foreign(detail, 'en')}`}</p></details>`
  const main = html`<div class="head"><h1>${say(language, `refused.${word}.title`)}</h1><p class="lead">${say(language, `refused.${word}`)}</p></div>
${again(context)}${exactly}`
  return page({ title: phrase(language, `refused.${word}.title`), main, noindex: true }, { ...context, path: '/' })
}

/** Tells a person that their network asked too often, and when to go on. The firewall answers the same in a smaller page. */
export function tooManyPage({ seconds }: { seconds: number }, context: PageContext): string {
  const { language } = context
  const steps = phrase(language, 'refused.rate-limited.list', { seconds }).split('\n')
  const main = html`<div class="head"><h1>${say(language, 'refused.rate-limited.title')}</h1><p class="lead">${say(language, 'refused.rate-limited')}</p></div>
<div class="sheet"><section><h2>${say(language, 'do.title')}</h2><ol class="num">${steps.map((step) => html`<li>${step}</li>`)}</ol>${again(context)}</section></div>`
  return page({ title: phrase(language, 'refused.rate-limited.title'), main, noindex: true }, { ...context, path: '/' })
}

/** Refuses a question about a later day, and leads to the same question about today. */
export function futurePage({ date, today }: { date: string; today: string }, context: PageContext): string {
  const { language } = context
  const main = html`<div class="head"><h1>${say(language, 'future.title')}</h1><p class="lead">${say(language, 'future.text', { date: day(date, language) })}</p></div>
<p class="mt3"><a class="btn" href="${local(today, context)}">${say(language, 'future.today')}</a></p>`
  return page({ title: phrase(language, 'future.title'), main, noindex: true }, context)
}

/** A link that never existed looks the same as a malformed one. Only the page for links gives advice about certificates. */
export function notFoundPage(what: 'link' | 'page', context: PageContext): string {
  const { language } = context
  const main = html`<div class="head"><h1>${say(language, `notFound.${what}.title`)}</h1><p class="lead">${say(language, `notFound.${what}.text`)}</p></div>
<div class="sheet"><section><h2>${say(language, 'do.title')}</h2><ol class="num">${listOf(language, `notFound.${what}.list`).map((item) => html`<li>${item}</li>`)}</ol>${what === 'link' ? html`${findIssuer(context)}${askList(undefined, context)}` : ''}${again(context)}</section></div>`
  return page({ title: phrase(language, `notFound.${what}.title`), main, noindex: true }, { ...context, path: '/' })
}

/** The page for a failure of our own. It says plainly that it cannot confirm now, and is never blank or green (W013). */
export function errorPage(context: PageContext): string {
  const { language } = context
  const main = html`<section class="verdict am" aria-labelledby="v"><div class="v-top">${seal('am')}<div><h1 id="v">${say(language, 'down.title')}</h1></div></div><p class="v-mean">${say(language, 'down.text')}</p></section>
<div class="sheet"><section><h2>${say(language, 'do.title')}</h2><ol class="num">${listOf(language, 'down.list').map((item) => html`<li>${item}</li>`)}</ol><p class="mt3"><a class="btn" href="${local('/', context)}">${icon('left')}${say(language, 'result.again')}</a></p></section></div>`
  return page({ title: phrase(language, 'down.title'), main, noindex: true }, { ...context, path: '/' })
}

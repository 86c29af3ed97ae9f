import { html } from 'hono/html'
import { icon } from '../icons.ts'
import { listOf, phrase, say } from '../messages/desk.ts'
import { local, type PageContext, page } from '../page.ts'

/** Starts a sign-in. It is a link, because the CSP forbids a form to leave this site, as the way to the identity provider does. */
export function signInLink(returnTo: string, { language, languageChosen }: PageContext): string {
  const back = languageChosen && !returnTo.includes('?') ? `${returnTo}?lang=${language}` : returnTo
  const query = new URLSearchParams({ return: back, ...(languageChosen && { lang: language }) })
  return `/desk/sign-in/start?${query}`
}

/** The entrance to the desk. It is public, and every page behind it checks the session again. */
export function signInPage({ returnTo }: { returnTo: string }, context: PageContext): string {
  const { language } = context
  const main = html`<div class="head"><h1>${say(language, 'desk.title')}</h1><p class="lead">${say(language, 'desk.signIn.lead')}</p></div>
<div class="cols"><div class="mainc"><div class="sheet"><section><p><a class="btn" href="${signInLink(returnTo, context)}">${icon('lock')}${say(language, 'desk.signIn')}</a></p></section>
<section><h2>${say(language, 'desk.signIn.how')}</h2><ul class="bul">${listOf(language, 'desk.signIn.list').map((item) => html`<li>${item}</li>`)}</ul></section></div></div>
<div class="side"><div class="sheet"><section class="flow-s"><h2>${say(language, 'desk.address')}</h2><p>${say(language, 'desk.address.text')}</p><p class="addr">${icon('lock')}<span><b>${new URL(context.baseUrl).host}</b>${local('/desk', { language })}</span></p></section></div></div></div>`
  return page({ title: phrase(language, 'desk.title'), main, noindex: true }, context)
}

import type { EndedLink } from '@sijil/registry/verification'
import { html } from 'hono/html'
import { day } from './dates.ts'
import { foreign } from './html.ts'
import { listOf, phrase, say } from './messages/say.ts'
import { askList, findIssuer } from './offices.ts'
import { local, type PageContext, page } from './page.ts'

/** The page of a link that ended. It says since when and by whom, and nothing of the certificate. It leads to no newer link. */
export function gonePage({ why, at, issuerName }: EndedLink, context: PageContext): string {
  const { language } = context
  const text = say(language, `gone.${why}.text`, {
    date: day(at.slice(0, 10), language),
    issuer: foreign(issuerName, 'en'),
  })
  const again = html`<p class="mt3"><a class="btn" href="${local('/', context)}">${say(language, 'result.again')}</a></p>`
  const main = html`<div class="head"><h1>${say(language, `gone.${why}.title`)}</h1><p class="lead">${text}</p></div>
<div class="sheet"><section><h2>${say(language, 'do.title')}</h2><ol class="num">${listOf(language, `gone.${why}.list`).map((item) => html`<li>${item}</li>`)}</ol>${findIssuer(context)}${askList(undefined, context)}${again}</section></div>`
  return page({ title: phrase(language, `gone.${why}.title`), main, noindex: true }, { ...context, path: '/' })
}

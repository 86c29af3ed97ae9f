import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign } from '../html.ts'
import { phrase, say } from '../messages/desk.ts'
import { languageField, local } from '../page.ts'
import type { ListedCertificate } from './certificates-page.ts'
import { crumb, type DeskContext, deskPage, pathHere } from './frame.ts'
import type { Named } from './values.ts'

export interface DueValues {
  body: Named
  /** The period of retention that was asked for. Absent: none yet. */
  years?: number
  /** The oldest first. */
  due?: readonly Required<Pick<ListedCertificate, 'id' | 'title' | 'issuedAt'>>[]
  /** The page token of the next page. */
  next?: string
}

/** The certificates that are older than a period of retention. It names no person and no number, and erases nothing. */
export function duePage({ body, years, due, next }: DueValues, context: DeskContext): string {
  const { language } = context
  const path = pathHere(context, body.id, 'due')
  const form = html`<form class="flow sheet pad mb2" method="get" action="${path}">${languageField(context)}<div><label for="years">${say(language, 'desk.due.years')}</label><input id="years" name="years" type="number" inputmode="numeric" min="1" max="99" required value="${years ?? ''}"></div><p><button type="submit" class="btn">${say(language, 'desk.due.show')}</button></p></form>`
  const rows = (due ?? []).map(
    ({ id, title, issuedAt }) =>
      html`<li><div class="rl"><div><a href="${local(pathHere(context, body.id, 'certificates', id), context)}"><code>${id}</code></a><p class="small">${foreign(title, 'en')}</p><p class="dim small">${say(language, 'desk.certificate.issued', { date: moment(issuedAt, language) })}</p></div></div></li>`,
  )
  const list = rows.length === 0 ? html`<p>${say(language, 'desk.due.none')}</p>` : html`<ul class="rows">${rows}</ul>`
  const found =
    due === undefined
      ? ''
      : html`<div class="sheet"><section><h2 class="vh">${say(language, 'desk.due')}</h2>${list}</section></div>`
  const further =
    next === undefined
      ? ''
      : html`<p class="mt2"><a href="${local(`${path}?${new URLSearchParams({ years: String(years), page: next })}`, context)}" rel="next">${say(language, 'desk.due.newer')}</a></p>`
  const main = html`${crumb(pathHere(context, body.id, 'certificates'), say(language, 'desk.certificates'), context)}
<div class="head"><h1>${say(language, 'desk.due')}</h1><p class="lead">${say(language, 'desk.due.lead')}</p></div>
${form}${found}${further}`
  return deskPage({ title: `${phrase(language, 'desk.due')}: ${body.name}`, main }, context)
}

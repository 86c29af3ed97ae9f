import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/say.ts'
import { askAt, findIssuer } from '../offices.ts'
import { local } from '../page.ts'
import type { Reading } from './reading.ts'

/** What the holder may want: a correction, a new link, somebody above the body. The body decides about each, so the page says whom to ask. */
export function ownCertificate({ values, page, person }: Reading): Html {
  const { answering, qualificationPage } = values
  if (answering === undefined || person === undefined) return html``
  const { language } = page
  const { issuer, authority } = answering
  const above =
    authority === undefined || issuer === undefined || authority.id === issuer.id
      ? ''
      : html`<p>${say(language, 'own.complaint')}</p>${askAt(authority, undefined, page)}`
  const mistake =
    qualificationPage === undefined
      ? ''
      : html`<p><a class="tlink" href="${local(`/report-mistake${qualificationPage}`, page)}">${icon('warn')}${say(language, 'own.report')}</a></p>`
  return html`<div class="sheet noprint"><section class="flow-s"><h2>${say(language, 'own.title')}</h2><p>${say(language, 'own.mistake')}</p><p>${say(language, 'own.link')}</p>${issuer === undefined ? findIssuer(page) : askAt(issuer, undefined, page)}${above}${mistake}</section></div>`
}

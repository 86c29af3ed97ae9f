import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { momentHere } from '../local-time.ts'
import { phrase, say } from '../messages/say.ts'
import { hostOf } from '../page.ts'
import { qrSvg } from '../qr-svg.ts'
import { showToken, tokenToLink } from '../token.ts'
import type { Reading } from './reading.ts'

/** A print has no address bar. It therefore says where the certificate was checked and how to check it again. */
function onPaper({ values: { token, verification }, page }: Reading): Html {
  const { language } = page
  const values = { host: html`<b>${hostOf(page)}</b>`, time: momentHere(verification.evaluatedAt, language) }
  return html`<p class="onpaper">${say(language, token === undefined ? 'keep.paper.file' : 'keep.paper', values)}</p>`
}

/**
 * The link as a QR code, with the facts on the first page of a print, because a reader can check the paper only with it. The screen
 * shows it only beside the name: a person who scans it can ask for the name. A file has no link.
 */
export function linkCode(reading: Reading): Html {
  const { values, page, person } = reading
  if (values.token === undefined) return onPaper(reading)
  const { language, baseUrl } = page
  return html`<section class="linkcode${person === undefined ? ' inprint' : ''}"><h2>${say(language, 'code.title')}</h2><div class="paper">${qrSvg(tokenToLink(values.token, baseUrl), phrase(language, 'code.label'))}<div class="flow-s">${onPaper(reading)}<p class="mono">${showToken(values.token)}</p><p class="small dim">${say(language, 'code.text')}</p></div></div></section>`
}

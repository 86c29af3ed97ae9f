import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { phrase, say } from '../messages/say.ts'
import { qrSvg } from '../qr-svg.ts'
import { showToken, tokenToLink } from '../token.ts'
import type { Reading } from './reading.ts'

/**
 * The link as a QR code. A print always has it, because a reader can check the paper only with it. The screen shows it only beside the
 * name: a person who scans it can ask for the name.
 */
export function linkCode({ values, page, person }: Reading): Html {
  if (values.token === undefined) return html``
  const { language, baseUrl } = page
  return html`<div class="sheet${person === undefined ? ' inprint' : ''}"><section class="flow-s linkcode"><h2>${say(language, 'code.title')}</h2>${qrSvg(tokenToLink(values.token, baseUrl), phrase(language, 'code.label'))}<p class="mono small">${showToken(values.token)}</p><p class="small dim">${say(language, 'code.text')}</p></section></div>`
}

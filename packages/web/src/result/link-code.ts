import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { phrase, say } from '../messages/say.ts'
import { qrSvg } from '../qr-svg.ts'
import { showToken, tokenToLink } from '../token.ts'
import type { Reading } from './reading.ts'

/** The link as a code, on screen and on paper. Only where the name is shown already: whoever scans it can ask for the name. */
export function linkCode({ values, page, person }: Reading): Html {
  if (person === undefined || values.token === undefined) return html``
  const { language, baseUrl } = page
  return html`<div class="sheet"><section class="flow-s linkcode"><h2>${say(language, 'code.title')}</h2>${qrSvg(tokenToLink(values.token, baseUrl), phrase(language, 'code.label'))}<p class="mono small">${showToken(values.token)}</p><p class="small dim">${say(language, 'code.text')}</p></section></div>`
}

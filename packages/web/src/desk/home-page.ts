import type { Role } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { foreign } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { type DeskContext, deskPage, deskPath } from './frame.ts'
import type { Named } from './values.ts'

export interface DeskHomeValues {
  authorities: readonly (Named & { roles: readonly Role[] })[]
}

/** Lists the authorities in whose name an officer may work. An officer without one reads how to change that. */
export function deskHomePage({ authorities }: DeskHomeValues, context: DeskContext): string {
  const { language, officer } = context
  const title = phrase(language, 'desk.title')
  if (authorities.length === 0) {
    const main = html`<div class="head"><h1>${title}</h1></div><div class="call am">${icon('info')}<div><p>${say(language, 'desk.home.none')}</p><p>${say(language, 'desk.home.none.do', { officer: html`<code>${officer}</code>` })}</p></div></div>`
    return deskPage({ title, main }, context)
  }
  const rows = authorities.map(
    ({ id, name, roles }) =>
      html`<li><div class="rl"><div><a href="${local(deskPath(id), context)}">${foreign(name, 'en')}</a><p class="dim small">${roles.includes('propose') ? say(language, 'desk.role.propose') : ''}${roles.includes('propose') && roles.includes('approve') ? ' · ' : ''}${roles.includes('approve') ? say(language, 'desk.role.approve') : ''}</p></div></div></li>`,
  )
  const main = html`<div class="head"><h1>${title}</h1><p class="lead">${say(language, 'desk.home.lead')}</p></div><div class="sheet"><section><h2 class="vh">${say(language, 'desk.home.lead')}</h2><ul class="rows">${rows}</ul></section></div>`
  return deskPage({ title, main }, context)
}

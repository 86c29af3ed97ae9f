import type { Role } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { local } from '../page.ts'
import { type DeskContext, type DeskKind, deskPage, deskPathOf } from './frame.ts'
import type { Named } from './values.ts'

export interface DeskHomeValues {
  /** Authorities and bodies, each with its desk. */
  offices: readonly (Named & { roles: readonly Role[]; desk: DeskKind })[]
}

const clerkRoles = ['issue', 'status', 'read'] as const

/** The rights of an officer in words. Only at the desk of an authority does one officer suspend alone. */
export function roleWords(roles: readonly Role[], desk: DeskKind, language: Language): Html {
  const words = [
    ...(roles.includes('propose')
      ? [say(language, desk === 'issuers' ? 'desk.role.propose.body' : 'desk.role.propose')]
      : []),
    ...(roles.includes('approve') ? [say(language, 'desk.role.approve')] : []),
    ...(desk === 'issuers' ? clerkRoles.filter((role) => roles.includes(role)) : []).map((role) =>
      say(language, `desk.role.${role}`),
    ),
  ]
  return html`${words.map((each, at) => html`${at === 0 ? '' : ' · '}${each}`)}`
}

/** Lists the authorities and bodies in whose name an officer may work. An officer without one reads how to change that. */
export function deskHomePage({ offices }: DeskHomeValues, context: DeskContext): string {
  const { language, officer } = context
  const title = phrase(language, 'desk.title')
  if (offices.length === 0) {
    const main = html`<div class="head"><h1>${title}</h1></div><div class="call am">${icon('info')}<div><p>${say(language, 'desk.home.none')}</p><p>${say(language, 'desk.home.none.do', { officer: html`<code>${officer}</code>` })}</p></div></div>`
    return deskPage({ title, main }, context)
  }
  const groupOf = (wanted: DeskKind) => {
    const rows = offices.flatMap(({ id, name, roles, desk }) =>
      desk === wanted
        ? [
            html`<li><div class="rl"><div><a href="${local(deskPathOf(desk, id), context)}">${foreign(name, 'en')}</a><p class="dim small">${roleWords(roles, desk, language)}</p></div></div></li>`,
          ]
        : [],
    )
    return rows.length === 0
      ? ''
      : html`<section><h2>${say(language, `desk.home.${wanted}`)}</h2><ul class="rows">${rows}</ul></section>`
  }
  const main = html`<div class="head"><h1>${title}</h1><p class="lead">${say(language, 'desk.home.lead')}</p></div><div class="sheet">${groupOf('issuers')}${groupOf('authorities')}</div>`
  return deskPage({ title, main }, context)
}

import type { Accreditation, Entity } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign } from '../html.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { stateWords } from '../state-names.ts'
import { actionPath } from './action-pages.ts'
import { qualificationWords } from './change-words.ts'
import { crumb, type DeskContext, deskPage, deskPath } from './frame.ts'
import { grantTag } from './grant-tag.ts'
import type { Named, ShownGrant } from './values.ts'

export interface GranteesValues {
  authority: Named
  /** The state of the authority. `ASEAN` acts for all states. */
  state: string
  grantees: readonly (Named & { kind: Entity['kind'] })[]
  /** The page token of the next page. */
  next?: string
}

/** The entities that an authority may decide about, by its state. */
export function granteesPage({ authority, state, grantees, next }: GranteesValues, context: DeskContext): string {
  const { language } = context
  const rows = grantees.map(
    ({ id, name, kind }) =>
      html`<li><div class="rl"><div><a href="${local(deskPath(authority.id, 'grantees', id), context)}">${foreign(name, 'en')}</a><p class="dim small">${say(language, `desk.kind.${kind}`)} · <code>${id}</code></p></div></div></li>`,
  )
  const more =
    next === undefined
      ? ''
      : html`<p class="mt2"><a href="${local(`${deskPath(authority.id, 'grantees')}?${new URLSearchParams({ page: next })}`, context)}" rel="next">${say(language, 'desk.grantees.more')}</a></p>`
  const main = html`${crumb(deskPath(authority.id), say(language, 'desk.proposals'), context)}
<div class="head"><h1>${say(language, 'desk.grantees')}</h1><p class="lead">${say(language, 'desk.grantees.lead', { state: stateWords({ ...authority, state }, language) })}</p></div>
<div class="sheet"><section><h2 class="vh">${say(language, 'desk.grantees')}</h2>${rows.length === 0 ? html`<p>${say(language, 'desk.grantees.none')}</p>` : html`<ul class="rows">${rows}</ul>`}</section></div>${more}`
  return deskPage({ title: phrase(language, 'desk.grantees'), main }, context)
}

export interface GranteeValues {
  authority: Named
  grantee: Named & { kind: Entity['kind'] }
  /** Only the accreditations that this authority decides about. */
  grants: readonly (ShownGrant & { state: Accreditation['state']; basis: string })[]
  mayPropose: boolean
}

export function granteePage({ authority, grantee, grants, mayPropose }: GranteeValues, context: DeskContext): string {
  const { language } = context
  const rows = grants.map(
    ({ id, right, from, state, basis, terms }) =>
      html`<li><div class="rl"><div><a href="${local(deskPath(authority.id, 'accreditations', id), context)}"><span>${say(language, `desk.right.${right}`)}: ${qualificationWords(terms, language)} <code>${id}</code></span></a><p class="small">${foreign(basis)}</p><p class="dim small">${say(language, 'desk.since', { from: day(from, language) })}</p></div>${grantTag(state, context)}</div></li>`,
  )
  const propose = mayPropose
    ? html`<p class="mt2"><a class="btn alt" href="${local(`${actionPath(authority.id, 'accredit')}?grantee=${grantee.id}`, context)}">${say(language, 'desk.do.accredit')}</a></p>`
    : ''
  const main = html`${crumb(deskPath(authority.id, 'grantees'), say(language, 'desk.grantees'), context)}
<div class="head"><h1>${foreign(grantee.name, 'en')}</h1><p class="lead">${say(language, `desk.kind.${grantee.kind}`)}</p></div>
<div class="sheet"><section><h2>${say(language, 'desk.grants')}</h2>${rows.length === 0 ? html`<p>${say(language, 'desk.grants.none')}</p>` : html`<ul class="rows">${rows}</ul>`}</section></div>${propose}`
  return deskPage({ title: grantee.name, main }, context)
}

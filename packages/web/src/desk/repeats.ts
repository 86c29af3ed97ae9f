import { html } from 'hono/html'
import { moment } from '../dates.ts'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { changeWords, qualificationWords } from './change-words.ts'
import { type DeskContext, deskPath, pathHere } from './frame.ts'
import { grantTag } from './grant-tag.ts'
import type { GrantInState, Named, ShownProposal } from './values.ts'

/** What a proposal would repeat: proposals that wait, and accreditations that the holder has. */
export interface ShownRepeats {
  proposals: readonly Pick<ShownProposal, 'id' | 'change' | 'endsAt'>[]
  grants: readonly GrantInState[]
}

/** An accreditation with its state, as a link. */
export const grantLine = ({ state, ...grant }: GrantInState, authority: Named, context: DeskContext): Html => {
  const { language } = context
  return html`<a href="${local(deskPath(authority.id, 'accreditations', grant.id), context)}">${say(language, `desk.right.${grant.right}`)}: ${qualificationWords(grant.terms, language)}</a> <code class="small">${grant.id}</code> ${grantTag(state, context)}`
}

/** Warns of what the proposal would repeat. The button below it says that the officer wants it nevertheless. */
export function repeatsCall({ proposals, grants }: ShownRepeats, authority: Named, context: DeskContext): Html {
  const { language } = context
  const waiting =
    proposals.length === 0
      ? ''
      : html`<p>${say(language, 'desk.repeats.waiting')}</p><ul class="bul">${proposals.map(({ id, change, endsAt }) => html`<li><a href="${local(pathHere(context, authority.id, 'proposals', id), context)}">${changeWords(change, language)}</a> <span class="dim small">${say(language, 'desk.ends', { date: moment(endsAt, language) })}</span></li>`)}</ul>`
  const inForce =
    grants.length === 0
      ? ''
      : html`<p>${say(language, 'desk.repeats.granted')}</p><ul class="bul">${grants.map((grant) => html`<li>${grantLine(grant, authority, context)}</li>`)}</ul>`
  if (waiting === '' && inForce === '') return html``
  return html`<div class="call am mb2" role="alert" data-repeats>${icon('warn')}<div><h2>${say(language, 'desk.repeats')}</h2>${waiting}${inForce}</div></div>`
}

import type { Role } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon, tag } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { STEP } from './action-pages.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import type { Named } from './values.ts'

export interface MembersValues {
  body: Named
  /** The rights of the officer who reads the page. */
  roles: readonly Role[]
  /** Absent `by`: the operator recorded this member. */
  members: readonly { subject: string; roles: readonly Role[]; since: string; by?: Named }[]
  /** False while the authority of the body names its members. */
  namesItself: boolean
}

type Member = MembersValues['members'][number]

/** Buttons that lead to the forms. They send a form, because no address may hold the identifier of a person. */
function changeButtons({ subject, roles }: Member, { body }: MembersValues, context: DeskContext): Html {
  const { language } = context
  const held = roles.map((role) => html`<input type="hidden" name="roles:${role}" value="yes">`)
  // The identifier stands above the buttons. It distinguishes them only for a reader who hears them one by one.
  const form = (action: 'add-member' | 'remove-member', fields: Html, words: Html) =>
    deskForm(
      pathHere(context, body.id, 'actions', action),
      html`${fields}<button type="submit" class="btn alt"><span>${words}<span class="vh">: ${subject}</span></span></button>`,
      context,
    )
  const change = html`<input type="hidden" name="${STEP}" value="change"><input type="hidden" name="subject" value="${subject}">${held}`
  const removal = html`<input type="hidden" name="member" value="${subject}">`
  return html`<div class="go mt2 mb2">${form('add-member', change, say(language, 'desk.members.change'))}${form('remove-member', removal, say(language, 'desk.action.remove-member'))}</div>`
}

function row(member: Member, values: MembersValues, context: DeskContext): Html {
  const { language, officer } = context
  const { subject, roles, since, by } = member
  const date = moment(since, language)
  const appointed =
    by === undefined
      ? say(language, 'desk.members.first', { date })
      : say(language, 'desk.members.since', { date, name: foreign(by.name, 'en') })
  const mayChange = values.namesItself && values.roles.includes('propose')
  return html`<li><div class="rl"><div><h3><code>${subject}</code></h3><ul class="bul small">${roles.map((role) => html`<li>${say(language, `desk.memberRole.${role}`)}</li>`)}</ul><p class="dim small">${appointed}</p></div>${subject === officer ? tag('gy', 'check', say(language, 'desk.members.you')) : ''}</div>${mayChange ? changeButtons(member, values, context) : ''}</li>`
}

/** The members of a body with their roles, since when, and who decided it. */
export function membersPage(values: MembersValues, context: DeskContext): string {
  const { language } = context
  const { body, roles, members, namesItself } = values
  const propose =
    namesItself && roles.includes('propose')
      ? html`<section><p><a class="btn" href="${local(pathHere(context, body.id, 'actions', 'add-member'), context)}">${icon('plus')}${say(language, 'desk.action.add-member')}</a></p></section>`
      : ''
  const main = html`${crumb(pathHere(context, body.id), foreign(body.name, 'en'), context)}
<div class="head"><h1>${say(language, 'desk.members')}</h1><p class="lead">${say(language, 'desk.members.lead')}</p></div>
<div class="call mb2">${icon('info')}<p>${say(language, namesItself ? 'desk.members.own' : 'desk.members.authority')}</p></div>
<div class="sheet"><section><h2 class="vh">${say(language, 'desk.members')}</h2><ul class="rows">${members.map((member) => row(member, values, context))}</ul></section>${propose}</div>`
  return deskPage({ title: phrase(language, 'desk.members'), main }, context)
}

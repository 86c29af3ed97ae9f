import type { IssuingAct, PendingAction } from '@sijil/registry/status'
import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { type DeskKey, phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import { type DeskProblem, problemCall } from './problem-words.ts'
import { proposalTag } from './proposals-page.ts'
import { signInLink } from './sign-in-page.ts'
import type { Named } from './values.ts'

/** An action about a certificate that waits for a second member, because it is beyond what the brake allows one, or because the policy asks. */
export interface WaitingAction
  extends Pick<PendingAction, 'id' | 'askedBy' | 'askedAt' | 'endsAt' | 'state' | 'decidedBy' | 'decidedAt'> {
  kind: PendingAction['action']['kind']
  /** Of a new certificate: whether it takes the place of another, and why. */
  act?: IssuingAct
  /** The title of its qualification. */
  title?: string
  body: Named
  /** UUID. */
  certificate: string
  reason?: string
}

export interface WaitingValues {
  owner: Named
  /** Newest first. */
  actions: readonly WaitingAction[]
  /** `yes`, or why this officer may not approve: not the role, or a sign-in that is too long ago. */
  mayApprove: 'yes' | 'role' | 'fresh'
  next?: string
  problem?: DeskProblem
}

/** The one who asked must send these again, because no record holds their personal content. */
const isAgain = ({ kind }: WaitingAction): boolean => kind === 'issue' || kind === 'replace'

/** What the action does, for which reason. It names no person. */
export const actionWords = ({ kind, act = 'issue', title, reason }: WaitingAction, { language }: DeskContext): Html => {
  const why =
    reason === undefined
      ? ''
      : html`: ${say(language, `desk.class.${reason}` as Extract<DeskKey, `desk.class.${string}`>)}`
  const what = kind === 'issue' ? say(language, `desk.waiting.${act}`) : say(language, `desk.waiting.${kind}`)
  return html`${what}${why}${title === undefined ? '' : html`: ${foreign(title, 'en')}`}`
}

const isUndone = ({ state }: WaitingAction): boolean => state === 'open' || state === 'approved'

function decide(action: WaitingAction, { owner, mayApprove }: WaitingValues, context: DeskContext): Html {
  const { language, officer } = context
  const here = pathHere(context, owner.id, 'waiting', action.id)
  if (!isUndone(action)) return html``
  const isOwn = action.askedBy === officer
  if (mayApprove === 'role' && !isOwn) return html``
  const approve =
    mayApprove === 'role' || isOwn
      ? html`<p class="small dim">${say(language, isOwn ? 'desk.waiting.own' : 'desk.approve.role')}</p>`
      : mayApprove === 'fresh'
        ? html`<p>${say(language, 'desk.approve.fresh')}</p><p><a class="btn" href="${signInLink(pathHere(context, owner.id, 'waiting'), context)}">${icon('lock')}${say(language, 'desk.approve.signIn')}</a></p>`
        : deskForm(
            `${here}/approve`,
            html`<p><button type="submit" class="btn${action.kind === 'revoke' ? ' bad' : ''}">${say(language, isAgain(action) ? 'desk.waiting.approve.later' : 'desk.waiting.approve')}</button></p>`,
            context,
          )
  const reject =
    action.state === 'open'
      ? html`<details class="more"><summary>${say(language, 'desk.reject')}${icon('chev')}</summary>${deskForm(
          `${here}/reject`,
          html`<div><label for="why-${action.id}">${say(language, 'desk.reject.why')} <span class="dim small">(${say(language, 'desk.optional')})</span></label><textarea id="why-${action.id}" name="why" rows="2" autocomplete="off" maxlength="500"></textarea></div><p><button type="submit" class="btn alt">${say(language, 'desk.reject')}</button></p>`,
          context,
        )}</details>`
      : ''
  return html`${approve}${reject}`
}

function row(action: WaitingAction, values: WaitingValues, context: DeskContext): Html {
  const { language } = context
  const { body, certificate, askedBy, askedAt, endsAt, state } = action
  const { owner } = values
  const path =
    owner.id === body.id
      ? pathHere(context, owner.id, 'certificates', certificate)
      : pathHere(context, owner.id, 'certificates', body.id, certificate)
  return html`<li><div class="rl"><div><h3>${actionWords(action, context)}</h3><p class="small">${action.kind === 'issue' && state !== 'carried-out' ? html`<code>${certificate}</code>` : html`<a href="${local(path, context)}"><code>${certificate}</code></a>`}${owner.id === body.id ? '' : html` · ${foreign(body.name, 'en')}`}</p><p class="dim small">${say(language, 'desk.waiting.asked', { officer: html`<code>${askedBy}</code>`, date: moment(askedAt, language) })}${state === 'open' ? html`<br>${say(language, 'desk.ends', { date: moment(endsAt, language) })}` : ''}</p>${isAgain(action) && isUndone(action) ? html`<p class="small">${say(language, 'desk.waiting.again')}</p>` : ''}</div>${proposalTag(state, context)}</div>${decide(action, values, context)}</li>`
}

/** The actions about certificates that wait for a second person, those to decide first. */
export function waitingPage(values: WaitingValues, context: DeskContext): string {
  const { language } = context
  const { owner, actions, next, problem } = values
  const path = pathHere(context, owner.id, 'waiting')
  const group = (title: 'desk.waiting.open' | 'desk.waiting.decided', rows: readonly WaitingAction[]) =>
    rows.length === 0
      ? ''
      : html`<section><h2>${say(language, title)}</h2><ul class="rows">${rows.map((each) => row(each, values, context))}</ul></section>`
  const none = actions.length === 0 ? html`<section><p>${say(language, 'desk.waiting.none')}</p></section>` : ''
  const further =
    next === undefined
      ? ''
      : html`<p class="mt2"><a href="${local(`${path}?${new URLSearchParams({ page: next })}`, context)}" rel="next">${say(language, 'desk.certificates.older')}</a></p>`
  const main = html`${crumb(pathHere(context, owner.id), foreign(owner.name, 'en'), context)}
${problemCall(problem, language, { isUnchanged: true })}<div class="head"><h1>${say(language, 'desk.waiting')}</h1><p class="lead">${say(language, 'desk.waiting.lead')}</p></div>
<div class="sheet">${none}${group('desk.waiting.open', actions.filter(isUndone))}${group(
    'desk.waiting.decided',
    actions.filter((each) => !isUndone(each)),
  )}</div>${further}`
  return deskPage(
    { title: `${phrase(language, 'desk.waiting')}: ${owner.name}`, main, hasProblem: problem !== undefined },
    context,
  )
}

import { html } from 'hono/html'
import { moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { type IconName, icon, tag } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { actionPath } from './action-pages.ts'
import { changeWords } from './change-words.ts'
import { crumb, type DeskContext, deskPage, deskPath, pathHere } from './frame.ts'
import { singlesPath } from './single-parts.ts'
import type { Named, ShownProposal } from './values.ts'

export interface ProposalsValues {
  authority: Named
  /** Newest first. */
  proposals: readonly ShownProposal[]
  /** True if there are older proposals that the page does not list. */
  isPart: boolean
  /** True if this officer may propose. */
  mayPropose: boolean
}

// biome-ignore format: it reads as a table
const states: Record<ShownProposal['state'], { tone: 'ok' | 'no' | 'am' | 'gy'; icon: IconName }> = {
  open:          { tone: 'am', icon: 'clock' },
  approved:      { tone: 'am', icon: 'check' },
  'carried-out': { tone: 'ok', icon: 'check' },
  rejected:      { tone: 'no', icon: 'x' },
  ended:         { tone: 'gy', icon: 'minus' },
}

export const proposalTag = (state: ShownProposal['state'], { language }: DeskContext): Html =>
  tag(states[state].tone, states[state].icon, say(language, `desk.state.${state}`))

/** Says who decided the proposal, and when. */
export function decisionLine(
  { state, decidedBy, decidedAt }: ShownProposal,
  { language }: DeskContext,
): Html | undefined {
  if (decidedBy === undefined || decidedAt === undefined || state === 'open' || state === 'ended') return undefined
  return say(language, `desk.decided.${state}`, {
    officer: html`<code>${decidedBy}</code>`,
    date: moment(decidedAt, language),
  })
}

export const proposedLine = ({ proposedBy, proposedAt }: ShownProposal, { language }: DeskContext): Html =>
  say(language, 'desk.proposed', { officer: html`<code>${proposedBy}</code>`, date: moment(proposedAt, language) })

function row(authority: Named, proposal: ShownProposal, context: DeskContext): Html {
  const { language } = context
  const { id, change, state, endsAt } = proposal
  const decided = decisionLine(proposal, context)
  return html`<li><div class="rl"><div><a href="${local(pathHere(context, authority.id, 'proposals', id), context)}"><span>${changeWords(change, language)}</span></a>${change.basis === undefined ? '' : html`<p class="small">${foreign(change.basis)}</p>`}<p class="dim small">${proposedLine(proposal, context)}${decided === undefined ? '' : html`<br>${decided}`}${state === 'open' ? html`<br>${say(language, 'desk.ends', { date: moment(endsAt, language) })}` : ''}</p></div>${proposalTag(state, context)}</div></li>`
}

/** The sections of proposals: those that wait for a second officer, those to carry out, and those that were decided. */
export function proposalSections(
  { authority, proposals, isPart }: Omit<ProposalsValues, 'mayPropose'>,
  context: DeskContext,
): { waiting: Html; decided: Html } {
  const { language } = context
  const group = (states: readonly ShownProposal['state'][]) =>
    proposals.filter(({ state }) => states.includes(state)).map((proposal) => row(authority, proposal, context))
  const open = group(['open'])
  const approved = group(['approved'])
  const decided = group(['carried-out', 'rejected', 'ended'])
  const list = (rows: readonly Html[]) => html`<ul class="rows">${rows}</ul>`
  const carry =
    approved.length === 0
      ? ''
      : html`<section><h2>${say(language, 'desk.proposals.carry')}</h2>${list(approved)}</section>`
  return {
    waiting: html`<section><h2>${say(language, 'desk.proposals.open')}</h2>${open.length === 0 ? html`<p>${say(language, 'desk.proposals.open.none')}</p>` : list(open)}</section>
${carry}`,
    decided: html`<section><h2>${say(language, 'desk.proposals.decided')}</h2>${decided.length === 0 ? html`<p>${say(language, 'desk.proposals.decided.none')}</p>` : list(decided)}${isPart ? html`<p class="small dim">${say(language, 'desk.proposals.more', { count: proposals.length })}</p>` : ''}</section>`,
  }
}

/** Lists the proposals that wait for a second officer first. */
export function proposalsPage(values: ProposalsValues, context: DeskContext): string {
  const { language } = context
  const { authority, mayPropose } = values
  const { waiting, decided } = proposalSections(values, context)
  const reports = html`<p><a class="btn alt full" href="${local(singlesPath(authority.id), context)}">${icon('file')}${say(language, 'desk.singles')}</a></p><p><a class="btn alt full" href="${local(deskPath(authority.id, 'certificates'), context)}">${icon('search')}${say(language, 'desk.overseen')}</a></p><p><a class="btn alt full" href="${local(deskPath(authority.id, 'waiting'), context)}">${icon('clock')}${say(language, 'desk.waiting')}</a></p><p><a class="btn alt full" href="${local(deskPath(authority.id, 'reports'), context)}">${icon('warn')}${say(language, 'desk.reports')}</a></p>`
  const todo = mayPropose
    ? html`<div class="side"><div class="sheet"><section class="flow-s"><h2>${say(language, 'desk.do')}</h2><p><a class="btn full" href="${local(actionPath(authority.id, 'accredit'), context)}">${icon('plus')}${say(language, 'desk.do.accredit')}</a></p><p><a class="btn alt full" href="${local(deskPath(authority.id, 'grantees'), context)}">${icon('pause')}${say(language, 'desk.do.change')}</a></p><p><a class="btn alt full" href="${local(deskPath(authority.id, 'actions'), context)}">${icon('file')}${say(language, 'desk.do.more')}</a></p>${reports}</section></div></div>`
    : html`<div class="side"><div class="sheet"><section class="flow-s">${reports}</section></div></div>`
  const main = html`${crumb('/desk', say(language, 'desk.title'), context)}
<div class="head"><h1>${foreign(authority.name, 'en')}</h1><p class="lead">${say(language, 'desk.proposals')}</p></div>
<div class="cols"><div class="mainc"><div class="sheet">${waiting}${decided}</div></div>${todo}</div>`
  return deskPage({ title: `${phrase(language, 'desk.proposals')}: ${authority.name}`, main }, context)
}

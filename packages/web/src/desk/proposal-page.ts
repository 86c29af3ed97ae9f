import { html } from 'hono/html'
import { moment } from '../dates.ts'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { affectedWords, consequence, isNothing } from './affected-words.ts'
import { changeTitle, changeWords } from './change-words.ts'
import { coverageCall } from './coverage-call.ts'
import { crumb, type DeskContext, deskForm, deskPage, officeWords, pathHere } from './frame.ts'
import { followsFramework } from './framework-follows.ts'
import { type DeskProblem, problemCall } from './problem-words.ts'
import { decisionLine, proposalTag, proposedLine } from './proposals-page.ts'
import { signInLink } from './sign-in-page.ts'
import { changeBody, followsCall } from './statement-changes.ts'
import type { Named, ShownAffected, ShownCoverage, ShownProposal } from './values.ts'

export interface ProposalValues {
  authority: Named
  proposal: ShownProposal
  /** The affected certificates. Counted only while officers can still decide. */
  affected?: ShownAffected
  coverage?: ShownCoverage
  /** `yes`, or why this officer may not approve it. Either officer may reject it. */
  mayApprove: 'yes' | 'own' | 'promotion' | 'role' | 'fresh'
  problem?: DeskProblem
}

function twoPeople({ proposal }: ProposalValues, context: DeskContext): Html {
  const { language } = context
  const { state, endsAt } = proposal
  const decided = decisionLine(proposal, context)
  const tone = { open: 'gy', ended: 'gy', rejected: 'no', approved: 'ok', 'carried-out': 'ok' }[state]
  const waiting = say(language, state === 'ended' ? 'desk.proposal.ended' : 'desk.proposal.waiting')
  return html`<section><h2>${say(language, 'desk.proposal.two')}</h2><ol class="chain"><li><span class="dot ok">${icon('check')}</span><h3>${say(language, 'desk.proposal.one')}</h3><p>${proposedLine(proposal, context)}</p></li><li><span class="dot ${tone}">${icon(tone === 'gy' ? 'clock' : tone === 'no' ? 'x' : 'check')}</span><h3>${say(language, 'desk.proposal.second')}</h3><p>${decided ?? waiting}</p>${state === 'open' ? html`<p class="small dim">${say(language, 'desk.ends', { date: moment(endsAt, language) })}</p>` : ''}</li></ol></section>`
}

function affectedCall({ proposal, affected }: ProposalValues, { language }: DeskContext): Html {
  if (affected === undefined) return html``
  if (proposal.change.catalogue !== undefined) return followsCall(proposal.change, language)
  const next = consequence(proposal.change, affected, language)
  const isNone = affected === 'new' || isNothing(affected)
  return html`<div class="call ${isNone ? '' : 'am'}">${icon(isNone ? 'info' : 'warn')}<div><h3>${say(language, 'desk.affected')}</h3><p data-affected>${affectedWords(affected, language)}${next === undefined || isNone ? '' : html` ${next}`}</p></div></div>`
}

/** True if the change cannot be undone. Its button then looks different. */
const isForGood = ({ proposal: { change } }: ProposalValues) =>
  ['withdraw', 'revoke-certificate', 'compromise-key', 'retire-key', 'retire-qualification'].includes(change.verb)
const isOfCertificate = ({ proposal: { change } }: ProposalValues) => change.certificate !== undefined

/** An approved change is made at once, unless it is about a certificate. If it still waits, something failed in between. */
const isHalfDone = (values: ProposalValues) => values.proposal.state === 'approved' && !isOfCertificate(values)

function approval(values: ProposalValues, context: DeskContext): Html {
  const { language } = context
  const { authority, proposal, mayApprove } = values
  const here = pathHere(context, authority.id, 'proposals', proposal.id)
  if (mayApprove !== 'yes' && mayApprove !== 'fresh') return html`<p>${say(language, `desk.approve.${mayApprove}`)}</p>`
  if (mayApprove === 'fresh')
    return html`<p>${say(language, 'desk.approve.fresh')}</p><p><a class="btn" href="${signInLink(here, context)}">${icon('lock')}${say(language, 'desk.approve.signIn')}</a></p>`
  const words = isOfCertificate(values) ? 'desk.approve.certificate' : 'desk.approve'
  return deskForm(
    `${here}/approve`,
    html`<input type="hidden" name="hash" value="${proposal.hash}">${isOfCertificate(values) ? html`<p>${say(language, 'desk.approve.certificate.note')}</p>` : ''}<button type="submit" class="btn${isForGood(values) ? ' bad' : ''}">${say(language, words)}</button>`,
    context,
  )
}

function rejection({ authority, proposal }: ProposalValues, context: DeskContext): Html {
  const { language } = context
  return html`<details class="more"><summary>${say(language, 'desk.reject')}${icon('chev')}</summary>${deskForm(
    pathHere(context, authority.id, 'proposals', proposal.id, 'reject'),
    html`<div><label for="why">${say(language, 'desk.reject.why')} <span class="dim small">(${say(language, 'desk.optional')})</span></label><textarea id="why" name="why" rows="2" maxlength="500"></textarea></div><p><button type="submit" class="btn alt">${say(language, 'desk.reject')}</button></p>`,
    context,
  )}</details>`
}

/** One proposal: first exactly what would change and whom it affects, and only then the buttons. */
export function proposalPage(values: ProposalValues, context: DeskContext): string {
  const { language } = context
  const { authority, proposal, problem } = values
  const { change, state, hash } = proposal
  const isToBeDone = state === 'open' || isHalfDone(values)
  const decide = isToBeDone
    ? html`<section class="flow" id="decide"><h2>${say(language, 'desk.proposal.decide')}</h2>${coverageCall(values.coverage, context)}${affectedCall(values, context)}${isHalfDone(values) ? html`<p>${say(language, 'desk.approve.again')}</p>` : ''}${approval(values, context)}${state === 'open' ? rejection(values, context) : ''}</section>`
    : state === 'approved'
      ? html`<section class="flow" id="decide"><h2>${say(language, 'desk.proposal.decide')}</h2>${deskForm(
          pathHere(context, authority.id, 'proposals', proposal.id, 'carry-out'),
          html`<p>${say(language, 'desk.certificate.carryOut.text')}</p><p><button type="submit" class="btn${isForGood(values) ? ' bad' : ''}">${say(language, 'desk.certificate.carryOut')}</button></p>`,
          context,
        )}</section>`
      : ''
  const main = html`${crumb(pathHere(context, authority.id), officeWords(authority, context), context)}
${problemCall(problem, language, { isUnchanged: state === 'open' })}<div class="head"><h1>${changeWords(change, language)}</h1><p>${proposalTag(state, context)}</p></div>
<div class="sheet"><section><h2>${say(language, isToBeDone ? 'desk.proposal.what' : 'desk.proposal.did')}</h2>${changeBody(change, language)}${followsFramework(change, language)}</section>
${twoPeople(values, context)}
<section><h2>${say(language, 'desk.proposal.hash')}</h2><p><code data-hash>${hash}</code></p><p class="hint">${say(language, 'desk.proposal.hash.hint')}</p></section>
${decide}</div>`
  return deskPage({ title: changeTitle(change, language), main, hasProblem: problem !== undefined }, context)
}

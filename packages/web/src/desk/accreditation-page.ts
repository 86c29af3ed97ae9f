import type { Accreditation } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { day, moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { actionPath, noteCall } from './action-pages.ts'
import { affectedWords, isNothing } from './affected-words.ts'
import { grantRows, summary } from './change-facts.ts'
import { qualificationWords } from './change-words.ts'
import { presentCoverage } from './coverage-call.ts'
import { crumb, type DeskContext, deskForm, deskPage, deskPath } from './frame.ts'
import { grantTag } from './grant-tag.ts'
import { type DeskProblem, problemCall } from './problem-words.ts'
import { reasonFields, reasonFormFields, type TypedReason } from './reason-fields.ts'
import { grantLine } from './repeats.ts'
import type { GrantInState, Named, ShownAffected, ShownCoverage, ShownGrant, ShownTerms } from './values.ts'

export interface AccreditationValues {
  authority: Named
  grantee: Named
  grant: ShownGrant
  /** Terms that another authority decided and that this one has not decided yet. */
  awaited?: ShownTerms
  /** Earlier terms of the other authority, which are joined as well. Oldest first. */
  awaitedAlso?: readonly ShownTerms[]
  state: Accreditation['state']
  /** The basis of its terms. */
  basis: string
  /** The basis of its last suspension, lifting or withdrawal. */
  stateBasis?: string
  /** The moment from which it is withdrawn, if that is decided and lies in the future. */
  withdrawnFrom?: string
  affected: ShownAffected
  coverage?: ShownCoverage
  /** Counted together with the holder's other active accreditations from this authority. Absent: there are none. */
  affectedWithAll?: ShownAffected
  /** True if the holder has another accreditation of the same right in force. It goes on if this one is suspended. */
  goesOn?: boolean
  /** The holder's other accreditations from this authority that are in force or begin later. */
  others: readonly GrantInState[]
  /** Those of the holder's accreditations that cover what this one covers, or are covered by it. */
  repeats: readonly GrantInState[]
  mayPropose: boolean
  /** The form of the suspension, if it came back: what the officer typed, and the problem. Without one, a sign-in came between. */
  returned?: { verb: 'suspend'; problem?: DeskProblem; typed: TypedReason }
}

type Verb = 'suspend' | 'lift' | 'join' | 'confirm' | 'amend' | 'withdraw'

/** The other accreditations that a suspension would leave in force. All of them are chosen at first. */
function others(
  { authority, others: rest, affectedWithAll, returned }: AccreditationValues,
  context: DeskContext,
): Html {
  const { language } = context
  if (rest.length === 0 || affectedWithAll === undefined) return html``
  const isChosen = returned?.verb !== 'suspend' || returned.typed.all === 'yes'
  return html`<label class="opt"><input type="checkbox" name="all" value="yes"${isChosen ? html` checked` : ''}><span><b>${say(language, 'desk.suspend.all')}</b>${say(language, 'desk.suspend.all.hint')} <span data-affected-with-all>${say(language, 'desk.suspend.all.affected', { affected: affectedWords(affectedWithAll, language) })}</span></span></label><ul class="bul" data-others>${rest.map((grant) => html`<li>${grantLine(grant, authority, context)}</li>`)}</ul>`
}

function panel(verb: Verb, values: AccreditationValues, context: DeskContext): Html {
  const { language } = context
  const { authority, grant, awaited, awaitedAlso = [], affected, goesOn, returned } = values
  const typed: TypedReason & { problem?: DeskProblem } =
    returned?.verb === verb ? { ...returned.typed, ...(returned.problem && { problem: returned.problem }) } : {}
  const text =
    verb === 'withdraw'
      ? say(language, 'desk.withdraw.text', { date: day(grant.from, language) })
      : say(language, `desk.${verb}.text`)
  const next =
    verb === 'withdraw'
      ? ''
      : html` ${say(language, verb === 'suspend' && goesOn ? 'desk.affected.suspend.others' : `desk.affected.${verb}`)}`
  const hasNone = isNothing(affected)
  const counted = html`<div class="call ${hasNone ? '' : 'am'}">${icon(hasNone ? 'info' : 'warn')}<p><b>${say(language, 'desk.affected')}:</b> <span data-affected>${affectedWords(affected, language)}</span>${hasNone || affected === 'assessed' ? '' : next}</p></div>`
  const inner =
    verb === 'suspend'
      ? deskForm(
          deskPath(authority.id, 'accreditations', grant.id, verb),
          html`<p>${text}</p>${counted}${reasonFields(verb, typed, context)}${others(values, context)}<p><button type="submit" class="btn">${say(language, 'desk.suspend')}</button></p>`,
          context,
        )
      : html`<div class="flow"><p>${text}</p>${verb === 'join' && awaited ? summary(grantRows({ ...grant, terms: awaited, also: awaitedAlso }, language)) : ''}${counted}<p><a class="btn${verb === 'withdraw' ? ' bad' : ''}" href="${local(`${actionPath(authority.id, verb)}?accreditation=${grant.id}`, context)}">${say(language, `desk.${verb}`)}</a></p></div>`
  return html`<section><details class="more"${returned?.verb === verb ? html` open` : ''}><summary>${say(language, `desk.${verb}`)}${icon('chev')}</summary>${inner}</details></section>`
}

/** One accreditation that this authority decides about: its terms, the certificates that rest on it, and the possible actions. */
export function accreditationPage(values: AccreditationValues, context: DeskContext): string {
  const { language } = context
  const {
    authority,
    grantee,
    grant,
    awaited,
    state,
    basis,
    stateBasis,
    withdrawnFrom,
    affected,
    mayPropose,
    repeats,
    returned,
  } = values
  const own: readonly Verb[] =
    state === 'suspension' ? ['lift', 'confirm', 'amend', 'withdraw'] : ['suspend', 'confirm', 'amend', 'withdraw']
  const verbs = !mayPropose || state === 'withdrawal' ? [] : awaited === undefined ? own : (['join', ...own] as const)
  const note =
    state === 'suspension'
      ? html`<div class="call am">${icon('pause')}<p>${say(language, 'desk.suspended.done')}</p></div>`
      : state === 'withdrawal'
        ? html`<div class="call no">${icon('x')}<p>${say(language, 'desk.nothingToDo')}</p></div>`
        : ''
  const waiting =
    withdrawnFrom === undefined
      ? ''
      : html`<div class="call am">${icon('clock')}<p>${say(language, 'desk.withdrawal.waiting', { date: moment(withdrawnFrom, language) })}</p></div>`
  const repeated =
    repeats.length === 0
      ? ''
      : html`<div class="call am" data-repeats>${icon('warn')}<div><p>${say(language, 'desk.accreditation.repeats')}</p><ul class="bul">${repeats.map((other) => html`<li>${grantLine(other, authority, context)}</li>`)}</ul></div></div>`
  const rows = [
    ...grantRows(grant, language),
    [say(language, 'desk.fact.basis'), foreign(basis)] as const,
    ...(stateBasis === undefined ? [] : [[say(language, 'desk.fact.stateBasis'), foreign(stateBasis)] as const]),
  ]
  const main = html`${crumb(deskPath(authority.id, 'grantees', grantee.id), foreign(grantee.name, 'en'), context)}
${problemCall(returned?.problem, language, { fields: reasonFormFields('suspend', language) })}${returned !== undefined && returned.problem === undefined ? noteCall('kept', context) : ''}<div class="head"><h1>${say(language, 'desk.accreditation.of', { name: foreign(grantee.name, 'en'), qualifications: qualificationWords(grant.terms, language) })}</h1><p>${grantTag(state, context)}</p></div>
<div class="sheet"><section class="flow">${note}${waiting}${repeated}<h2>${say(language, 'desk.accreditation.terms')}</h2>${summary(rows)}${presentCoverage(values.coverage, context)}</section>
${verbs.length > 0 ? '' : html`<section><h2>${say(language, 'desk.affected')}</h2><p>${affectedWords(affected, language)}</p></section>`}
${verbs.map((verb) => panel(verb, values, context))}</div>`
  return deskPage(
    {
      title: phrase(language, 'desk.accreditation', { name: grantee.name }),
      main,
      hasProblem: returned?.problem !== undefined,
    },
    context,
  )
}

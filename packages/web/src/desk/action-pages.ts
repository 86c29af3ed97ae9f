import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { type DeskKey, phrase, say } from '../messages/desk.ts'
import { languageField, local } from '../page.ts'
import { affectedWords, consequence, isNothing } from './affected-words.ts'
import { changeWords } from './change-words.ts'
import { coverageCall } from './coverage-call.ts'
import { fieldId, fieldInput } from './field-inputs.ts'
import { labelOf } from './field-words.ts'
import { formOfField, isAbout, type ShownField, type TypedFields } from './fields.ts'
import { crumb, type DeskContext, deskForm, deskPage, deskPath, domainPath, pathHere } from './frame.ts'
import { followsFramework } from './framework-follows.ts'
import { type DeskProblem, problemCall } from './problem-words.ts'
import { repeatsCall, type ShownRepeats } from './repeats.ts'
import { changeBody, followsCall } from './statement-changes.ts'
import type { Named, ShownAffected, ShownChange, ShownCoverage } from './values.ts'

export type ActionName =
  Extract<DeskKey, `desk.action.${string}.lead`> extends `desk.action.${infer Name}.lead` ? Name : never

/** Says what the button of a form does: `check` shows the answers, `change` goes back to the fields, `send` proposes. */
export const STEP = 'step'
/** Names the repeats that the page showed, so that nobody repeats what they have not seen. */
export const SEEN = 'seen'

interface OfAction {
  authority: Named
  action: ActionName
}

export const actionPath = (authority: string, action: ActionName): string => deskPath(authority, 'actions', action)

/** The address of an action at the desk to which the page belongs. */
const actionHere = ({ authority, action }: OfAction, context: DeskContext): string =>
  pathHere(context, authority.id, 'actions', action)

export interface ActionsValues {
  authority: Named
  groups: readonly {
    group:
      | 'members'
      | 'registrations'
      | 'keys'
      | 'qualifications'
      | 'frameworks'
      | 'recognition'
      | 'comparisons'
      | 'corridors'
      | 'others'
    actions: readonly ActionName[]
  }[]
}

/** Everything that an officer can propose or do at the desk. */
export function actionsPage({ authority, groups }: ActionsValues, context: DeskContext): string {
  const { language } = context
  const main = html`${crumb(deskPath(authority.id), say(language, 'desk.proposals'), context)}
<div class="head"><h1>${say(language, 'desk.actions')}</h1><p class="lead">${say(language, 'desk.actions.lead')}</p></div>
<div class="sheet">${groups.map(({ group, actions }) => html`<section><h2>${say(language, `desk.actions.${group}`)}</h2><ul class="rows">${actions.map((action) => html`<li><div class="rl"><div><a href="${local(actionPath(authority.id, action), context)}">${say(language, `desk.action.${action}`)}</a><p class="dim small">${say(language, `desk.action.${action}.lead`)}</p></div></div></li>`)}${group === 'registrations' ? html`<li><div class="rl"><div><a href="${local(domainPath(authority.id), context)}">${say(language, 'desk.domain')}</a><p class="dim small">${say(language, 'desk.domain.before')}</p></div></div></li>` : ''}${group === 'others' ? html`<li><div class="rl"><div><a href="${local(deskPath(authority.id, 'lists'), context)}">${say(language, 'desk.lists')}</a><p class="dim small">${say(language, 'desk.lists.lead')}</p></div></div></li>` : ''}</ul></section>`)}</div>`
  return deskPage({ title: phrase(language, 'desk.actions'), main }, context)
}

export interface ActionValues extends OfAction {
  fields: readonly ShownField[]
  typed: TypedFields
  /** The entity that was chosen first. The other fields depend on it. */
  chosen?: { field: ShownField; named: Named }
  problem?: DeskProblem
  /** Set when the page comes after an action that counted at once, after a sign-in, or after the body showed control of its website. */
  note?: 'done' | 'kept' | 'shown'
}

const isAtOnce = (action: ActionName) => action === 'suspend-key' || action === 'suspend-list'

function frameOf(
  { authority, action, problem }: OfAction & { problem?: DeskProblem },
  body: Html,
  context: DeskContext,
) {
  const { language } = context
  const back =
    context.desk === 'issuers'
      ? crumb(pathHere(context, authority.id), foreign(authority.name, 'en'), context)
      : crumb(deskPath(authority.id, 'actions'), say(language, 'desk.actions'), context)
  const main = html`${back}
${body}`
  return deskPage(
    { title: phrase(language, `desk.action.${action}`), main, hasProblem: problem !== undefined },
    context,
  )
}

const head = (action: ActionName, authority: Named, { language }: DeskContext): Html =>
  html`<div class="head"><h1>${say(language, `desk.action.${action}`)}</h1><p class="lead">${say(language, `desk.action.${action}.lead`)} ${say(language, isAtOnce(action) ? 'desk.action.atOnce' : 'desk.accredit.lead')}</p><p class="dim small">${say(language, 'desk.action.for', { name: foreign(authority.name, 'en') })}</p></div>`

/** Says that an action is done, that a form was kept through a sign-in, or that the body showed control of its website. */
export const noteCall = (note: ActionValues['note'], { language }: DeskContext): Html =>
  note === undefined
    ? html``
    : html`<div class="call ${note === 'kept' ? 'am' : 'ok'} mb2" role="status">${icon(note === 'kept' ? 'info' : 'check')}<p>${say(language, `desk.action.${note}`)}</p></div>`

/** The choice on which all other fields depend. It changes nothing, so it is a GET. */
export function choosePage(
  { authority, action, field, note }: OfAction & { field: ShownField } & Pick<ActionValues, 'note'>,
  context: DeskContext,
): string {
  const { language } = context
  const body = html`${noteCall(note, context)}${head(action, authority, context)}
<div class="sheet"><section><form class="flow" method="get" action="${actionHere({ authority, action }, context)}">${languageField(context)}${fieldInput(field, { typed: {} }, context)}<p><button type="submit" class="btn">${say(language, 'desk.action.next')}</button></p></form></section></div>`
  return frameOf({ authority, action }, body, context)
}

/** Only bodies show control of a website, before they are registered. */
const isOfBody = (action: ActionName) => action === 'register-body'

/** The button that leads to the page where control of the website is shown. It stands after the first button, so that Enter presses that one. */
function domainButton({ authority, typed }: ActionValues, context: DeskContext): Html {
  const { language } = context
  const { 'control.domain': domain = '' } = typed
  const words =
    domain === ''
      ? say(language, 'desk.domain.notYet')
      : say(language, 'desk.domain.filled', { domain: html`<code>${domain}</code>` })
  return html`<div class="flow"><p>${words}</p><p><button type="submit" class="btn alt" name="${STEP}" value="ask" formaction="${local(domainPath(authority.id), context)}" formnovalidate>${say(language, 'desk.domain')}</button></p></div>`
}

const isComparison = (action: ActionName) => action === 'propose-comparison' || action === 'revise-comparison'

const furtherWords = (action: ActionName) =>
  isOfBody(action)
    ? 'desk.domain.further'
    : action === 'state-qualification' ||
        action === 'state-assigned-qualification' ||
        action === 'restate-qualification'
      ? 'desk.action.further.codes'
      : isComparison(action)
        ? 'desk.action.further.aspects'
        : 'desk.action.further'

/** Fields that few forms need. Their part is open if one of them is filled in or wrong, so that nothing is hidden. */
function furtherPart(
  {
    action,
    further,
    typed,
    problem,
  }: Pick<ActionValues, 'action' | 'typed' | 'problem'> & { further: readonly ShownField[] },
  context: DeskContext,
): Html {
  const { language } = context
  if (further.length === 0) return html``
  const isInUse = further.some(
    ({ name }) => (typed[name] ?? '') !== '' || problem?.faults?.some(({ pointer }) => isAbout(name, pointer)) === true,
  )
  return html`<details class="more"${isInUse ? html` open` : ''}><summary>${say(language, furtherWords(action))}${icon('chev')}</summary><div class="flow">${further.map((field) => fieldInput(field, { typed, problem }, context))}</div></details>`
}

/** The fields of one action. The button leads to the page on which the officer checks the answers. */
export function actionPage(values: ActionValues, context: DeskContext): string {
  const { language } = context
  const { authority, action, fields, typed, chosen, problem, note } = values
  const about =
    chosen === undefined
      ? ''
      : html`<div><p><b>${labelOf(chosen.field, language)}</b></p><p>${foreign(chosen.named.name, 'en')} <code class="dim small">${chosen.named.id}</code></p><p class="small"><a href="${local(actionHere(values, context), context)}">${say(language, 'desk.action.other')}</a></p><input type="hidden" name="${chosen.field.name}" value="${typed[chosen.field.name] ?? chosen.named.id}"></div>`
  const places = fields.map((field) => ({
    isWrong: (pointer: string) => isAbout(field.name, pointer),
    id: fieldId(field.name),
    label: labelOf(field, language),
  }))
  const inputOf = (field: ShownField) =>
    html`${fieldInput(field, { typed, problem }, context)}${field.name === 'comparison.rows' ? html`<p><button type="submit" class="btn alt" name="${STEP}" value="unit" formnovalidate>${say(language, 'desk.unit.go')}</button></p>` : ''}${field.name === 'scope.search' || field.name === 'comparison.search' ? html`<p><button type="submit" class="btn alt" name="${STEP}" value="change" formnovalidate>${say(language, 'desk.field.search.go')}</button></p>` : ''}${field.follows ? html`<p><button type="submit" class="btn alt" name="${STEP}" value="change" formnovalidate>${say(language, 'desk.field.units.go')}</button></p>` : ''}`
  const usual = fields.filter(({ name }) => formOfField(name).isFurther !== true)
  const further = fields.filter(({ name }) => formOfField(name).isFurther === true)
  const form = deskForm(
    actionHere(values, context),
    html`${about}${usual.map(inputOf)}${furtherPart({ action, further, typed, ...(problem && { problem }) }, context)}<p><button type="submit" class="btn" name="${STEP}" value="check">${say(language, 'desk.action.check')}</button></p><p class="small dim">${say(language, 'desk.action.check.hint')}</p>${isOfBody(action) ? domainButton(values, context) : ''}`,
    context,
  )
  const body = html`${problemCall(problem, language, { fields: places })}${noteCall(note, context)}${head(action, authority, context)}
<div class="sheet"><section>${form}</section></div>`
  return frameOf({ authority, action, ...(problem && { problem }) }, body, context)
}

export interface CheckValues extends OfAction {
  change: ShownChange
  affected: ShownAffected
  typed: TypedFields
  repeats: ShownRepeats
  coverage?: ShownCoverage
  problem?: DeskProblem
}

/** Shows what would be proposed, in the words that the second officer will read. Only its button sends it. */
export function checkPage(values: CheckValues, context: DeskContext): string {
  const { language } = context
  const { authority, action, change, affected, typed, repeats, coverage, problem } = values
  const seen = [...repeats.proposals.map(({ id }) => id), ...repeats.grants.map(({ id }) => id)].join(' ')
  const next = consequence(change, affected, language)
  const hidden = Object.entries(typed).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  const hasNone = affected === 'new' || isNothing(affected)
  const counted =
    change.catalogue !== undefined
      ? followsCall(change, language)
      : html`<div class="call ${hasNone ? '' : 'am'}">${icon(hasNone ? 'info' : 'warn')}<div><h3>${say(language, 'desk.affected')}</h3><p data-affected>${affectedWords(affected, language)}${next === undefined || hasNone ? '' : html` ${next}`}</p></div></div>`
  const go = isAtOnce(action) ? 'desk.suspend' : seen === '' ? 'desk.accredit.go' : 'desk.check.again'
  const form = deskForm(
    actionHere(values, context),
    html`${hidden}${seen === '' ? '' : html`<input type="hidden" name="${SEEN}" value="${seen}">`}<p class="go"><button type="submit" class="btn" name="${STEP}" value="send">${say(language, go)}</button><button type="submit" class="btn alt" name="${STEP}" value="change">${say(language, 'desk.check.change')}</button></p>`,
    context,
  )
  // The warning stands first, because on a phone everything below the change is out of view.
  const body = html`${problemCall(problem, language)}${repeatsCall(repeats, authority, context)}<div class="head"><h1>${say(language, 'desk.check')}</h1><p class="lead">${changeWords(change, language)}</p></div>
<div class="sheet"><section class="flow"><h2>${say(language, isAtOnce(action) ? 'desk.check.atOnce' : 'desk.proposal.what')}</h2>${changeBody(change, language)}${followsFramework(change, language)}</section>
<section class="flow">${coverageCall(coverage, context)}${counted}<p>${say(language, isAtOnce(action) ? 'desk.check.text.atOnce' : 'desk.check.text')}</p>${form}</section></div>`
  return frameOf({ authority, action, ...(problem && { problem }) }, body, context)
}

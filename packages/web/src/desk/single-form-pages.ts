import { html } from 'hono/html'
import { day, moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { type DeskKey, phrase, say } from '../messages/desk.ts'
import { local } from '../page.ts'
import { fieldId, fieldInput } from './field-inputs.ts'
import { labelOf } from './field-words.ts'
import { isAbout, type ShownField } from './fields.ts'
import { crumb, type DeskContext, deskForm, deskPage, deskPath } from './frame.ts'
import { lettersSection } from './letters-section.ts'
import { problemCall } from './problem-words.ts'
import { termRows } from './recognition-rows.ts'
import { certificateRows, pressButton, rowsOf, singlesPath, singleTag } from './single-parts.ts'
import type { ListedSingle, SingleCheckValues, SingleFormValues, SinglesValues } from './single-values.ts'

const linkField: ShownField = { name: 'link', isOptional: false }

const placesOf = (fields: readonly ShownField[], { language }: DeskContext) =>
  fields.map((field) => ({
    isWrong: (pointer: string) => isAbout(field.name, pointer),
    id: fieldId(field.name),
    label: labelOf(field, language),
  }))

/** The form of the first step: the link that the holder gave. Each button of a page has its own link field, so it has an id once. */
export const lookForm = (
  { authority, problem }: Pick<SinglesValues, 'authority' | 'problem'>,
  context: DeskContext,
  replaces?: string,
): Html =>
  deskForm(
    singlesPath(authority.id),
    html`${replaces === undefined ? '' : html`<input type="hidden" name="replaces" value="${replaces}">`}${fieldInput(linkField, { typed: {}, problem }, context)}<p>${pressButton('look', say(context.language, 'desk.singles.look'))}</p>`,
    context,
  )

/** Decisions of an authority about single certificates, and the form that begins one. No certificate is named. */
export function singlesPage(values: SinglesValues, context: DeskContext): string {
  const { language } = context
  const { authority, decisions, deciders, mayPropose, next, problem } = values
  const row = (decision: ListedSingle) =>
    html`<li><div class="rl"><div><a href="${local(singlesPath(authority.id, decision.id), context)}">${say(language, 'desk.single.of', { date: moment(decision.proposedAt, language) })}</a><p class="dim small"><code>${decision.id}</code></p></div>${singleTag(decision, context)}</div></li>`
  const list =
    decisions.length === 0
      ? html`<p>${say(language, 'desk.singles.none')}</p>`
      : html`<ul class="rows">${decisions.map(row)}</ul>`
  const further =
    next === undefined
      ? ''
      : html`<p class="mt2"><a href="${local(`${singlesPath(authority.id)}?${new URLSearchParams({ page: next })}`, context)}" rel="next">${say(language, 'desk.singles.older')}</a></p>`
  const main = html`${crumb(deskPath(authority.id), say(language, 'desk.proposals'), context)}
${problemCall(problem, language, { fields: placesOf([linkField], context) })}<div class="head"><h1>${say(language, 'desk.singles')}</h1><p class="lead">${say(language, 'desk.singles.lead')}</p></div>
<div class="sheet">${mayPropose ? html`<section><h2>${say(language, 'desk.singles.new')}</h2>${lookForm(values, context)}</section>` : ''}${lettersSection(values, context)}<section><h2>${say(language, 'desk.singles.all')}</h2><p class="dim small">${say(language, `desk.singles.by.${deciders}`)}</p>${list}</section></div>${further}`
  return deskPage({ title: phrase(language, 'desk.singles'), main, hasProblem: problem !== undefined }, context)
}

function stepPage(
  { authority, problem }: Pick<SingleFormValues, 'authority' | 'problem'>,
  {
    step,
    title,
    body,
    fields = [],
  }:
    | { step: number; title: DeskKey & 'desk.single.what'; body: Html; fields?: readonly ShownField[] }
    | { step: number; title: DeskKey & 'desk.single.read'; body: Html; fields?: readonly ShownField[] },
  context: DeskContext,
): string {
  const { language } = context
  const main = html`${crumb(singlesPath(authority.id), say(language, 'desk.singles'), context)}
${problemCall(problem, language, { fields: placesOf(fields, context) })}<div class="head"><h1>${say(language, title)}</h1><p class="lead">${say(language, 'desk.single.step', { step })}</p></div>
${body}`
  return deskPage({ title: phrase(language, title), main, hasProblem: problem !== undefined }, context)
}

const carried = ({ link, replaces }: Pick<SingleFormValues, 'link' | 'replaces'>): Html =>
  html`<input type="hidden" name="link" value="${link}">${replaces === undefined ? '' : html`<input type="hidden" name="replaces" value="${replaces}">`}`

/** The second step: the certificate, and what the officer decides about it. */
export function singleFormPage(values: SingleFormValues, context: DeskContext): string {
  const { language } = context
  const { authority, looked, fields, typed, problem } = values
  const inputs = fields.map((field) => fieldInput(field, { typed, problem }, context))
  const form = deskForm(
    singlesPath(authority.id),
    html`${carried(values)}${inputs}<p>${pressButton('check', say(language, 'desk.single.next'))}</p>`,
    context,
  )
  const body = html`<div class="sheet"><section><h2>${say(language, 'desk.single.certificate')}</h2>${certificateRows(looked, context)}</section>
<section><p class="dim">${say(language, 'desk.single.what.hint')}</p>${form}</section></div>`
  return stepPage(values, { step: 2, title: 'desk.single.what', body, fields }, context)
}

/** The third step: everything that would be signed. Only its button proposes it. */
export function singleCheckPage(values: SingleCheckValues, context: DeskContext): string {
  const { language } = context
  const { authority, looked, terms, isShown, typed } = values
  const hidden = Object.entries(typed).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  const form = deskForm(
    singlesPath(authority.id),
    html`${carried(values)}${hidden}<p class="go">${pressButton('propose', say(language, 'desk.single.go'))}${pressButton('change', say(language, 'desk.check.change'), { isSecond: true })}</p>`,
    context,
  )
  const body = html`<div class="sheet"><section><h2>${say(language, 'desk.single.certificate')}</h2>${certificateRows(looked, context)}</section>
<section><h2>${say(language, 'desk.single.what')}</h2>${rowsOf([...decidedRows(terms, isShown, context)])}<p>${say(language, 'desk.single.read.text')}</p>${form}</section></div>`
  return stepPage(values, { step: 3, title: 'desk.single.read', body }, context)
}

/** With the supervisor: only officers of the host see these rows, in the form and after an opening that was recorded. */
function registrationRows(
  {
    activity,
    scope,
    place,
    supervisor,
    from,
    isRenewable = false,
  }: NonNullable<SingleCheckValues['terms']['registration']>,
  language: DeskContext['language'],
): (readonly [Html | string, Html | string])[] {
  const rows: (readonly [Html | string, Html | string] | false)[] = [
    [say(language, 'desk.field.registration.activity'), say(language, `desk.activity.${activity}`)],
    [say(language, 'desk.field.registration.scope'), foreign(scope)],
    [say(language, 'desk.field.registration.place'), foreign(place)],
    supervisor !== undefined && [say(language, 'desk.field.registration.supervisor'), foreign(supervisor)],
    from !== undefined && [say(language, 'desk.field.registration.from'), day(from, language)],
    [
      say(language, 'desk.field.registration.isRenewable'),
      say(language, isRenewable ? 'desk.registration.renewable.yes' : 'desk.registration.renewable.no'),
    ],
  ]
  return rows.filter((row) => row !== false)
}

/** What two officers decide: the terms, the grounds, and who sees it. */
export function decidedRows(
  terms: SingleCheckValues['terms'],
  isShown: boolean,
  { language }: DeskContext,
): (readonly [Html | string, Html | string])[] {
  const { basis, reason, registration } = terms
  return [
    ...termRows(terms, language).filter((row) => row !== false),
    ...(registration === undefined ? [] : registrationRows(registration, language)),
    [say(language, 'desk.field.basis'), basis],
    ...(reason === undefined ? [] : [[say(language, 'desk.field.reason'), reason] as const]),
    [say(language, 'desk.single.seen'), say(language, isShown ? 'desk.single.seen.link' : 'desk.single.seen.holder')],
  ]
}

import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { languageField, local } from '../page.ts'
import { noteCall, STEP } from './action-pages.ts'
import { fieldId, fieldInput } from './field-inputs.ts'
import { labelOf } from './field-words.ts'
import { formOfField, isAbout, type ShownField } from './fields.ts'
import { crumb, type DeskContext, deskForm, deskPage, pathHere } from './frame.ts'
import type { IssuableValues, IssueFormValues } from './issue-values.ts'
import { problemCall } from './problem-words.ts'

/** Where a member chooses what to issue. It changes nothing, so it is a GET. */
export function issuablePage({ body, qualifications }: IssuableValues, context: DeskContext): string {
  const { language } = context
  const form = html`<form class="flow" method="get" action="${pathHere(context, body.id, 'issue')}">${languageField(context)}<div><label for="qualification">${say(language, 'desk.issue.which')}</label><select id="qualification" name="qualification" required><option value="">${say(language, 'desk.accredit.grantee.choose')}</option>${qualifications.map(({ id, title }) => html`<option value="${id}" lang="en">${title} (${id})</option>`)}</select></div><p><button type="submit" class="btn">${say(language, 'desk.action.next')}</button></p></form>`
  const main = html`${crumb(pathHere(context, body.id), foreign(body.name, 'en'), context)}
<div class="head"><h1>${say(language, 'desk.issue')}</h1><p class="lead">${say(language, qualifications.length === 0 ? 'desk.issue.none' : 'desk.issue.lead')}</p></div>${
    qualifications.length === 0
      ? ''
      : html`
<div class="sheet"><section>${form}</section></div>`
  }`
  return deskPage({ title: phrase(language, 'desk.issue'), main }, context)
}

/** The heading of all pages of one form: what is issued, or which certificate it follows. */
export const issueTitle = ({ follows }: Pick<IssueFormValues, 'follows'>, { language }: DeskContext): string =>
  follows === undefined
    ? phrase(language, 'desk.issue')
    : phrase(language, `desk.${follows.succession}`, { number: follows.number })

/** Back to the certificate that is followed, or to the choice. */
export const issueCrumb = ({ body, follows }: Pick<IssueFormValues, 'body' | 'follows'>, context: DeskContext): Html =>
  follows === undefined
    ? crumb(pathHere(context, body.id, 'issue'), say(context.language, 'desk.issue'), context)
    : crumb(
        pathHere(context, body.id, 'certificates', follows.id),
        say(context.language, 'desk.certificate', { number: html`<code>${follows.number}</code>` }),
        context,
      )

/** Hidden fields with these texts. */
export const hiddenFields = (fields: Readonly<Record<string, string>>): Html =>
  html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`

function furtherFields(fields: readonly ShownField[], values: IssueFormValues, context: DeskContext): Html {
  const { typed, problem } = values
  if (fields.length === 0) return html``
  const isInUse = fields.some(
    ({ name }) =>
      (name !== 'language' && (typed[name] ?? '') !== '') ||
      problem?.faults?.some(({ pointer }) => isAbout(name, pointer)) === true,
  )
  return html`<details class="more"${isInUse ? html` open` : ''}><summary>${say(context.language, 'desk.issue.further')}${icon('chev')}</summary><div class="flow">${fields.map((field) => fieldInput(field, { typed, problem }, context))}</div></details>`
}

/** The form of one certificate, with the units and lists of its edition. Its button leads to the check, and issues nothing. */
export function issueFormPage(values: IssueFormValues, context: DeskContext): string {
  const { language } = context
  const { body, qualification, fields, typed, hidden, problem, note, follows } = values
  const { id, title, edition, validity, others } = qualification
  const path = pathHere(context, body.id, 'issue')
  const isFurther = ({ name, isOptional }: ShownField) => isOptional === true && formOfField(name).isFurther === true
  const places = fields.map((field) => ({
    isWrong: (pointer: string) => isAbout(field.name, pointer),
    id: fieldId(field.name),
    label: labelOf(field, language),
  }))
  const other = ([each, query]: [string, string]) =>
    html`<li><a class="tlink" href="${local(`${path}?${query}`, context)}">${foreign(each, 'en')}</a></li>`
  const editions =
    others.length === 0 || follows !== undefined
      ? ''
      : html`<details class="more"><summary>${say(language, 'desk.issue.editions')}${icon('chev')}</summary><ul class="bul">${others.map((each) => other([each, String(new URLSearchParams({ qualification: id, edition: each }))]))}</ul></details>`
  const rule =
    validity === 'none'
      ? say(language, 'desk.issue.validity.none')
      : say(language, 'desk.issue.validity.months', { months: validity.months })
  const form = deskForm(
    path,
    html`${hiddenFields(hidden)}${fields.filter((field) => !isFurther(field)).map((field) => fieldInput(field, { typed, problem }, context))}${furtherFields(fields.filter(isFurther), values, context)}<p><button type="submit" class="btn" name="${STEP}" value="check">${say(language, 'desk.issue.check')}</button></p><p class="small dim">${say(language, 'desk.issue.check.hint')}</p>`,
    context,
  )
  const main = html`${issueCrumb(values, context)}
${problemCall(problem, language, { fields: places })}${note === undefined ? '' : noteCall(note, context)}<div class="head"><h1>${issueTitle(values, context)}</h1><p class="lead">${foreign(title, 'en')}</p><p class="dim small"><a href="${local(`/qualifications/${id}`, context)}"><code>${id}</code></a> · ${say(language, 'desk.issue.edition', { edition: foreign(edition, 'en') })}<br>${rule}</p></div>
${editions}<div class="sheet"><section>${form}</section></div>`
  return deskPage({ title: issueTitle(values, context), main, hasProblem: problem !== undefined }, context)
}

import { isRegion } from '@sijil/qualifications'
import type { Right } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { phrase, say } from '../messages/desk.ts'
import { stateName } from '../state-names.ts'
import { crumb, type DeskContext, deskForm, deskPage, deskPath } from './frame.ts'
import { type DeskProblem, type FormField, isWrong, marked, problemCall } from './problem-words.ts'
import { reasonFields, reasonFormFields, type TypedReason } from './reason-fields.ts'
import type { Named } from './values.ts'

/** Prefix of the field name of one qualification. Each needs a field of its own, because a form may hold each name once. */
export const QUALIFICATION_FIELD = 'qualification:'
/** Prefix of the field name of one assessment centre. */
export const SITE_FIELD = 'site:'

export interface AccreditValues {
  authority: Named
  state: string
  grantees: readonly Named[]
  qualifications: readonly { id: string; title: string }[]
  framework?: { id: string; name: string }
  /** The centres to which the accreditation may be limited. */
  centres: readonly Named[]
  /** The officer's choices and texts, if the form came back. */
  typed: TypedReason & {
    grantee?: string
    right?: string
    qualifications?: readonly string[]
    framework?: string
    sites?: readonly string[]
    until?: string
    pilot?: boolean
    power?: boolean
  }
  problem?: DeskProblem
}

const formFields: readonly FormField[] = [
  { pointer: '/grantee', id: 'grantee', label: 'desk.accredit.grantee' },
  { pointer: '/qualifications', id: 'qualifications', label: 'desk.accredit.qualifications' },
  { pointer: '/from', id: 'from', label: 'desk.form.from' },
  { pointer: '/until', id: 'until', label: 'desk.accredit.until' },
  ...reasonFormFields('accredit').filter(({ pointer }) => pointer !== '/from'),
]

const rightsOffered: readonly Right[] = ['issue', 'assess', 'accredit']

const option = (field: Html, words: Html, hint?: Html): Html =>
  html`<label class="opt">${field}<span>${hint === undefined ? words : html`<b>${words}</b>${hint}`}</span></label>`
const checked = (is: boolean | undefined) => (is ? html` checked` : '')

function choices(
  { grantees, qualifications, framework, state, typed, problem }: AccreditValues,
  { language }: DeskContext,
): Html {
  const chosen = new Set(typed.qualifications ?? [])
  const all =
    framework === undefined
      ? ''
      : option(
          html`<input type="checkbox" name="framework" value="${framework.id}"${checked(typed.framework === framework.id)}>`,
          say(language, 'desk.accredit.framework', { framework: foreign(framework.name, 'en') }),
        )
  const noneChosen = isWrong({ pointer: '/qualifications' }, problem)
    ? html`<p class="c-no"><b>${say(language, 'desk.accredit.qualifications.needed')}</b></p>`
    : ''
  return html`<div><label for="grantee">${say(language, 'desk.accredit.grantee')}</label><select id="grantee" name="grantee" required${marked('/grantee', problem)}><option value="">${say(language, 'desk.accredit.grantee.choose')}</option>${grantees.map(({ id, name }) => html`<option value="${id}" lang="en"${id === typed.grantee ? html` selected` : ''}>${name}</option>`)}</select></div>
<fieldset><legend><h2>${say(language, 'desk.accredit.right')}</h2></legend>${rightsOffered.map((right) => option(html`<input type="radio" name="right" value="${right}"${checked((typed.right ?? 'issue') === right)}>`, say(language, `desk.right.${right}`)))}</fieldset>
<fieldset id="qualifications" tabindex="-1"><legend><h2>${say(language, 'desk.accredit.qualifications')}</h2></legend>${noneChosen}${all}${qualifications.map(({ id, title }) => option(html`<input type="checkbox" name="${QUALIFICATION_FIELD}${id}" value="yes"${checked(chosen.has(id))}>`, html`${foreign(title, 'en')} <code class="dim small">${id}</code>`))}${isRegion(state) ? '' : html`<p class="hint">${say(language, 'desk.accredit.place', { state: stateName(state, language) })}</p>`}</fieldset>`
}

/** The form's list of centres. Choosing none means "not limited". The hint says so, and the proposal repeats it. */
function sites({ centres, typed }: AccreditValues, { language }: DeskContext): Html {
  if (centres.length === 0) return html``
  const chosen = new Set(typed.sites ?? [])
  return html`<fieldset aria-describedby="sites-hint"><legend><h2>${say(language, 'desk.accredit.sites')}</h2></legend><p class="hint" id="sites-hint">${say(language, 'desk.accredit.sites.hint')}</p>${centres.map(({ id, name }) => option(html`<input type="checkbox" name="${SITE_FIELD}${id}" value="yes"${checked(chosen.has(id))}>`, html`${foreign(name, 'en')} <code class="dim small">${id}</code>`))}</fieldset>`
}

function period({ typed, problem }: AccreditValues, { language }: DeskContext): Html {
  const optional = html` <span class="dim small">(${say(language, 'desk.optional')})</span>`
  return html`<div class="fields f2"><div><label for="from">${say(language, 'desk.form.from')}${optional}</label><p class="hint" id="from-hint">${say(language, 'desk.form.from.hint')}</p><input id="from" name="from" type="date" value="${typed.from ?? ''}" aria-describedby="from-hint"${marked('/from', problem)}></div>
<div><label for="until">${say(language, 'desk.accredit.until')}${optional}</label><p class="hint" id="until-hint">${say(language, 'desk.accredit.until.hint')}</p><input id="until" name="until" type="date" value="${typed.until ?? ''}" aria-describedby="until-hint"${marked('/until', problem)}></div></div>`
}

/** The simple form for an accreditation. Terms that it does not offer need the API. */
export function accreditPage(values: AccreditValues, context: DeskContext): string {
  const { language } = context
  const { authority, typed, problem } = values
  const more = html`<fieldset><legend><h2>${say(language, 'desk.accredit.more')}</h2></legend>${option(
    html`<input type="checkbox" name="pilot" value="yes"${checked(typed.pilot)}>`,
    say(language, 'desk.accredit.pilot'),
    say(language, 'desk.accredit.pilot.hint'),
  )}${option(
    html`<input type="checkbox" name="power" value="yes"${checked(typed.power)}>`,
    say(language, 'desk.accredit.power'),
    say(language, 'desk.accredit.power.hint'),
  )}</fieldset>`
  const form = deskForm(
    deskPath(authority.id, 'accredit'),
    html`${choices(values, context)}${sites(values, context)}${period(values, context)}${reasonFields('accredit', { ...typed, ...(problem && { problem }) }, context)}${more}<p><button type="submit" class="btn">${say(language, 'desk.accredit.go')}</button></p><p class="small dim">${say(language, 'desk.accredit.api')}</p>`,
    context,
  )
  const main = html`${crumb(deskPath(authority.id), say(language, 'desk.proposals'), context)}
${problemCall(problem, language, { fields: formFields })}<div class="head"><h1>${say(language, 'desk.accredit.title')}</h1><p class="lead">${say(language, 'desk.accredit.lead')}</p></div>
<div class="sheet"><section>${form}</section></div>`
  return deskPage({ title: phrase(language, 'desk.accredit.title'), main }, context)
}

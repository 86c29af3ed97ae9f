import type { DomainRequest } from '@sijil/registry/decisions'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { phrase, say } from '../messages/desk.ts'
import { actionPath, noteCall, STEP } from './action-pages.ts'
import { fieldId, fieldInput } from './field-inputs.ts'
import { labelOf } from './field-words.ts'
import { isAbout, type ShownField, type TypedFields } from './fields.ts'
import { crumb, type DeskContext, deskForm, deskPage, domainPath } from './frame.ts'
import { type DeskProblem, marked, problemCall } from './problem-words.ts'
import type { Named } from './values.ts'

/**
 * Says what a button of this page does: `ask` opens it, `make` makes the text, `download` gives it as a file, `compare` compares what was
 * read, `other` goes back to the first fields, and `register` to the registration.
 */
export type DomainStep = 'ask' | 'make' | 'download' | 'compare' | 'other' | 'register'

/** The fields with the text that was read at the website, and with the same as a file. */
export const [FOUND, FOUND_FILE] = ['text', 'file']

export interface DomainValues {
  authority: Named
  /** Fields of the registration. They are kept while control is shown. */
  typed: TypedFields
  /** The text to publish. Absent until the body and its website are known. */
  request?: DomainRequest
  /** The text that came back. */
  found?: string
  problem?: DeskProblem
  /** Set when the page comes after a sign-in. */
  note?: 'kept'
}

const asked: readonly ShownField[] = [
  { name: 'id', isOptional: false },
  { name: 'identity.website', isOptional: false },
]

const button = (step: DomainStep, words: Html, kind: '' | ' alt' = ''): Html =>
  html`<button type="submit" class="btn${kind}" name="${STEP}" value="${step}"${step === 'register' || step === 'other' ? html` formnovalidate` : ''}>${words}</button>`

const hidden = (typed: TypedFields): Html =>
  html`${Object.entries(typed).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`

/** Asks for the body and its website. */
function askForm({ authority, typed, problem }: DomainValues, context: DeskContext): Html {
  const others = Object.fromEntries(
    Object.entries(typed).filter(([name]) => !asked.some((field) => field.name === name)),
  )
  const fields = asked.map((field) => fieldInput(field, { typed, problem }, context))
  return html`<section>${deskForm(
    domainPath(authority.id),
    html`${fields}${hidden(others)}<p class="go">${button('make', say(context.language, 'desk.domain.make'))}${button('register', say(context.language, 'desk.domain.register'), ' alt')}</p>`,
    context,
  )}</section>`
}

/** Shows the text and where to publish it, and takes what the officer read there. */
function compareForms(
  { authority, typed, found = '', problem }: DomainValues,
  { domain, address, text }: DomainRequest,
  context: DeskContext,
): Html {
  const { language } = context
  const path = domainPath(authority.id)
  const where = html`<code>${address}</code>`
  const download = deskForm(
    path,
    html`${hidden(typed)}<p>${button('download', say(language, 'desk.domain.download'), ' alt')}</p>`,
    context,
    {
      isNative: true,
    },
  )
  const publish = html`<section class="flow"><h2>${say(language, 'desk.domain.publish')}</h2><p>${say(language, 'desk.domain.publish.text', { address: where })}</p>
<div><label for="f-made">${say(language, 'desk.domain.text')}</label><p class="hint" id="f-made-hint">${say(language, 'desk.domain.text.hint')}</p><textarea id="f-made" rows="8" readonly spellcheck="false" translate="no" lang="en" aria-describedby="f-made-hint">${text}</textarea></div>${download}</section>`
  const read = html`<section class="flow"><h2>${say(language, 'desk.domain.read')}</h2><p>${say(language, 'desk.domain.read.text', { domain: html`<code>${domain}</code>` })}</p><p><a href="${address}" target="_blank" rel="noopener noreferrer nofollow">${say(language, 'desk.domain.open', { address: where })}</a></p></section>`
  const isWrong = marked(`/${FOUND}`, problem)
  const back = html`<section class="flow"><h2>${say(language, 'desk.domain.back')}</h2>${deskForm(
    path,
    html`${hidden(typed)}<div><label for="f-${FOUND}">${say(language, 'desk.domain.found')}</label><p class="hint" id="f-${FOUND}-hint">${say(language, 'desk.domain.found.hint')}</p><textarea id="f-${FOUND}" name="${FOUND}" rows="6" maxlength="1024" spellcheck="false" aria-describedby="f-${FOUND}-hint"${isWrong}>${found}</textarea></div>
<div><label for="f-${FOUND_FILE}">${say(language, 'desk.domain.file')}</label><p class="hint" id="f-${FOUND_FILE}-hint">${say(language, 'desk.domain.file.hint')}</p><input id="f-${FOUND_FILE}" name="${FOUND_FILE}" type="file" accept=".txt,text/plain" aria-describedby="f-${FOUND_FILE}-hint"></div>
<p class="go">${button('compare', say(language, 'desk.domain.compare'))}${button('other', say(language, 'desk.domain.other'), ' alt')}${button('register', say(language, 'desk.domain.register'), ' alt')}</p>`,
    context,
    { hasFile: true, isNative: false },
  )}</section>`
  return html`${publish}${read}${back}`
}

/** Shows that a body controls its website: it makes the text to publish, and compares the one that the officer read there. */
export function domainPage(values: DomainValues, context: DeskContext): string {
  const { language } = context
  const { authority, typed, request, problem, note } = values
  const places = [
    ...asked.map((field) => ({
      isWrong: (pointer: string) => isAbout(field.name, pointer),
      id: fieldId(field.name),
      label: labelOf(field, language),
    })),
    {
      isWrong: (pointer: string) => pointer === `/${FOUND}`,
      id: `f-${FOUND}`,
      label: say(language, 'desk.domain.found'),
    },
  ]
  const about =
    request === undefined
      ? ''
      : html`<p class="dim small">${say(language, 'desk.domain.about', { body: html`<code>${typed.id ?? ''}</code>`, domain: html`<code>${request.domain}</code>` })}</p>`
  const main = html`${crumb(actionPath(authority.id, 'register-body'), say(language, 'desk.action.register-body'), context)}
${problemCall(problem, language, { fields: places })}${noteCall(note, context)}<div class="head"><h1>${say(language, 'desk.domain')}</h1><p class="lead">${say(language, 'desk.domain.lead')}</p>${about}</div>
<div class="sheet">${request === undefined ? askForm(values, context) : compareForms(values, request, context)}</div>`
  return deskPage({ title: phrase(language, 'desk.domain'), main, hasProblem: problem !== undefined }, context)
}

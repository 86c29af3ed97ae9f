import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { listOf, type MessageKey, phrase, say } from './messages/say.ts'
import { type PageContext, page } from './page.ts'
import { showToken } from './token.ts'

/** Parts that the forms of all reports share. */

/** One mistake of the form itself: the field that the reader must correct, and how. */
export interface FormMistake {
  field: string
  words: string
}

/** What was typed, for a form that comes back. It is only in that answer, which no cache keeps. A browser does not keep a file. */
export interface TypedMessage {
  reason?: string | undefined
  words?: string | undefined
  contact?: string | undefined
}

/** The hidden field by which the registry knows that the form was filled in, and not only opened. */
export const REPORT_STEP = 'step'

export function mistakeAt(field: string, mistakes: readonly FormMistake[], hasHint = true) {
  const own = mistakes.filter((mistake) => mistake.field === field)
  if (own.length === 0)
    return { message: html``, attributes: hasHint ? html` aria-describedby="${field}-hint"` : html`` }
  return {
    message: html`<p class="found c-no" id="${field}-error">${icon('warn')}<b>${own.map(({ words }) => words)}</b></p>`,
    attributes: html` aria-describedby="${hasHint ? `${field}-hint ` : ''}${field}-error" aria-invalid="true"`,
  }
}

function mistakeSummary(mistakes: readonly FormMistake[], context: PageContext): Html {
  if (mistakes.length === 0) return html``
  return html`<div class="call no mb2" role="alert">${icon('warn')}<div><h2>${say(context.language, 'home.error')}</h2><ul class="plain">${mistakes.map(({ field, words }) => html`<li><a href="#${field}">${words}</a></li>`)}</ul></div></div>`
}

type HintKey = Extract<MessageKey, `${string}.hint`>
export const hint = (field: string, key: HintKey, { language }: PageContext): Html =>
  html`<p class="hint" id="${field}-hint">${say(language, key as 'fake.code.hint')}</p>`

export const optional = ({ language }: PageContext): Html =>
  html` <span class="dim small">(${say(language, 'fake.optional')})</span>`

/** The closed list of what can be wrong. */
export function reasonField(
  reasons: readonly { value: string; words: Html }[],
  { typed, mistakes }: { typed: TypedMessage; mistakes: readonly FormMistake[] },
  { language }: PageContext,
): Html {
  const { message } = mistakeAt('reason', mistakes)
  const described = mistakes.some(({ field }) => field === 'reason') ? html` aria-describedby="reason-error"` : ''
  return html`<fieldset id="reason" tabindex="-1"${described}><legend><h2>${say(language, 'fake.reason')}</h2></legend>${message}${reasons.map(({ value, words }) => html`<label class="opt"><input type="radio" name="reason" value="${value}" required${typed.reason === value ? html` checked` : ''}><span>${words}</span></label>`)}</fieldset>`
}

export function wordsField(typed: TypedMessage, mistakes: readonly FormMistake[], context: PageContext): Html {
  const words = mistakeAt('words', mistakes)
  return html`<div><label for="words">${say(context.language, 'fake.words')}${optional(context)}</label>${hint('words', 'fake.words.hint', context)}${words.message}<textarea id="words" name="words"${words.attributes} rows="4" maxlength="500">${typed.words ?? ''}</textarea></div>`
}

export function contactField(typed: TypedMessage, mistakes: readonly FormMistake[], context: PageContext): Html {
  const contact = mistakeAt('contact', mistakes)
  return html`<div><label for="contact">${say(context.language, 'fake.contact')}${optional(context)}</label>${hint('contact', 'fake.contact.hint', context)}${contact.message}<input type="text" id="contact" name="contact"${contact.attributes} maxlength="200" autocomplete="off" value="${typed.contact ?? ''}"></div>`
}

/** The button that sends a report. */
export const sendButton = ({ language }: PageContext): Html =>
  html`<p><button type="submit" class="btn">${icon('check')}${say(language, 'fake.send')}</button></p>`

/** A page that offers a form, with what is kept beside it. It needs no script. */
export function reportFormPage(
  { name, mistakes, form }: { name: 'fake' | 'mistake'; mistakes: readonly FormMistake[]; form: Html },
  context: PageContext,
): string {
  const { language } = context
  const title = phrase(language, `${name}.title`)
  const kept = html`<div class="side"><div class="sheet"><section class="flow-s"><h2>${say(language, 'fake.kept')}</h2><ul class="bul">${listOf(language, `${name}.kept.list`).map((item) => html`<li>${item}</li>`)}</ul></section></div></div>`
  const main = html`<div class="head"><h1>${say(language, `${name}.title`)}</h1><p class="lead">${say(language, `${name}.lead`)}</p></div>
${mistakeSummary(mistakes, context)}<div class="cols"><div class="mainc flow"><div class="call">${icon('info')}<p>${say(language, `${name}.not`)}</p></div>${form}</div>${kept}</div>`
  return page(
    {
      title: mistakes.length === 0 ? title : `${phrase(language, 'home.error')}: ${title}`,
      main,
      noindex: true,
      script: assetPaths.inPlace,
    },
    context,
  )
}

/** The page after a report. It looks nothing up, so it tells nobody whether there is a report with this number. */
export function sentPage(
  { reference, numberHint, steps, last }: { reference: string; numberHint: Html; steps: readonly string[]; last: Html },
  context: PageContext,
): string {
  const { language } = context
  const main = html`<div class="head"><h1>${say(language, 'fake.sent')}</h1></div>
<div class="sheet"><section class="flow-s"><h2>${say(language, 'fake.sent.number')}</h2><p class="big mono">${foreign(showToken(reference))}</p><p class="hint">${numberHint}</p></section>
<section><h2>${say(language, 'fake.sent.next')}</h2><ol class="num">${steps.map((item) => html`<li>${item}</li>`)}</ol></section>
<section>${last}</section></div>`
  return page({ title: phrase(language, 'fake.sent'), main, noindex: true }, context)
}

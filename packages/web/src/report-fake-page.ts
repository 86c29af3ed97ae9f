import type { ReportReason } from '@sijil/registry/reports'
import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { listOf, type MessageKey, phrase, say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { stateName } from './state-names.ts'
import { showToken } from './token.ts'

/** Each mistake of a report, with the field that the reader must correct. */
// biome-ignore format: it reads as a table
const fields = {
  empty:   'code',
  code:    'code',
  own:     'code',
  several: 'code',
  body:    'body',
  reason:  'reason',
  words:   'words',
  contact: 'contact',
} as const satisfies Record<string, string>
export type ReportMistake = keyof typeof fields

export const fieldOfMistake = (mistake: ReportMistake): string => fields[mistake]
export const mistakeWords = (mistake: ReportMistake, { language }: PageContext): string =>
  phrase(language, `fake.error.${mistake}`)

/** What was typed, for a form that comes back. It is only in that answer, which no cache keeps. A browser does not keep a file. */
export interface TypedReport {
  code?: string | undefined
  body?: string | undefined
  reason?: string | undefined
  words?: string | undefined
  contact?: string | undefined
}

export interface ReportFakeValues {
  /** Every body of the registry, in the order of states and names. */
  bodies: readonly { id: string; name: string; state: string }[]
  reasons: readonly ReportReason[]
  typed: TypedReport
  /** The token of the verdict page from which the reader came. It is sent on by the form, and is in no address. */
  carried?: string | undefined
  mistakes: readonly ReportMistake[]
}

/** The hidden field by which the registry knows that the form was filled in, and not only opened with a certificate. */
const REPORT_STEP = 'step'

function mistakeAt(field: string, mistakes: readonly ReportMistake[], context: PageContext) {
  const own = mistakes.filter((mistake) => fields[mistake] === field)
  if (own.length === 0) return { message: html``, attributes: html` aria-describedby="${field}-hint"` }
  return {
    message: html`<p class="found c-no" id="${field}-error">${icon('warn')}<b>${own.map((mistake) => mistakeWords(mistake, context))}</b></p>`,
    attributes: html` aria-describedby="${field}-hint ${field}-error" aria-invalid="true"`,
  }
}

function summary(mistakes: readonly ReportMistake[], context: PageContext): Html {
  if (mistakes.length === 0) return html``
  return html`<div class="call no mb2" role="alert">${icon('warn')}<div><h2>${say(context.language, 'home.error')}</h2><ul class="plain">${mistakes.map((mistake) => html`<li><a href="#${fields[mistake]}">${mistakeWords(mistake, context)}</a></li>`)}</ul></div></div>`
}

const hint = (field: string, key: Extract<MessageKey, `fake.${string}.hint`>, { language }: PageContext): Html =>
  html`<p class="hint" id="${field}-hint">${say(language, key as 'fake.code.hint')}</p>`

const optional = ({ language }: PageContext): Html =>
  html` <span class="dim small">(${say(language, 'fake.optional')})</span>`

/** The certificate: the one that was checked before, or a link, a code or a file. */
function whatFields({ carried, typed, mistakes }: ReportFakeValues, context: PageContext): Html {
  const { language } = context
  if (carried !== undefined)
    return html`<input type="hidden" name="code" value="${carried}"><div class="call">${icon('file')}<div><p>${say(language, 'fake.carried')}</p><p class="mono">${showToken(carried)}</p><p><a href="${local('/report-fake', context)}">${say(language, 'fake.carried.other')}</a></p></div></div>`
  const code = mistakeAt('code', mistakes, context)
  return html`<div><label for="code">${say(language, 'fake.code')}</label>${hint('code', 'fake.code.hint', context)}${code.message}<input type="text" id="code" name="code"${code.attributes} maxlength="2000" autocomplete="off" spellcheck="false" value="${typed.code ?? ''}"></div>
<div><label for="document">${say(language, 'fake.file')}</label>${hint('document', 'fake.file.hint', context)}<input id="document" name="document" type="file" aria-describedby="document-hint"></div>`
}

function bodyField({ bodies, typed, mistakes }: ReportFakeValues, context: PageContext): Html {
  const { language } = context
  const { message, attributes } = mistakeAt('body', mistakes, context)
  const groups = [...Map.groupBy(bodies, ({ state }) => state)]
  const authorities = html`<a href="${local('/authorities', context)}">${say(language, 'fake.body.authorities')}</a>`
  return html`<div><label for="body">${say(language, 'fake.body')}</label>${hint('body', 'fake.body.hint', context)}${message}<select id="body" name="body"${attributes}><option value="">${say(language, 'fake.body.none')}</option>${groups.map(([state, own]) => html`<optgroup label="${stateName(own[0] ?? state, language)}">${own.map(({ id, name }) => html`<option value="${id}" lang="en"${typed.body === id ? html` selected` : ''}>${name}</option>`)}</optgroup>`)}</select><p class="hint mt1">${say(language, 'fake.body.missing', { authorities })}</p></div>`
}

/** A certificate that was checked here names its body. The field is shown only if that turns out to be wrong. */
const isBodyAsked = ({ carried, mistakes }: ReportFakeValues): boolean =>
  carried === undefined || mistakes.includes('body')

function reasonField({ reasons, typed, mistakes }: ReportFakeValues, context: PageContext): Html {
  const { language } = context
  const { message } = mistakeAt('reason', mistakes, context)
  const described = mistakes.includes('reason') ? html` aria-describedby="reason-error"` : ''
  return html`<fieldset id="reason" tabindex="-1"${described}><legend><h2>${say(language, 'fake.reason')}</h2></legend>${message}${reasons.map((reason) => html`<label class="opt"><input type="radio" name="reason" value="${reason}" required${typed.reason === reason ? html` checked` : ''}><span>${say(language, `fake.reason.${reason}`)}</span></label>`)}</fieldset>`
}

function messageFields({ typed, mistakes }: ReportFakeValues, context: PageContext): Html {
  const { language } = context
  const words = mistakeAt('words', mistakes, context)
  const contact = mistakeAt('contact', mistakes, context)
  return html`<div><label for="words">${say(language, 'fake.words')}${optional(context)}</label>${hint('words', 'fake.words.hint', context)}${words.message}<textarea id="words" name="words"${words.attributes} rows="4" maxlength="500">${typed.words ?? ''}</textarea></div>
<div><label for="contact">${say(language, 'fake.contact')}${optional(context)}</label>${hint('contact', 'fake.contact.hint', context)}${contact.message}<input type="text" id="contact" name="contact"${contact.attributes} maxlength="200" autocomplete="off" value="${typed.contact ?? ''}"></div>`
}

/** The form of a report. It is a plain POST, and needs no script. */
export function reportFakePage(values: ReportFakeValues, context: PageContext): string {
  const { language } = context
  const { mistakes } = values
  const title = phrase(language, 'fake.title')
  const form = html`<form class="sheet" action="${local('/report-fake', context)}" method="post" enctype="multipart/form-data"><input type="hidden" name="${REPORT_STEP}" value="send">
<section class="flow"><h2>${say(language, 'fake.what')}</h2>${whatFields(values, context)}${isBodyAsked(values) ? bodyField(values, context) : ''}</section>
<section class="flow">${reasonField(values, context)}${messageFields(values, context)}<p><button type="submit" class="btn">${icon('check')}${say(language, 'fake.send')}</button></p></section></form>`
  const kept = html`<div class="side"><div class="sheet"><section class="flow-s"><h2>${say(language, 'fake.kept')}</h2><ul class="bul">${listOf(language, 'fake.kept.list').map((item) => html`<li>${item}</li>`)}</ul></section></div></div>`
  const main = html`<div class="head"><h1>${say(language, 'fake.title')}</h1><p class="lead">${say(language, 'fake.lead')}</p></div>
${summary(mistakes, context)}<div class="cols"><div class="mainc flow"><div class="call">${icon('info')}<p>${say(language, 'fake.not')}</p></div>${form}</div>${kept}</div>`
  return page(
    {
      title: mistakes.length === 0 ? title : `${phrase(language, 'home.error')}: ${title}`,
      main,
      noindex: true,
      script: assetPaths.inPlace,
    },
    { ...context, path: '/report-fake' },
  )
}

/** The page after a report. It looks nothing up, so it tells nobody whether there is a report with this number. */
export function reportSentPage({ reference }: { reference: string }, context: PageContext): string {
  const { language } = context
  const main = html`<div class="head"><h1>${say(language, 'fake.sent')}</h1></div>
<div class="sheet"><section class="flow-s"><h2>${say(language, 'fake.sent.number')}</h2><p class="big mono">${foreign(showToken(reference))}</p><p class="hint">${say(language, 'fake.sent.number.hint')}</p></section>
<section><h2>${say(language, 'fake.sent.next')}</h2><ol class="num">${listOf(language, 'fake.sent.list').map((item) => html`<li>${item}</li>`)}</ol></section>
<section><div class="call">${icon('info')}<p>${say(language, 'fake.sent.until')}</p></div><p class="mt3"><a class="btn" href="${local('/', context)}">${say(language, 'result.again')}</a></p></section></div>`
  return page({ title: phrase(language, 'fake.sent'), main, noindex: true }, context)
}

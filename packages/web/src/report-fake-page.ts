import type { ReportReason } from '@sijil/registry/reports'
import { html } from 'hono/html'
import type { Html } from './html.ts'
import { icon } from './icons.ts'
import { listOf, phrase, say } from './messages/say.ts'
import { local, type PageContext } from './page.ts'
import {
  contactField,
  type FormMistake,
  hint,
  mistakeAt,
  REPORT_STEP,
  reasonField,
  reportFormPage,
  sendButton,
  sentPage,
  type TypedMessage,
  wordsField,
} from './report-form.ts'
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

export interface TypedReport extends TypedMessage {
  code?: string | undefined
  body?: string | undefined
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

/** The certificate: the one that was checked before, or a link, a code or a file. */
function whatFields(
  { carried, typed }: ReportFakeValues,
  mistakes: readonly FormMistake[],
  context: PageContext,
): Html {
  const { language } = context
  if (carried !== undefined)
    return html`<input type="hidden" name="code" value="${carried}"><div class="call">${icon('file')}<div><p>${say(language, 'fake.carried')}</p><p class="mono">${showToken(carried)}</p><p><a href="${local('/report-fake', context)}">${say(language, 'fake.carried.other')}</a></p></div></div>`
  const code = mistakeAt('code', mistakes)
  return html`<div><label for="code">${say(language, 'fake.code')}</label>${hint('code', 'fake.code.hint', context)}${code.message}<input type="text" id="code" name="code"${code.attributes} maxlength="2000" autocomplete="off" spellcheck="false" value="${typed.code ?? ''}"></div>
<div><label for="document">${say(language, 'fake.file')}</label>${hint('document', 'fake.file.hint', context)}<input id="document" name="document" type="file" aria-describedby="document-hint"></div>`
}

function bodyField({ bodies, typed }: ReportFakeValues, mistakes: readonly FormMistake[], context: PageContext): Html {
  const { language } = context
  const { message, attributes } = mistakeAt('body', mistakes)
  const groups = [...Map.groupBy(bodies, ({ state }) => state)]
  const authorities = html`<a href="${local('/authorities', context)}">${say(language, 'fake.body.authorities')}</a>`
  return html`<div><label for="body">${say(language, 'fake.body')}</label>${hint('body', 'fake.body.hint', context)}${message}<select id="body" name="body"${attributes}><option value="">${say(language, 'fake.body.none')}</option>${groups.map(([state, own]) => html`<optgroup label="${stateName(own[0] ?? state, language)}">${own.map(({ id, name }) => html`<option value="${id}" lang="en"${typed.body === id ? html` selected` : ''}>${name}</option>`)}</optgroup>`)}</select><p class="hint mt1">${say(language, 'fake.body.missing', { authorities })}</p></div>`
}

/** A certificate that was checked here names its body. The field is shown only if that turns out to be wrong. */
const isBodyAsked = ({ carried, mistakes }: ReportFakeValues): boolean =>
  carried === undefined || mistakes.includes('body')

/** The form of a report. It is a plain POST. */
export function reportFakePage(values: ReportFakeValues, context: PageContext): string {
  const { language } = context
  const { reasons, typed } = values
  const mistakes = values.mistakes.map((mistake) => ({ field: fields[mistake], words: mistakeWords(mistake, context) }))
  const offered = reasons.map((value) => ({ value, words: say(language, `fake.reason.${value}`) }))
  const form = html`<form class="sheet" action="${local('/report-fake', context)}" method="post" enctype="multipart/form-data"><input type="hidden" name="${REPORT_STEP}" value="send">
<section class="flow"><h2>${say(language, 'fake.what')}</h2>${whatFields(values, mistakes, context)}${isBodyAsked(values) ? bodyField(values, mistakes, context) : ''}</section>
<section class="flow">${reasonField(offered, { typed, mistakes }, context)}${wordsField(typed, mistakes, context)}
${contactField(typed, mistakes, context)}${sendButton(context)}</section></form>`
  return reportFormPage({ name: 'fake', mistakes, form }, { ...context, path: '/report-fake' })
}

/** The page after a report. */
export function reportSentPage({ reference }: { reference: string }, context: PageContext): string {
  const { language } = context
  const last = html`<div class="call">${icon('info')}<p>${say(language, 'fake.sent.until')}</p></div><p class="mt3"><a class="btn" href="${local('/', context)}">${say(language, 'result.again')}</a></p>`
  const steps = listOf(language, 'fake.sent.list')
  return sentPage({ reference, numberHint: say(language, 'fake.sent.number.hint'), steps, last }, context)
}

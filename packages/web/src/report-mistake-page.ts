import type { MistakeReason, RecordName } from '@sijil/registry/reports'
import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { listOf, phrase, say } from './messages/say.ts'
import { contactOf, type Operator } from './operator-pages.ts'
import { local, type PageContext, page } from './page.ts'
import {
  contactField,
  hint,
  mistakeAt,
  optional,
  reasonField,
  reportFormPage,
  sendButton,
  sentPage,
  type TypedMessage,
  wordsField,
} from './report-form.ts'

/** Each mistake of the form, with its words. */
// biome-ignore format: it reads as a table
const errors = {
  reason:  'fake.error.reason',
  edition: 'mistake.error.edition',
  words:   'fake.error.words',
  source:  'mistake.error.source',
  contact: 'fake.error.contact',
} as const
/** The field that the reader must correct. */
export type MistakeFormFault = keyof typeof errors

export const mistakeFormWords = (fault: MistakeFormFault, { language }: PageContext): string =>
  phrase(language, errors[fault])

export interface TypedMistake extends TypedMessage {
  edition?: string | undefined
  source?: string | undefined
}

export interface ReportMistakeValues {
  record: RecordName
  title: string
  editions: readonly string[]
  /** Absent: nobody in this registry answers for the record, so the page offers no form. */
  owner?: { id: string; name: string }
  /** Absent: the operator has not stated who they are. */
  operator?: Operator | undefined
  reasons: readonly MistakeReason[]
  typed: TypedMistake
  faults: readonly MistakeFormFault[]
}

/** The address of a record, and of the form about it. */
export const recordPath = ({ of, id }: RecordName): string => `/${of}s/${id}`
export const mistakePath = (record: RecordName): string => `/report-mistake${recordPath(record)}`

/** The link to the form, for the page of a record. Search engines need not follow it. */
export const mistakeSection = (record: RecordName, context: PageContext, edition?: string): Html => {
  const query = edition === undefined ? '' : `?${new URLSearchParams({ edition })}`
  return html`<section class="noprint"><p><a class="tlink" href="${local(`${mistakePath(record)}${query}`, context)}" rel="nofollow">${say(context.language, 'mistake.link')}</a></p></section>`
}

function recordFacts({ record, title, owner }: ReportMistakeValues, context: PageContext): Html {
  const { language } = context
  const fact = (name: Html, value: Html) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  return html`<h2>${say(language, 'mistake.record')}</h2><dl class="sum">${fact(say(language, `mistake.${record.of}`), html`<a href="${local(recordPath(record), context)}">${foreign(title, 'en')}</a> <code class="dim small">${record.id}</code>`)}${owner === undefined ? '' : fact(say(language, 'mistake.owner'), foreign(owner.name, 'en'))}</dl>`
}

/** The form of a report about a record. If nobody answers for the record, the page says so and leads to the operator. */
export function reportMistakePage(values: ReportMistakeValues, context: PageContext): string {
  const { language } = context
  const { record, owner, operator, editions, reasons, typed, faults } = values
  if (owner === undefined) {
    const main = html`<div class="head"><h1>${say(language, 'mistake.title')}</h1></div>
<div class="sheet"><section>${recordFacts(values, context)}</section><section><div class="call am">${icon('warn')}<div><h2>${say(language, 'mistake.nobody')}</h2><p>${say(language, 'mistake.nobody.text')}</p>${contactOf(operator, context)}</div></div></section></div>`
    return page({ title: phrase(language, 'mistake.title'), main, noindex: true }, context)
  }
  const mistakes = faults.map((field) => ({ field, words: mistakeFormWords(field, context) }))
  const offered = reasons.map((value) => ({ value, words: say(language, `mistake.reason.${value}`) }))
  const edition = mistakeAt('edition', mistakes, false)
  const choice =
    editions.length === 0
      ? ''
      : html`<div><label for="edition">${say(language, 'mistake.edition')}</label>${edition.message}<select id="edition" name="edition"${edition.attributes}><option value="">${say(language, 'mistake.edition.all')}</option>${editions.map((id) => html`<option value="${id}"${typed.edition === id ? html` selected` : ''}>${id}</option>`)}</select></div>`
  const source = mistakeAt('source', mistakes)
  const form = html`<form class="sheet" action="${local(mistakePath(record), context)}" method="post"><section class="flow">${recordFacts(values, context)}${choice}</section>
<section class="flow">${reasonField(offered, { typed, mistakes }, context)}${wordsField(typed, mistakes, context)}
<div><label for="source">${say(language, 'mistake.source')}${optional(context)}</label>${hint('source', 'mistake.source.hint', context)}${source.message}<input type="text" inputmode="url" id="source" name="source"${source.attributes} maxlength="500" autocomplete="off" spellcheck="false" value="${typed.source ?? ''}"></div>
${contactField(typed, mistakes, context)}${sendButton(context)}</section></form>`
  return reportFormPage({ name: 'mistake', mistakes, form }, context)
}

/** The page after a report about a record. */
export function mistakeSentPage(
  { record, reference }: { record: RecordName; reference: string },
  context: PageContext,
): string {
  const { language } = context
  const last = html`<p><a class="btn" href="${local(recordPath(record), context)}">${say(language, 'mistake.back')}</a></p>`
  const steps = listOf(language, 'mistake.sent.list')
  return sentPage({ reference, numberHint: say(language, 'mistake.sent.hint'), steps, last }, context)
}

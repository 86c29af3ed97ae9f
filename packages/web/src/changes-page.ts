import { REGION } from '@sijil/qualifications'
import type { Difference } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import { type ChangeTerms, termsLine } from './change-terms.ts'
import { type ListedStatement, statementEntry } from './changes-statement.ts'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { type LogProofValues, logProof } from './log-proof.ts'
import { type MessageKey, phrase, say } from './messages/say.ts'
import { languageField, local, type PageContext, page } from './page.ts'
import { type StateOf, stateOptions } from './state-names.ts'
import { table } from './table.ts'

type ChangeMessage = Extract<MessageKey, `change.${string}`>
/** The kinds of change to an authority, a body or a centre. */
export type ChangeType = ChangeMessage extends `change.${infer Type}` ? Type : never

/** One entry of the log of the registry, in the words of a page. */
export interface ListedChange {
  /** Its permanent address is `/changes/{index}`. */
  index: number
  /** Id and name of the entity that changed. */
  id: string
  name: string
  recordedAt: string
  effectiveAt: string
  /** A demonstration. No law allows it anything. */
  demonstration?: true
  /** The differences of an amendment. Only the page of the one change shows them. */
  differences?: readonly Difference[]
  /** The entity that decided, if the sentences do not name it. */
  decidedBy?: { name: string } | 'operator'
  /** `grounds` is set only if the sentence itself names no basis. */
  happened: readonly {
    type: ChangeType
    by?: string
    key?: string
    basis?: string
    grounds?: string
    terms?: ChangeTerms
  }[]
}

export interface ChangesValues {
  changes: readonly ListedChange[]
  /** Statements about the catalogue, to be shown between them. */
  statements: readonly ListedStatement[]
  /** The number of entries in the log. */
  size: number
  /** The number of statements about the catalogue. */
  statementsSize: number
  /** The index before which older entries continue. */
  next?: number
  /** The same for statements. */
  nextStatement?: number
  search: { id?: string; kind?: string; state?: string }
  kinds: readonly ('listings' | 'accreditations' | 'keys' | 'statements')[]
  /** The states to choose from. */
  states: readonly StateOf[]
  /** True for a page after the first. */
  isOlder: boolean
}

export function placesOf({ name }: ListedChange, { by, key, basis }: ListedChange['happened'][number]) {
  return { name, by: by ?? '–', key: key ?? '–', basis: basis ?? '–' }
}

/** The message of an event. Of a demonstration the page does not say that a law allows it something. */
export function messageOf(
  { demonstration }: ListedChange,
  { type, key }: ListedChange['happened'][number],
): ChangeMessage | 'changes.established.demonstration' | 'changes.contact.none' {
  if (type === 'contact-changed' && key === undefined) return 'changes.contact.none'
  return type === 'established' && demonstration ? 'changes.established.demonstration' : `change.${type}`
}

const marked = (values: Record<'name' | 'by' | 'key' | 'basis', string>) => ({
  name: foreign(values.name, 'en'),
  by: foreign(values.by, 'en'),
  key: html`<code>${foreign(values.key)}</code>`,
  basis: foreign(values.basis, 'en'),
})

function decidedIn({ decidedBy }: ListedChange, { language }: PageContext): Html | undefined {
  if (decidedBy === undefined) return undefined
  if (decidedBy === 'operator') return say(language, 'chain.decided.operator')
  return say(language, 'chain.decided.by', { by: foreign(decidedBy.name, 'en') })
}

function entryOf(change: ListedChange, context: PageContext): Html {
  const { language } = context
  const sentences = change.happened.map(
    (one) =>
      html`<p>${say(language, messageOf(change, one), marked(placesOf(change, one)))}${one.grounds === undefined ? '' : html` ${say(language, 'changes.grounds', { grounds: foreign(one.grounds, 'en') })}`}</p>${one.terms === undefined ? '' : termsLine(one.terms, context)}`,
  )
  const later =
    change.effectiveAt.slice(0, 10) === change.recordedAt.slice(0, 10)
      ? ''
      : html` · ${say(language, 'changes.counts', { date: day(change.effectiveAt, language) })}`
  const decided = decidedIn(change, context)
  return html`<li><div>${sentences}${decided === undefined ? '' : html`<p>${decided}</p>`}<p class="dim small"><a href="${local(`/changes/${change.index}`, context)}">${say(language, 'changes.entry', { index: change.index })}</a> · ${say(language, 'changes.recorded', { date: day(change.recordedAt, language) })}${later} · <a href="${local(`/issuers/${change.id}`, context)}">${foreign(change.id)}</a></p></div></li>`
}

/** An address of this list, as a page or a feed. */
const addressOf = (
  path: '/changes' | '/changes.atom',
  search: ChangesValues['search'],
  from: Pick<ChangesValues, 'next' | 'nextStatement'> = {},
): string => {
  const places = Object.entries({ before: from.next, statement: from.nextStatement })
  const numbers = places.flatMap(([name, at]) => (at === undefined ? [] : [[name, String(at)]]))
  const query = new URLSearchParams({ ...search, ...Object.fromEntries(numbers) })
  return query.size === 0 ? path : `${path}?${query}`
}

function filters({ search, kinds, states }: ChangesValues, context: PageContext): Html {
  const { language } = context
  return html`<form class="sheet pad fields f3 mb2" method="get" action="/changes" role="search" aria-label="${say(language, 'changes.search')}">${languageField(context)}<div><label for="id">${say(language, 'changes.id')}</label><p class="hint" id="id-hint">${say(language, 'changes.id.hint', { example: html`<code>${context.demonstration ? 'demo-ph-tesda' : 'ph-tesda'}</code>` })}</p><input id="id" name="id" type="search" maxlength="64" aria-describedby="id-hint" value="${search.id ?? ''}"></div>
<div><label for="kind">${say(language, 'changes.kind')}</label><select id="kind" name="kind"><option value="">${say(language, 'changes.all')}</option>${kinds.map((kind) => html`<option value="${kind}"${kind === search.kind ? html` selected` : ''}>${say(language, `changes.kind.${kind}`)}</option>`)}</select></div>
<div><label for="state">${say(language, 'issuers.country')}</label><select id="state" name="state"><option value="">${say(language, 'issuers.all')}</option>${stateOptions([...states, { state: REGION }], search.state, language)}</select></div>
<button type="submit" class="btn">${icon('search')}${say(language, 'changes.go')}</button></form>`
}

/** The log of the registry in readable form. Each line has a permanent address. */
export function changesPage(values: ChangesValues, context: PageContext): string {
  const { language } = context
  const { changes, statements, next, nextStatement, search, size, statementsSize, isOlder } = values
  const lines = [
    ...changes.map((change) => ({ at: change.recordedAt, words: entryOf(change, context) })),
    ...statements.map((statement) => ({ at: statement.recordedAt, words: statementEntry(statement, context) })),
  ].toSorted((one, other) => (one.at > other.at ? -1 : one.at < other.at ? 1 : 0))
  const feed = addressOf('/changes.atom', search)
  const list =
    lines.length === 0
      ? html`<section><p>${say(language, 'changes.none')}</p></section>`
      : html`<section><h2 class="vh">${say(language, 'changes.title')}</h2><ul class="rows">${lines.map(({ words }) => words)}</ul></section>`
  const main = html`<div class="head"><h1>${say(language, 'changes.title')}</h1><p class="lead">${say(language, 'changes.lead')}</p></div>
${filters(values, context)}
<p class="dim mb1">${say(language, 'changes.sizes', { size, statements: statementsSize })} <a href="${feed}" type="application/atom+xml">${say(language, 'changes.feed')}</a></p>
<div class="sheet">${list}</div>
<p class="mt2">${isOlder ? html`<a class="tlink" href="${local(addressOf('/changes', search), context)}">${say(language, 'changes.newest')}</a> ` : ''}${next === undefined ? '' : html`<a class="tlink" href="${local(addressOf('/changes', search, { next, ...(nextStatement !== undefined && { nextStatement }) }), context)}" rel="next">${say(language, 'changes.older')}</a>`}</p>`
  return page({ title: phrase(language, 'changes.title'), main, feed }, context)
}

/** Shows the old and the new value of each term (R-021). */
function difference({ differences = [] }: ListedChange, { language }: PageContext): Html {
  if (differences.length === 0) return html``
  const heads = (['changes.member', 'changes.before', 'changes.after'] as const).map((key) => say(language, key))
  const stated = (text: string | undefined) => (text === undefined ? say(language, 'changes.nothing') : foreign(text))
  const rows = differences.map(
    ({ member, before, after }) => [say(language, `changes.member.${member}`), stated(before), stated(after)] as const,
  )
  return html`<section><h2>${say(language, 'changes.difference')}</h2>${table(say(language, 'changes.difference'), heads, rows)}</section>`
}

/** One line, as its address shows it. */
export function changePage(change: ListedChange, log: LogProofValues, context: PageContext): string {
  const { language } = context
  const title = phrase(language, 'changes.entry', { index: change.index })
  const main = html`<p class="crumb"><a href="${local('/changes', context)}">${icon('left')}${say(language, 'changes.title')}</a></p>
<div class="head"><h1>${title}</h1></div>
<div class="sheet"><section><ul class="rows">${entryOf(change, context)}</ul><p class="small dim">${say(language, log.witnesses.length === 0 ? 'changes.proof.alone' : 'changes.proof')}</p></section>${difference(change, context)}${logProof(log, context)}</div>`
  return page({ title, main, script: assetPaths.logProof }, context)
}

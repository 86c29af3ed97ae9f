import { html } from 'hono/html'
import { day, moment } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { type Language, phrase, say } from './messages/say.ts'
import { local, type PageContext } from './page.ts'

/** One statement about a qualification, a framework, a body or a state. */
export interface ListedStatement {
  /** What it is about, by the name that it has now. */
  record: { kind: 'qualification' | 'framework' | 'body' | 'state'; id: string; title: string }
  type:
    | 'qualification-stated'
    | 'edition-stated'
    | 'qualification-retired'
    | 'edition-placed'
    | 'placement-ended'
    | 'assigned'
    | 'framework-stated'
    | 'referencing-stated'
    | 'levels-confirmed'
    | 'body-described'
    | 'state-described'
  /** Who stated it, by the name that they had then. */
  statedBy: { id: string; name: string }
  edition?: string
  /** The level at which an edition was placed, with its framework. */
  level?: string
  /** Id of the owner to which a record was assigned. */
  owner?: string
  basis?: string
  recordedAt: string
  effectiveAt: string
  /** The entry of the log `catalogue` that holds it. */
  entry: string
}

type Words<T> = Record<'name' | 'title' | 'edition' | 'level' | 'owner' | 'basis', T>

const placesOf = ({ record, statedBy, edition, level, owner, basis }: ListedStatement): Words<string> => ({
  name: statedBy.name,
  title: record.title,
  edition: edition ?? '–',
  level: level ?? '–',
  owner: owner ?? '–',
  basis: basis ?? '–',
})

/** In plain text, for a feed. */
export const statementText = (statement: ListedStatement, language: Language): string =>
  phrase(language, `changes.statement.${statement.type}`, placesOf(statement))

/** A description of a body stands on the page of the one that owns it. */
export const recordPath = ({
  record: { kind, id },
  owner,
  statedBy,
}: Pick<ListedStatement, 'record' | 'owner' | 'statedBy'>): string =>
  kind === 'body' ? `/issuers/${owner ?? statedBy.id}` : `/${kind}s/${id}`

/** A line of the page, with both moments and a link to the record and to the signed statement. */
export function statementEntry(statement: ListedStatement, context: PageContext): Html {
  const { language } = context
  const { statedBy, recordedAt, effectiveAt, entry } = statement
  const { name, title, edition, level, owner, basis } = placesOf(statement)
  const words = {
    name: foreign(name, 'en'),
    title: html`<a href="${local(recordPath(statement), context)}">${foreign(title, 'en')}</a>`,
    edition: foreign(edition),
    level: foreign(level),
    owner: html`<code>${foreign(owner)}</code>`,
    basis: foreign(basis, 'en'),
  }
  const times = html`${say(language, 'changes.recorded', { date: moment(recordedAt, language) })} · ${say(language, 'changes.counts', { date: day(effectiveAt, language) })}`
  return html`<li><div><p>${say(language, `changes.statement.${statement.type}`, words)}</p><p class="dim small">${times} · <a href="${local(`/issuers/${statedBy.id}`, context)}">${foreign(statedBy.id)}</a> · <a href="/log/catalogue/record/${entry}" type="application/json">${say(language, 'changes.statement.signed')}</a></p></div></li>`
}

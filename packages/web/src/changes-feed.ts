import { html } from 'hono/html'
import { termsText } from './change-terms.ts'
import { type ChangesValues, type ListedChange, messageOf, placesOf } from './changes-page.ts'
import { type ListedStatement, recordPath, statementText } from './changes-statement.ts'
import { render } from './html.ts'
import { phrase } from './messages/say.ts'
import type { PageContext } from './page.ts'

/** Removes characters that XML 1.0 cannot express. */
export const withoutControls = (text: string) =>
  text.toWellFormed().replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, '')

const LANGUAGE = 'en'

function entryOf(change: ListedChange, baseUrl: string) {
  const happened = change.happened.flatMap((one) => [
    phrase(LANGUAGE, messageOf(change, one), placesOf(change, one)),
    ...(one.grounds === undefined ? [] : [phrase(LANGUAGE, 'changes.grounds', { grounds: one.grounds })]),
  ])
  const decided =
    typeof change.decidedBy === 'object' ? [phrase(LANGUAGE, 'chain.decided.by', { by: change.decidedBy.name })] : []
  const terms = change.happened.flatMap(({ terms }) => (terms === undefined ? [] : [termsText(terms, LANGUAGE)]))
  const address = `${baseUrl}/changes/${change.index}`
  const categories = change.happened.map(({ type }) => html`<category term="${type}"/>`)
  return html`<entry><id>${address}</id><link href="${address}"/><updated>${change.recordedAt}</updated><title>${withoutControls([...happened, ...decided].join(' '))}</title>${terms.length === 0 ? '' : html`<summary>${withoutControls(terms.join(' '))}</summary>`}${categories}</entry>`
}

/** A statement about the catalogue. Its address is the signed statement, which never changes. */
function statementOf(statement: ListedStatement, at: number, baseUrl: string) {
  const address = `${baseUrl}/log/catalogue/record/${statement.entry}`
  // One commit may hold several statements.
  return html`<entry><id>${address}#${at}</id><link href="${baseUrl}${recordPath(statement)}"/><updated>${statement.recordedAt}</updated><title>${withoutControls(statementText(statement, LANGUAGE))}</title><category term="${statement.type}"/></entry>`
}

/**
 * The changes as an Atom feed (RFC 4287), in English, because its address names no language. `self` and `next` are addresses of feeds
 * (RFC 5005 §3), and `page` is the same list for people.
 */
export function changesFeed(
  { changes, statements }: Pick<ChangesValues, 'changes' | 'statements'>,
  { self, page, next }: { self: string; page: string; next?: string | undefined },
  { baseUrl }: Pick<PageContext, 'baseUrl'>,
): string {
  const title = phrase(LANGUAGE, 'changes.title')
  const entries = [
    ...changes.map((change) => ({ at: change.recordedAt, entry: entryOf(change, baseUrl) })),
    ...statements.map((statement, at, all) => {
      const first = all.findIndex(({ entry }) => entry === statement.entry)
      return { at: statement.recordedAt, entry: statementOf(statement, at - first, baseUrl) }
    }),
  ].toSorted((one, other) => (one.at > other.at ? -1 : one.at < other.at ? 1 : 0))
  return render(html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${LANGUAGE}"><id>${baseUrl}${page}</id><title>${title}</title><link rel="self" type="application/atom+xml" href="${baseUrl}${self}"/><link rel="alternate" type="text/html" href="${baseUrl}${page}"/>${next === undefined ? '' : html`<link rel="next" href="${baseUrl}${next}"/>`}<updated>${entries[0]?.at ?? '1970-01-01T00:00:00Z'}</updated><author><name>Sijil</name></author>${entries.map(({ entry }) => entry)}</feed>
`)
}

import type { Answer, Request } from '@sijil/http'
import type { View, ViewDeps } from '@sijil/views'
import { type PageContext, parseLanguage } from '@sijil/web'

export type PageParts = Omit<ViewDeps, 'now'> & { clock: () => Date }

export type Asked = Pick<
  Request<unknown, unknown, unknown, Readonly<Record<string, string>>>,
  'language' | 'query' | 'wants'
>

/** Values that every page gets. Only the links of the language menu contain `path`. */
export const contextOf = (
  asked: Asked,
  path: string,
  { baseUrl, policy }: Pick<PageParts, 'baseUrl' | 'policy'>,
): PageContext => ({
  language: parseLanguage(asked.language) ?? 'en',
  languageChosen: asked.query.lang !== undefined,
  path: withQuery(path, asked.query),
  baseUrl,
  demonstration: policy.demonstration,
})

/** Parameters that the forms of the pages send by GET. None of them is secret. */
const asking =
  'as-of qualification host s c field occupation level standing page state before id kind one other grantee units q body on edition code month from to'
const isAsking = new Set(asking.split(' '))

/** Keeps the question when the language changes. Parameters that no form sends are never written into a page. */
function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const kept = Object.entries(chosen(query)).filter(([name]) => isAsking.has(name))
  return kept.length === 0 || path.includes('?') ? path : `${path}?${new URLSearchParams(kept)}`
}

export const page = (body: string, status = 200): Answer => ({ status, body, type: 'text/html; charset=utf-8' })

/** Answers the same address as a page for people, and as JSON for programs. */
export const either = (asked: Asked, json: object, html: () => string, headers: Record<string, string> = {}): Answer =>
  asked.wants === 'json' ? { status: 200, body: json } : { ...page(html()), headers }

/** Answers a view as a page for people, and as JSON for programs. */
export const shown = async <Values>(
  asked: Asked,
  { json, values }: View<object, Values | Promise<Values>>,
  render: (values: Values) => string,
): Promise<Answer> => (asked.wants === 'json' ? { status: 200, body: json } : page(render(await values())))

/** Dependencies of a view. The clock is read once for each request. */
export const atNow = ({ clock, ...parts }: PageParts): ViewDeps => ({ ...parts, now: clock() })

/** The parameters without empty texts. A form sends an empty text for a field in which nothing was chosen. */
export const chosen = (asked: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''))

/** The context of a page that depends on its address and on nothing else that was asked. */
export function contextAt(asked: Asked, path: string, parts: Pick<PageParts, 'baseUrl' | 'policy'>): PageContext {
  const { lang } = chosen(asked.query)
  return contextOf({ ...asked, query: lang === undefined ? {} : { lang } }, path, parts)
}

/** The header `age` of an answer from memory, in seconds (RFC 9111 §5.1), so that CloudFront keeps it for that much less time. */
export function ageOf(id: string, { trust }: Pick<PageParts, 'trust'>): Record<string, string> {
  const age = trust.ageOf?.(id) ?? 0
  return age === 0 ? {} : { age: String(age) }
}

import type { Answer, Request } from '@sijil/http'
import type { View, ViewDeps } from '@sijil/views'
import { type PageContext, parseLanguage } from '@sijil/web'

export type PageParts = Omit<ViewDeps, 'now'> & { clock: () => Date }

type Asked = Pick<Request<unknown, unknown, unknown, Readonly<Record<string, string>>>, 'language' | 'query' | 'wants'>

/** What every page is told. `path` holds no token: it stands in the links of the language menu only. */
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

/** What the forms of the pages ask by GET; nothing of it is secret. */
const asking =
  'as-of qualification host s c field occupation level standing page state before id kind one other grantee units'
const isAsking = new Set(asking.split(' '))

/** What was asked stays asked in another language; what no form asks is not written into a page. */
function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const kept = Object.entries(chosen(query)).filter(([name]) => isAsking.has(name))
  return kept.length === 0 || path.includes('?') ? path : `${path}?${new URLSearchParams(kept)}`
}

export const page = (body: string, status = 200): Answer => ({ status, body, type: 'text/html; charset=utf-8' })

/** The same address as a page for people and as JSON for programs. */
export const either = (asked: Asked, json: object, html: () => string, headers: Record<string, string> = {}): Answer =>
  asked.wants === 'json' ? { status: 200, body: json } : { ...page(html()), headers }

/** A view as a page for people and as JSON for programs. */
export const shown = async <Values>(
  asked: Asked,
  { json, values }: View<object, Values | Promise<Values>>,
  render: (values: Values) => string,
): Promise<Answer> => (asked.wants === 'json' ? { status: 200, body: json } : page(render(await values())))

/** What a view reads: this moment, read once a request. */
export const atNow = ({ clock, ...parts }: PageParts): ViewDeps => ({ ...parts, now: clock() })

/** A field of a form in which nothing was chosen sends an empty text. */
export const chosen = (asked: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''))

/** What is answered from memory says how old it is (RFC 9111, §5.1), so that the cache in front keeps it that much shorter. */
export function ageOf(id: string, { trust }: Pick<PageParts, 'trust'>): Record<string, string> {
  const age = trust.ageOf?.(id) ?? 0
  return age === 0 ? {} : { age: String(age) }
}

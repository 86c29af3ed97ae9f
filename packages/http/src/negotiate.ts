import type { RouteRow } from './rows.ts'

/** The entries of a header such as Accept, with their weights (RFC 9110 §12.4.2). */
function weighted(header: string): { name: string; q: number }[] {
  return header.split(',', 32).flatMap((entry) => {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    const q = weight === undefined ? 1 : /^[01](?:\.\d{0,3})?$/.test(weight) ? Number(weight) : 0
    return name === '' ? [] : [{ name, q }]
  })
}

/** The names in an Accept header with a weight above 0, in small letters. A range with an asterisk is not expanded. */
export const acceptedTypes = (accept: string | undefined): readonly string[] =>
  weighted(accept ?? '').flatMap(({ name, q }) => (q > 0 ? [name] : []))

const isJson = (type: string) => type === 'application/json' || type.endsWith('+json') || type === 'application/vc'

/**
 * The form of an answer. An address for people answers HTML unless Accept names a JSON type and prefers nothing to it. An address for
 * programs answers JSON unless Accept prefers HTML, as that of browsers does.
 */
export function wantedForm(accept: string | undefined, readers: RouteRow['readers']): 'json' | 'html' {
  const ranges = weighted(accept ?? '*/*')
  const weightOf = (...matches: ((type: string) => boolean)[]): number => {
    for (const match of matches) {
      const found = ranges.filter((range) => match(range.name))
      if (found.length > 0) return Math.max(...found.map((range) => range.q))
    }
    return 0
  }
  const anything = (type: string) => type === '*/*'
  const html = weightOf(
    (type) => type === 'text/html',
    (type) => type === 'text/*',
    anything,
  )
  const json = weightOf(isJson, (type) => type === 'application/*', anything)
  if (html !== json) return html > json ? 'html' : 'json'
  const isJsonNamed = ranges.some(({ name, q }) => q > 0 && isJson(name))
  return readers === 'people' && !isJsonNamed ? 'html' : 'json'
}

/** Chooses `?lang=` if it is on the list, then the best of Accept-Language, then the first on the list. No cookie is read. */
export function chosenLanguage(
  { lang, acceptLanguage }: { lang: string | undefined; acceptLanguage: string | undefined },
  languages: readonly [string, ...string[]],
): string {
  const listed = (tag: string) => languages.find((language) => language.toLowerCase() === tag.toLowerCase())
  const asked = lang === undefined ? undefined : listed(lang)
  if (asked !== undefined) return asked
  const preferred = weighted(acceptLanguage ?? '').filter((entry) => entry.q > 0)
  for (const { name } of preferred.sort((a, b) => b.q - a.q)) {
    const language = listed(name) ?? listed(name.split('-')[0] ?? '')
    if (language !== undefined) return language
  }
  return languages[0]
}

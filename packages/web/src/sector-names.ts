import { titleOfField, titleOfOccupation } from '@sijil/qualifications'
import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import type { Language } from './messages/say.ts'
import th from './sector-names-th.data.json' with { type: 'json' }

/** ISCED-F 2013 (fields of study) and ISCO-08 (occupations): their codes mean different things. */
export type Scheme = 'fields' | 'occupations'

/** Titles in other languages, for those codes that some qualification here has, and their groups. A test holds them complete. */
const translated: Readonly<
  Record<Exclude<Language, 'en'>, Readonly<Record<Scheme, Readonly<Record<string, string>>>>>
> = { th }

/** A code in words, where it is known; the scheme's title is English where the page's language has none. */
export function sectorName(
  scheme: Scheme,
  code: string,
  language: Language,
): { text: string; language: Language } | undefined {
  const own = language === 'en' ? undefined : translated[language][scheme][code]
  const title = scheme === 'fields' ? titleOfField(code) : titleOfOccupation(code)
  if (own !== undefined) return { text: own, language }
  return title === undefined ? undefined : { text: title, language: 'en' }
}

/** Its words with its code. */
export function sector(scheme: Scheme, code: string, language: Language): Html {
  const name = sectorName(scheme, code, language)
  const written = `${scheme === 'fields' ? 'ISCED-F' : 'ISCO-08'} ${code}`
  if (name === undefined) return html`${written}`
  return html`${name.language === language ? name.text : foreign(name.text, name.language)} <span class="dim small nw">${written}</span>`
}

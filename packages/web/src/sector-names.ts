import { titleOfField, titleOfOccupation } from '@sijil/qualifications'
import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import type { Language } from './messages/say.ts'
import th from './sector-names-th.data.json' with { type: 'json' }

/** ISCED-F 2013 (fields of study) or ISCO-08 (occupations). The same code means different things in each. */
export type Scheme = 'fields' | 'occupations'

/** Translated titles of the codes that qualifications here use, and of their groups. A test checks that none is missing. */
const translated: Readonly<
  Record<Exclude<Language, 'en'>, Readonly<Record<Scheme, Readonly<Record<string, string>>>>>
> = { th }

/** The title of a code, if it is known. Without a translation, the English title of the scheme. */
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

/** The title with its code. */
export function sector(scheme: Scheme, code: string, language: Language): Html {
  const name = sectorName(scheme, code, language)
  const written = `${scheme === 'fields' ? 'ISCED-F 2013' : 'ISCO-08'} ${code}`
  if (name === undefined) return html`${written}`
  return html`${name.language === language ? name.text : foreign(name.text, name.language)} <span class="dim small nw">${written}</span>`
}

import { html } from 'hono/html'
import type { Html, Value } from '../html.ts'

/** Every language of the pages. A new one needs a row here and a translation of each catalogue. */
export const languages = {
  en: { name: 'English', fullStop: '.' },
  th: { name: 'ไทย', fullStop: '' },
} as const satisfies Record<string, { name: string; fullStop: string }>
export type Language = keyof typeof languages

/** Accepts only languages of the list. Anything else becomes English (W010). */
export function parseLanguage(text: string | null | undefined): Language {
  return typeof text === 'string' && Object.hasOwn(languages, text) ? (text as Language) : 'en'
}

type Places<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Places<Rest> : never
type Texts = Readonly<Record<string, string>>
type Key<T extends Texts> = keyof T & string
/** The values that a sentence needs, or nothing if it has no places. */
type Filled<T extends Texts, K extends Key<T>, V> = [Places<T[K]>] extends [never]
  ? []
  : [values: Record<Places<T[K]>, V>]

const place = /\{(\w+)\}/

/** Writes the sentences of one catalogue in every language. The English texts define the keys and their places. */
export interface Speaker<T extends Texts> {
  /** A sentence with its places filled. A value is escaped unless it is markup already. */
  say<K extends Key<T>>(language: Language, key: K, ...filled: Filled<T, K, Value>): Html
  /** The same as plain text, for attributes and titles. */
  phrase<K extends Key<T>>(language: Language, key: K, ...filled: Filled<T, K, string | number>): string
  /** A message that is a list, one item a line. */
  listOf(language: Language, key: Key<T>): readonly string[]
  isMessage(key: string): key is Key<T>
}

interface Prepared {
  /** The text between the places, and the names of the places, in turns. */
  parts: readonly string[]
  /** The same, with the text as markup. */
  pieces: readonly (Html | string)[]
}

export function speaker<const T extends Texts>(
  catalogues: { en: T } & Record<Exclude<Language, 'en'>, Record<keyof T, string>>,
): Speaker<T> {
  const textOf = (language: Language, key: Key<T>): string => catalogues[language][key]
  const prepared = new Map<string, Prepared>()
  /** Each text is cut at its places and escaped once, when it is first needed. A page has hundreds of them. */
  const prepare = (language: Language, key: Key<T>): Prepared => {
    const name = `${language} ${key}`
    const known = prepared.get(name)
    if (known !== undefined) return known
    const parts = textOf(language, key).split(place)
    const made = { parts, pieces: parts.map((part, index) => (index % 2 === 0 ? html`${part}` : part)) }
    prepared.set(name, made)
    return made
  }
  return {
    say(language, key, ...filled) {
      const { pieces } = prepare(language, key)
      const [only, ...more] = pieces
      if (only !== undefined && typeof only !== 'string' && more.length === 0) return only
      const values: Record<string, Value> = filled[0] ?? {}
      return html`${pieces.map((piece) => (typeof piece === 'string' ? (values[piece] ?? '') : piece))}`
    },
    phrase(language, key, ...filled) {
      const values: Record<string, string | number> = filled[0] ?? {}
      const { parts } = prepare(language, key)
      return parts.map((part, index) => (index % 2 === 0 ? part : (values[part] ?? ''))).join('')
    },
    listOf: (language, key) => textOf(language, key).split('\n'),
    isMessage: (key): key is Key<T> => Object.hasOwn(catalogues.en, key),
  }
}

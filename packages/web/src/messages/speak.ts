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

export function speaker<const T extends Texts>(
  catalogues: { en: T } & Record<Exclude<Language, 'en'>, Record<keyof T, string>>,
): Speaker<T> {
  const textOf = (language: Language, key: Key<T>): string => catalogues[language][key]
  return {
    say(language, key, ...filled) {
      const values: Record<string, Value> = filled[0] ?? {}
      const parts = textOf(language, key).split(place)
      return html`${parts.map((part, index) => (index % 2 === 0 ? part : (values[part] ?? '')))}`
    },
    phrase(language, key, ...filled) {
      const values: Record<string, string | number> = filled[0] ?? {}
      const parts = textOf(language, key).split(place)
      return parts.map((part, index) => (index % 2 === 0 ? part : (values[part] ?? ''))).join('')
    },
    listOf: (language, key) => textOf(language, key).split('\n'),
    isMessage: (key): key is Key<T> => Object.hasOwn(catalogues.en, key),
  }
}

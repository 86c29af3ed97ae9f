import { html } from 'hono/html'
import type { Html, Value } from '../html.ts'
import { en } from './en.ts'
import { th } from './th.ts'

export type MessageKey = keyof typeof en
export type Catalogue = Record<MessageKey, string>

/** Every language that exists, and no other. Another one joins by a file and a row. */
export const languages = {
  en: { name: 'English', catalogue: en },
  th: { name: 'ไทย', catalogue: th },
} as const satisfies Record<string, { name: string; catalogue: Catalogue }>
export type Language = keyof typeof languages

/** From an allow-list: whatever else was asked for is English (W010). */
export function parseLanguage(text: string | null | undefined): Language {
  return typeof text === 'string' && Object.hasOwn(languages, text) ? (text as Language) : 'en'
}

export const isMessage = (key: string): key is MessageKey => Object.hasOwn(en, key)

type Places<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Places<Rest> : never
export type Filled<K extends MessageKey> = [Places<(typeof en)[K]>] extends [never]
  ? []
  : [values: Record<Places<(typeof en)[K]>, Value>]

const place = /\{(\w+)\}/

/** A sentence with its places filled. A value is text unless it is markup already. */
export function say<K extends MessageKey>(language: Language, key: K, ...filled: Filled<K>): Html {
  const values: Record<string, Value> = filled[0] ?? {}
  const parts = languages[language].catalogue[key].split(place)
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : (values[part] ?? '')))}`
}

/** The same as plain text, for attributes and titles. */
export function phrase<K extends MessageKey>(
  language: Language,
  key: K,
  ...filled: [Places<(typeof en)[K]>] extends [never] ? [] : [values: Record<Places<(typeof en)[K]>, string | number>]
): string {
  const values: Record<string, string | number> = filled[0] ?? {}
  const parts = languages[language].catalogue[key].split(place)
  return parts.map((part, index) => (index % 2 === 0 ? part : (values[part] ?? ''))).join('')
}

/** A message that is a list, one item a line. */
export function listOf(language: Language, key: MessageKey): readonly string[] {
  return languages[language].catalogue[key].split('\n')
}

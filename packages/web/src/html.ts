import { html } from 'hono/html'

/** Markup whose values were escaped. Only `html` makes it; nothing in this package calls `raw` on a value. */
export type Html = ReturnType<typeof html>
export type Value = Html | string | number

const scripts = [
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Myanmar}/u, 'my'],
] as const

/** The language by which a script is set in this region: these break lines by word, and need taller lines. */
const languageOfScript = (text: string): string | undefined => scripts.find(([script]) => script.test(text))?.[1]

/** Foreign text: text, whatever it holds, and unable to turn the direction of what stands around it (W001, W005, W006). */
export function foreign(text: string, language = languageOfScript(text)): Html {
  return language === undefined ? html`<bdi>${text}</bdi>` : html`<bdi lang="${language}">${text}</bdi>`
}

/** Names, one after the other; of centres, which have commas of their own, with `; ` between them. */
export const namesOf = (names: readonly string[], between = ', '): Html =>
  html`${names.map((name, at) => html`${at === 0 ? '' : between}${foreign(name, 'en')}`)}`

/** One by itself, several as a list. */
export function bullets(items: readonly Html[]): Html {
  const [only, ...more] = items
  if (only !== undefined && more.length === 0) return only
  return html`<ul class="bul">${items.map((item) => html`<li>${item}</li>`)}</ul>`
}

/** A document as text. Everything here is made at once: a promise would mean that somebody handed in unfinished markup. */
export function render(document: Html): string {
  if (document instanceof Promise) throw new TypeError('a page must not wait for its parts')
  return document.toString()
}

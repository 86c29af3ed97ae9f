import { html } from 'hono/html'

/** Markup with escaped values. Only `html` makes it. Nothing in this package calls `raw` on a value. */
export type Html = ReturnType<typeof html>
export type Value = Html | string | number

const scripts = [
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Myanmar}/u, 'my'],
] as const

/** The language of a script of this region. Browsers need it to break lines between words, and such text needs taller lines. */
const languageOfScript = (text: string): string | undefined => scripts.find(([script]) => script.test(text))?.[1]

/** Foreign text. It is always shown as text and cannot change the direction of the text around it (W001, W005, W006). */
export function foreign(text: string, language = languageOfScript(text)): Html {
  return language === undefined ? html`<bdi>${text}</bdi>` : html`<bdi lang="${language}">${text}</bdi>`
}

/** Names in one line. Names of centres hold commas, so they need `; ` between them. */
export const namesOf = (names: readonly string[], between = ', '): Html =>
  html`${names.map((name, at) => html`${at === 0 ? '' : between}${foreign(name, 'en')}`)}`

/** One item as it is, several items as a list. */
export function bullets(items: readonly Html[]): Html {
  const [only, ...more] = items
  if (only !== undefined && more.length === 0) return only
  return html`<ul class="bul">${items.map((item) => html`<li>${item}</li>`)}</ul>`
}

/** A document as text. Throws on a promise: that would be unfinished markup, and every part must be ready at once. */
export function render(document: Html): string {
  if (document instanceof Promise) throw new TypeError('a page must not wait for its parts')
  return document.toString()
}

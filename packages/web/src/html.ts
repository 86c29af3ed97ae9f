import { html } from 'hono/html'

/** Markup with escaped values. Only `html` makes it. Nothing in this package calls `raw` on a value. */
export type Html = ReturnType<typeof html>
export type Value = Html | string | number

const scripts = [
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Myanmar}/u, 'my'],
  // Jawi is Malay in Arabic letters. A name alone does not say which language it is.
  [/\p{Script=Arabic}/u, 'und-Arab'],
] as const

/** The language of a script of this region. Browsers need it to break lines between words, and such text needs taller lines. */
const languageOfScript = (text: string): string | undefined => scripts.find(([script]) => script.test(text))?.[1]

/** The language of a text, corrected by its letters: a name in Thai letters is not English, whatever the record calls it. */
function languageOf(text: string, stated: string | undefined): string | undefined {
  const script = languageOfScript(text)
  if (script === undefined || stated === undefined) return stated ?? script
  if (stated === 'en') return /\p{Script=Latin}/u.test(text) ? stated : script
  // Malay is usually written in Latin letters, so the tag names the other script.
  return script === 'und-Arab' && /^(?:ms|id|jv)$/.test(stated) ? `${stated}-Arab` : stated
}

/** Foreign text. It is always shown as text and cannot change the direction of the text around it (W001, W005, W006). */
export function foreign(text: string, stated?: string): Html {
  const language = languageOf(text, stated)
  if (language === undefined) return html`<bdi>${text}</bdi>`
  // A name in Burmese with a short name in Latin letters counts as English, and still needs the taller lines of its letters.
  const isMixed = language === 'en' && languageOfScript(text) !== undefined
  return html`<bdi lang="${language}"${isMixed ? html` class="tall"` : ''}>${text}</bdi>`
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

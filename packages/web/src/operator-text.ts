import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'

/**
 * Shows a text that the operator wrote: paragraphs with an empty line between them, and lists whose lines begin with `- `. Nothing in it is
 * markup.
 */
export function operatorText(text: string, stated: string): Html {
  const blocks = text.split(/\n\s*\n/).map((block) => block.split('\n').flatMap((line) => line.trim() || []))
  return html`${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) =>
      lines.every((line) => line.startsWith('- '))
        ? html`<ul class="bul">${lines.map((line) => html`<li>${foreign(line.slice(2), stated)}</li>`)}</ul>`
        : html`<p>${foreign(lines.join(' '), stated)}</p>`,
    )}`
}

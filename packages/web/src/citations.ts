import { type Confidence, isFact } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { Html } from './html.ts'
import { phrase, say } from './messages/say.ts'
import type { PageContext } from './page.ts'

interface Citations {
  /** The numbers of the sources of a fact, and that it is unconfirmed where it is. */
  cite(fact: { sources: readonly string[]; confidence?: Confidence }): Html
  /** Every source that was cited so far. */
  list(): Html
}

/** What nobody can look up is no better than a guess, however sure somebody was of it: “general knowledge”, say. */
export const canBeLookedUp = (sources: readonly string[]): boolean =>
  sources.some((source) => source.startsWith('http'))

/** One numbering for a page: a source that is cited twice has one number. */
export function citations({ language }: PageContext): Citations {
  const numbers = new Map<string, number>()
  const numberOf = (source: string) => {
    const number = numbers.get(source) ?? numbers.size + 1
    numbers.set(source, number)
    return number
  }
  return {
    cite({ sources, confidence }) {
      const weak =
        (confidence === undefined || isFact(confidence)) && canBeLookedUp(sources)
          ? ''
          : html` <span class="small dim">(${say(language, 'state.unconfirmed')})</span>`
      const links = sources.map(numberOf).map(
        // biome-ignore format: a line break would be a space
        (number) => html`<a href="#source-${number}" aria-label="${phrase(language, 'state.source', { number: `[${number}]` })}">[${number}]</a>`,
      )
      return html`${weak}<span class="cite">${links}</span>`
    },
    // Shown as text, as everywhere: a source may move, and this site sends nobody elsewhere.
    list: () =>
      html`<section><h2>${say(language, 'qualification.source')}</h2><ol class="num sources small">${[...numbers].map(([source, number]) => html`<li id="source-${number}"><bdi class="mono">${source}</bdi></li>`)}</ol></section>`,
  }
}

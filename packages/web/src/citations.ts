import { type Confidence, isFact } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { Html } from './html.ts'
import { phrase, say } from './messages/say.ts'
import type { PageContext } from './page.ts'

interface Citations {
  /** The numbers of a fact's sources, and a mark if the fact is unconfirmed. */
  cite(fact: { sources: readonly string[]; confidence?: Confidence }): Html
  /** Every source cited so far. */
  list(): Html
}

/** A source that nobody can look up, such as “general knowledge”, is no better than a guess, however sure its author was. */
export const canBeLookedUp = (sources: readonly string[]): boolean =>
  sources.some((source) => source.startsWith('http'))

/**
 * A source as it is recorded. An address is a link, so that the reader can look it up. Two officers of an owner approved it, or it was read for
 * the baseline.
 */
export function sourceLink(source: string): Html {
  const words = html`<bdi class="mono">${source}</bdi>`
  return /^https?:\/\/\S+$/.test(source)
    ? html`<a href="${source}" rel="external nofollow noreferrer">${words}</a>`
    : words
}

/** The words above a list with links to other sites. */
export const sourceNote = (sources: Iterable<string>, { language }: PageContext): Html =>
  canBeLookedUp([...sources]) ? html`<p class="small dim">${say(language, 'qualification.source.text')}</p>` : html``

/** Numbers the sources of one page. A source that is cited twice keeps its number. */
export function citations(context: PageContext): Citations {
  const { language } = context
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
    list: () =>
      html`<section><h2>${say(language, 'qualification.source')}</h2>${sourceNote(numbers.keys(), context)}<ol class="num sources small">${[...numbers].map(([source, number]) => html`<li id="source-${number}">${sourceLink(source)}</li>`)}</ol></section>`,
  }
}

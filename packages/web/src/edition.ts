import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { say } from './messages/say.ts'
import type { PageContext } from './page.ts'

/**
 * The edition of the standard. A certificate leaves it out if it was not known. Our records, and certificates of the first form, hold an
 * English sentence that no source states it. The page then says so in its own language.
 */
export function edition(text: string | undefined, { language }: PageContext): Html {
  if (text === undefined) return say(language, 'facts.edition.unknown')
  const read = /^Edition of the standard not stated in the sources of (\d{1,2} \w+ \d{4})$/.exec(text)?.[1]
  return read === undefined
    ? foreign(text, 'en')
    : say(language, 'facts.edition.unstated', { date: day(`${read} UTC`, language) })
}

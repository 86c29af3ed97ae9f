import type { Right } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import { type Language, phrase, say } from './messages/say.ts'
import { local, type PageContext } from './page.ts'

/** The right and the qualifications that a change is about. Without `qualifications`, the scope names none of them. */
export interface ChangeTerms {
  right: Right
  /** `title` is absent if the qualification is not on record. */
  qualifications?: { framework: string } | readonly { id: string; title?: string | undefined }[]
}

/** Most qualifications that one line names. The page of an amendment shows the whole scope. */
const MOST_NAMED = 8

const othersOf = (all: readonly unknown[], language: Language): string =>
  all.length <= MOST_NAMED ? '' : ` ${phrase(language, 'changes.others', { count: all.length - MOST_NAMED })}`

function named({ qualifications }: ChangeTerms, context: PageContext): Html {
  const { language } = context
  if (qualifications === undefined) return say(language, 'issuer.scope.all')
  if ('framework' in qualifications)
    return say(language, 'issuer.scope.allOf', { framework: foreign(qualifications.framework, 'en') })
  if (qualifications.length === 0) return say(language, 'issuer.scope.noQualification')
  const links = qualifications.slice(0, MOST_NAMED).map(({ id, title }, at) => {
    const name = foreign(title ?? id, 'en')
    const link = title === undefined ? name : html`<a href="${local(`/qualifications/${id}`, context)}">${name}</a>`
    return html`${at === 0 ? '' : '; '}${link}`
  })
  return html`${links}${othersOf(qualifications, language)}`
}

/** The terms as a line of a page. Each qualification is a link. */
export const termsLine = (terms: ChangeTerms, context: PageContext): Html =>
  html`<p class="small">${say(context.language, `event.right.${terms.right}`)} ${say(context.language, 'changes.terms', { named: named(terms, context) })}</p>`

/** The terms as text, for a feed. */
export function termsText(terms: ChangeTerms, language: Language): string {
  const { right, qualifications } = terms
  const names =
    qualifications === undefined
      ? phrase(language, 'issuer.scope.all')
      : 'framework' in qualifications
        ? phrase(language, 'issuer.scope.allOf', qualifications)
        : qualifications.length === 0
          ? phrase(language, 'issuer.scope.noQualification')
          : qualifications
              .slice(0, MOST_NAMED)
              .map(({ id, title }) => (title === undefined ? id : `${title} (${id})`))
              .join('; ')
              .concat(othersOf(qualifications, language))
  return `${phrase(language, `event.right.${right}`)} ${phrase(language, 'changes.terms', { named: names })}`
}

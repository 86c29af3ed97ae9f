import type { ProblemBody } from '@sijil/http'
import { errorPage, notFoundPage, type PageContext, parseLanguage, refusedPage, tooManyPage } from '@sijil/web'
import type { PageParts } from './parts.ts'

/** Where no time to wait is stated, it is a minute, as after an answer of the firewall. */
const USUAL_WAIT = 60

type View = Partial<Pick<PageContext, 'languageChosen'>> & {
  language: string | undefined
  path?: string
  retryAfter?: number
}

/** Makes the page of a problem: its meaning, and a way back. The local gateway uses it too, when it answers in place of a function. */
export const problemPages =
  ({ baseUrl, policy }: Pick<PageParts, 'baseUrl' | 'policy'>) =>
  (problem: ProblemBody, { language, languageChosen = false, path = '/', retryAfter = USUAL_WAIT }: View): string => {
    const context: PageContext = {
      language: parseLanguage(language),
      languageChosen,
      path: '/',
      baseUrl,
      demonstration: policy.demonstration,
    }
    if (problem.status === 404) return notFoundPage(path.startsWith('/v/') ? 'link' : 'page', context)
    if (problem.status >= 500) return errorPage(context)
    if (problem.status === 429) return tooManyPage({ seconds: retryAfter }, context)
    const code = problem.type.split('/').at(-1) ?? ''
    return refusedPage({ code, ...(problem.detail && { detail: problem.detail }) }, context)
  }

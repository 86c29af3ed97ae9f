import { createHandler, type ProblemBody } from '@sijil/http'
import { witnessKeys } from '@sijil/registry'
import { errorPage, notFoundPage, parseLanguage, refusedPage } from '@sijil/web'
import { pagesAnswers } from './answers/pages.ts'
import { clock, edge, readEnvironment, readers, rowsOf } from './wiring.ts'

const environment = readEnvironment(process.env)
const parts = { ...readers(environment), clock, witnesses: witnessKeys(environment.WITNESSES) }

export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('pages'),
  answers: pagesAnswers(parts),
  tokens: undefined,
  problemPage(problem: ProblemBody, view) {
    const { baseUrl, policy } = parts
    const context = {
      language: parseLanguage(view.language) ?? 'en',
      languageChosen: view.languageChosen,
      path: '/',
      baseUrl,
      demonstration: policy.demonstration,
    } as const
    if (problem.status === 404) return notFoundPage(context)
    if (problem.status >= 500) return errorPage(context)
    const code = problem.type.split('/').at(-1) ?? ''
    return refusedPage({ code, ...(problem.detail && { detail: problem.detail }) }, context)
  },
})

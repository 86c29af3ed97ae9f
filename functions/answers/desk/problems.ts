import type { ProblemBody } from '@sijil/http'
import { returnPath } from '@sijil/http/sessions'
import type { TrustPolicy } from '@sijil/registry/trust'
import { deskProblemPage, parseLanguage } from '@sijil/web'
import { problemFrom } from './parts.ts'

/** Makes the page of a problem, in the language of the reader, with the next step. */
export const deskProblems =
  ({ baseUrl, policy }: { baseUrl: string; policy: TrustPolicy }) =>
  (
    problem: ProblemBody,
    {
      language,
      languageChosen,
      method,
      path,
      isKept,
      unkept,
      retryAfter,
    }: {
      language: string
      languageChosen: boolean
      method: string
      path: string
      isKept: boolean
      unkept?: Readonly<Record<string, string>>
      retryAfter?: number
    },
  ): string => {
    // A form posts to an address one step below its page. Only those of the actions, of issuing, and of batches post to their page itself.
    const asked =
      method === 'POST' && !/\/actions\/|\/issue$|\/batches(?:\/[^/]+)?$/.test(path)
        ? path.slice(0, path.lastIndexOf('/'))
        : path
    return deskProblemPage(
      { problem: problemFrom(problem, retryAfter), returnTo: returnPath(asked), isKept, ...(unkept && { unkept }) },
      {
        language: parseLanguage(language) ?? 'en',
        languageChosen,
        // Never the requested address: a foreign page must answer with exactly the same text as one that does not exist.
        path: '/desk',
        baseUrl,
        demonstration: policy.demonstration,
      },
    )
  }

import type { ProblemBody } from '@sijil/http'
import { returnPath } from '@sijil/http/sign-in'
import type { TrustPolicy } from '@sijil/registry/trust'
import { deskProblemPage, parseLanguage } from '@sijil/web'
import { problemFrom } from './parts.ts'

/** Problems for people: a page in their language with what to do next. */
export const deskProblems =
  ({ baseUrl, policy }: { baseUrl: string; policy: TrustPolicy }) =>
  (
    problem: ProblemBody,
    {
      language,
      languageChosen,
      method,
      path,
    }: { language: string; languageChosen: boolean; method: string; path: string },
  ): string => {
    // A form is sent to a step below its page, or to the page itself.
    const asked = method === 'POST' && !path.endsWith('/accredit') ? path.slice(0, path.lastIndexOf('/')) : path
    return deskProblemPage(
      { problem: problemFrom(problem), returnTo: returnPath(asked) },
      {
        language: parseLanguage(language) ?? 'en',
        languageChosen,
        // Never the address that was asked: what is foreign answers letter by letter like what does not exist.
        path: '/desk',
        baseUrl,
        demonstration: policy.demonstration,
      },
    )
  }

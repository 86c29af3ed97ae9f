import { route } from '@sijil/http'
import {
  aboutPage,
  accessibilityPage,
  type Operator,
  type PageContext,
  privacyPage,
  reportProblemPage,
} from '@sijil/web'
import { contextOf, either, type PageParts } from './parts.ts'

/** RFC 9116 §2.5.5 requires an expiry date. */
const SECURITY_TXT_DAYS = 180

/** Undefined: the operator has not stated who they are. */
export type OperatorParts = PageParts & { operator: Operator | undefined }

/** A page that says who the operator is, as a page and as JSON. */
const stating = (
  path: string,
  render: (operator: Operator | undefined, context: PageContext) => string,
  { operator, ...parts }: OperatorParts,
) =>
  route<Record<never, string>, undefined>({
    answer(asked) {
      const { pages: _, ...stated } = operator ?? {}
      const json = { operator: operator === undefined ? null : stated }
      return either(asked, json, () => render(operator, contextOf(asked, path, parts)))
    },
  })

/** Pages about the registry and its operator, routes for the operator, and for people who found a weakness. */
export const operatorsAnswers = ({ baseUrl, clock, ...parts }: OperatorParts) => ({
  'GET /about': stating('/about', aboutPage, { baseUrl, clock, ...parts }),
  'GET /privacy': stating('/privacy', privacyPage, { baseUrl, clock, ...parts }),
  'GET /accessibility': stating('/accessibility', accessibilityPage, { baseUrl, clock, ...parts }),
  'GET /report-problem': stating('/report-problem', reportProblemPage, { baseUrl, clock, ...parts }),
  'GET /healthz': route<Record<never, string>, undefined>({
    answer: () => ({ status: 200, body: { status: 'up' } }),
  }),
  'GET /.well-known/security.txt': route<Record<never, string>, undefined>({
    answer() {
      const expires = new Date(clock().getTime() + SECURITY_TXT_DAYS * 86_400_000)
      const lines = [
        `Contact: mailto:security@${new URL(baseUrl).hostname}`,
        `Expires: ${expires.toISOString().slice(0, 10)}T00:00:00Z`,
        'Preferred-Languages: en',
        `Canonical: ${baseUrl}/.well-known/security.txt`,
      ]
      return { status: 200, body: `${lines.join('\n')}\n`, type: 'text/plain; charset=utf-8' }
    },
  }),
})

import { route } from '@sijil/http'
import type { PageParts } from './parts.ts'

/** RFC 9116 §2.5.5 requires an expiry date. */
const SECURITY_TXT_DAYS = 180

/** Routes for the operator, and for people who found a weakness. */
export const operatorsAnswers = ({ baseUrl, clock }: PageParts) => ({
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

import { describeApi, route } from '@sijil/http'
import { routes } from '../../routes.ts'
import {
  issueInput,
  reinstateInput,
  revokeInput,
  suspendInput,
  vcalmIssueInput,
  vcalmPresentationInput,
  vcalmStatusInput,
  vcalmVerifyInput,
  verifyInput,
} from '../inputs.ts'
import type { PageParts } from './parts.ts'

// biome-ignore format: it reads as a table
const described = {
  'POST /verify':                                         { body: 'json', input: verifyInput },
  'POST /credentials/verify':                             { body: 'json', input: vcalmVerifyInput },
  'POST /presentations/verify':                           { body: 'json', input: vcalmPresentationInput },
  'POST /issuers/{issuer}/credentials':                   { body: 'json', input: issueInput, status: 201 },
  'POST /issuers/{issuer}/credentials/issue':             { body: 'json', input: vcalmIssueInput, status: 201 },
  'POST /issuers/{issuer}/credentials/{id}/revoke':       { body: 'json', input: revokeInput },
  'POST /issuers/{issuer}/credentials/{id}/suspend':      { body: 'json', input: suspendInput },
  'POST /issuers/{issuer}/credentials/{id}/reinstate':    { body: 'json', input: reinstateInput },
  'POST /issuers/{issuer}/credentials/status':            { body: 'json', input: vcalmStatusInput },
  'POST /check':                                          { body: 'multipart' },
  'POST /v/{token}':                                      { body: 'multipart' },
} as const

/** RFC 9116 wants a day on which to look again. */
const SECURITY_TXT_DAYS = 180

export const serviceAnswers = ({ baseUrl, tokenIssuer, clock }: PageParts) => {
  const description = describeApi({ rows: routes, described, title: 'Sijil', version: '1', baseUrl, tokenIssuer })
  return {
    'GET /healthz': route<Record<never, string>, undefined>({
      answer: () => ({ status: 200, body: { status: 'up' } }),
    }),
    'GET /openapi.json': route<Record<never, string>, undefined>({
      answer: () => ({ status: 200, body: description }),
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
  }
}

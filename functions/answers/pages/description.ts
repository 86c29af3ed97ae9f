import { describeApi } from '@sijil/http/openapi'
import { routes } from '../../routes.ts'
import { issueInput, reinstateInput, revokeInput, suspendInput, vcalmIssueInput, vcalmStatusInput } from '../inputs.ts'
import { vcalmPresentationInput, vcalmVerifyInput, verifyInput } from '../verify-inputs.ts'
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

/** This API, as OpenAPI 3.1. */
export const describe = ({ baseUrl, tokenIssuer }: Pick<PageParts, 'baseUrl' | 'tokenIssuer'>): object =>
  describeApi({ rows: routes, described, title: 'Sijil', version: '1', baseUrl, tokenIssuer })

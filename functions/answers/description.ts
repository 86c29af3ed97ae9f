import { describeApi } from '@sijil/http/openapi'
import { routes } from '../routes.ts'
import {
  accreditInput,
  addKeyInput,
  amendInput,
  approveInput,
  changeInput,
  compromiseInput,
  keyInput,
  memberInput,
  nothingInput,
  registerInput,
  rejectInput,
  revokeCertificateInput,
  succeedInput,
  suspendInput as suspendAccreditationInput,
  suspendCertificateInput,
} from './decision-inputs.ts'
import { issueInput, reinstateInput, revokeInput, suspendInput, vcalmIssueInput, vcalmStatusInput } from './inputs.ts'
import { registersQuery } from './records.ts'
import { trqpInput } from './trqp-question.ts'
import { vcalmPresentationInput, vcalmVerifyInput, verifyInput } from './verify-inputs.ts'

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
  'POST /authorities/{authority}/accreditations':               { body: 'json', input: accreditInput, status: 202 },
  'POST /authorities/{authority}/accreditations/{id}/amend':    { body: 'json', input: amendInput, status: 202 },
  'POST /authorities/{authority}/accreditations/{id}/suspend':  { body: 'json', input: suspendAccreditationInput },
  'POST /authorities/{authority}/accreditations/{id}/lift':     { body: 'json', input: changeInput, status: 202 },
  'POST /authorities/{authority}/accreditations/{id}/withdraw': { body: 'json', input: changeInput, status: 202 },
  'POST /authorities/{authority}/proposals/{id}/approve':       { body: 'json', input: approveInput },
  'POST /authorities/{authority}/proposals/{id}/reject':        { body: 'json', input: rejectInput },
  'POST /authorities/{authority}/proposals/{id}/carry-out':     { body: 'json', input: nothingInput },
  'POST /authorities/{authority}/credentials/{issuer}/{id}/suspend':   { body: 'json', input: suspendCertificateInput },
  'POST /authorities/{authority}/credentials/{issuer}/{id}/revoke':    { body: 'json', input: revokeCertificateInput, status: 202 },
  'POST /authorities/{authority}/credentials/{issuer}/{id}/reinstate': { body: 'json', input: nothingInput, status: 202 },
  'POST /authorities/{authority}/authorities':                  { body: 'json', input: registerInput, status: 202 },
  'POST /authorities/{authority}/bodies':                       { body: 'json', input: registerInput, status: 202 },
  'POST /authorities/{authority}/centres':                      { body: 'json', input: registerInput, status: 202 },
  'POST /authorities/{authority}/successions':                  { body: 'json', input: succeedInput, status: 202 },
  'POST /authorities/{authority}/members':                      { body: 'json', input: memberInput, status: 202 },
  'POST /issuers/{issuer}/keys':                                { body: 'json', input: addKeyInput, status: 202 },
  'POST /issuers/{issuer}/keys/{id}/suspend':                   { body: 'json', input: keyInput },
  'POST /issuers/{issuer}/keys/{id}/resume':                    { body: 'json', input: keyInput, status: 202 },
  'POST /issuers/{issuer}/keys/{id}/retire':                    { body: 'json', input: keyInput, status: 202 },
  'POST /issuers/{issuer}/keys/{id}/compromise':                { body: 'json', input: compromiseInput, status: 202 },
  'POST /authorization':                                        { body: 'json', input: trqpInput },
  'POST /recognition':                                          { body: 'json', input: trqpInput },
  'GET /registers':                                             { body: 'none', query: registersQuery },
  'POST /check':                                          { body: 'multipart' },
  'POST /v/{token}':                                      { body: 'multipart' },
  'POST /desk/sign-out':                                                       { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/accredit':                               { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/accreditations/{id}/suspend':            { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/accreditations/{id}/lift':               { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/accreditations/{id}/withdraw':           { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/proposals/{id}/approve':                 { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/proposals/{id}/reject':                  { body: 'form', status: 303 },
} as const

/** This API, as OpenAPI 3.1. */
export const describe = ({ baseUrl, tokenIssuer }: { baseUrl: string; tokenIssuer: string }): object =>
  describeApi({ rows: routes, described, title: 'Sijil', version: '1', baseUrl, tokenIssuer })

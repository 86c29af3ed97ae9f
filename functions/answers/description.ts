import { type Described, describeApi } from '@sijil/http/openapi'
import * as z from 'zod'
import { type FunctionName, type Route, routes } from '../routes.ts'
import {
  assignRecordInput,
  retireQualificationInput,
  stateEditionInput,
  stateQualificationInput,
} from './catalogue-inputs.ts'
import {
  acceptListInput,
  accreditInput,
  addKeyInput,
  amendInput,
  approveInput,
  brakeInput,
  certifyInput,
  changeInput,
  compromiseInput,
  contactInput,
  keyInput,
  memberInput,
  nothingInput,
  registerBodyInput,
  registerInput,
  rejectInput,
  releaseInput,
  removeMemberInput,
  revokeCertificateInput,
  succeedInput,
  suspendInput as suspendAccreditationInput,
  suspendCertificateInput,
  suspendListInput,
} from './decision-inputs.ts'
import { files, formsOf, problemFormsOf, says } from './forms.ts'
import {
  confirmLevelsInput,
  endPlacementInput,
  placeEditionInput,
  stateFrameworkInput,
  stateReferencingInput,
} from './framework-inputs.ts'
import {
  changesInput,
  issueInput,
  reinstateInput,
  revokeInput,
  suspendInput,
  vcalmIssueInput,
  vcalmStatusInput,
} from './inputs.ts'
import { outputs, waitingAction } from './outputs.ts'
import { checkInput, reportFakeInput, reportMistakeInput, viewInput } from './pages/inputs.ts'
import { headers, language, parameters } from './parameters.ts'
import { registersQuery } from './records.ts'
import { trqpInput } from './trqp-input.ts'
import { vcalmPresentationInput, vcalmVerifyInput, verifyInput } from './verify-inputs.ts'

// biome-ignore format: it reads as a table
const bodies: Readonly<Record<string, Described>> = {
  'POST /verify':                                         { body: 'json', input: verifyInput },
  'POST /credentials/verify':                             { body: 'json', input: vcalmVerifyInput },
  'POST /presentations/verify':                           { body: 'json', input: vcalmPresentationInput },
  'POST /issuers/{issuer}/credentials':                   { body: 'json', input: issueInput, status: 201 },
  'POST /issuers/{issuer}/credentials/issue':             { body: 'json', input: vcalmIssueInput, status: 201 },
  'POST /issuers/{issuer}/credentials/{id}/correct':      { body: 'json', input: changesInput, status: 201 },
  'POST /issuers/{issuer}/credentials/{id}/renew':        { body: 'json', input: changesInput, status: 201 },
  'POST /issuers/{issuer}/credentials/{id}/revoke':       { body: 'json', input: revokeInput },
  'POST /issuers/{issuer}/credentials/{id}/suspend':      { body: 'json', input: suspendInput },
  'POST /issuers/{issuer}/credentials/{id}/reinstate':    { body: 'json', input: reinstateInput },
  'POST /issuers/{issuer}/credentials/status':            { body: 'json', input: vcalmStatusInput },
  'POST /issuers/{issuer}/proposals/approve':            { body: 'json', input: releaseInput },
  'POST /issuers/{issuer}/proposals/{id}/approve':       { body: 'json', input: nothingInput },
  'POST /issuers/{issuer}/proposals/{id}/reject':        { body: 'json', input: rejectInput },
  'POST /authorities/{authority}/accreditations':               { body: 'json', input: accreditInput, status: 202 },
  'POST /authorities/{authority}/accreditations/{id}/amend':    { body: 'json', input: amendInput, status: 202 },
  'POST /authorities/{authority}/accreditations/{id}/suspend':  { body: 'json', input: suspendAccreditationInput },
  'POST /authorities/{authority}/accreditations/{id}/join':     { body: 'json', input: changeInput, status: 202 },
  'POST /authorities/{authority}/accreditations/{id}/confirm':     { body: 'json', input: changeInput, status: 202 },
  'POST /authorities/{authority}/accreditations/{id}/lift':     { body: 'json', input: changeInput, status: 202 },
  'POST /authorities/{authority}/accreditations/{id}/withdraw': { body: 'json', input: changeInput, status: 202 },
  'POST /authorities/{authority}/proposals/{id}/approve':       { body: 'json', input: approveInput },
  'POST /authorities/{authority}/proposals/{id}/reject':        { body: 'json', input: rejectInput },
  'POST /authorities/{authority}/proposals/{id}/carry-out':     { body: 'json', input: nothingInput },
  'POST /authorities/{authority}/credentials/{issuer}/{id}/suspend':   { body: 'json', input: suspendCertificateInput },
  'POST /authorities/{authority}/credentials/{issuer}/{id}/revoke':    { body: 'json', input: revokeCertificateInput, status: 202 },
  'POST /authorities/{authority}/credentials/{issuer}/{id}/reinstate': { body: 'json', input: nothingInput, status: 202 },
  'POST /authorities/{authority}/authorities':                  { body: 'json', input: registerInput, status: 202 },
  'POST /authorities/{authority}/bodies':                       { body: 'json', input: registerBodyInput, status: 202 },
  'POST /authorities/{authority}/centres':                      { body: 'json', input: registerInput, status: 202 },
  'POST /authorities/{authority}/successions':                  { body: 'json', input: succeedInput, status: 202 },
  'POST /authorities/{authority}/contacts':                     { body: 'json', input: contactInput, status: 202 },
  'POST /authorities/{authority}/members':                      { body: 'json', input: memberInput, status: 202 },
  'POST /authorities/{authority}/members/remove':               { body: 'json', input: removeMemberInput, status: 202 },
  'POST /authorities/{authority}/lists':                        { body: 'json', input: acceptListInput, status: 202 },
  'POST /authorities/{authority}/lists/suspend':                { body: 'json', input: suspendListInput },
  'POST /authorities/{authority}/lists/bundles':                { body: 'list' },
  'POST /issuers/{issuer}/qualifications':                    { body: 'json', input: stateQualificationInput, status: 202 },
  'POST /issuers/{issuer}/qualifications/{id}/editions':      { body: 'json', input: stateEditionInput, status: 202 },
  'POST /issuers/{issuer}/qualifications/{id}/retire':        { body: 'json', input: retireQualificationInput, status: 202 },
  'POST /issuers/{issuer}/qualifications/proposals/{id}/approve': { body: 'json', input: approveInput },
  'POST /issuers/{issuer}/qualifications/proposals/{id}/reject':  { body: 'json', input: rejectInput },
  'POST /authorities/{authority}/frameworks': { body: 'json', input: stateFrameworkInput, status: 202 },
  'POST /authorities/{authority}/frameworks/{id}/referencings': { body: 'json', input: stateReferencingInput, status: 202 },
  'POST /authorities/{authority}/frameworks/{id}/levels/confirm': { body: 'json', input: confirmLevelsInput, status: 202 },
  'POST /authorities/{authority}/placements': { body: 'json', input: placeEditionInput, status: 202 },
  'POST /authorities/{authority}/assignments': { body: 'json', input: assignRecordInput, status: 202 },
  'POST /authorities/{authority}/placements/end': { body: 'json', input: endPlacementInput, status: 202 },
  'POST /issuers/{issuer}/brake':                              { body: 'json', input: brakeInput, status: 202 },
  'POST /issuers/{issuer}/keys/{id}/certify':                   { body: 'json', input: certifyInput, status: 202 },
  'POST /issuers/{issuer}/keys':                                { body: 'json', input: addKeyInput, status: 202 },
  'POST /issuers/{issuer}/keys/{id}/suspend':                   { body: 'json', input: keyInput },
  'POST /issuers/{issuer}/keys/{id}/resume':                    { body: 'json', input: keyInput, status: 202 },
  'POST /issuers/{issuer}/keys/{id}/retire':                    { body: 'json', input: keyInput, status: 202 },
  'POST /issuers/{issuer}/keys/{id}/compromise':                { body: 'json', input: compromiseInput, status: 202 },
  'POST /authorization':                                        { body: 'json', input: trqpInput },
  'POST /recognition':                                          { body: 'json', input: trqpInput },
  'GET /registers':                                             { body: 'none', query: registersQuery },
  'POST /log/{log}/cosignatures':                         { body: 'text' },
  'POST /federation/trust-mark-status':                   { body: 'form' },
  'POST /check':                                          { body: 'multipart', input: checkInput },
  'POST /v/{token}':                                      { body: 'multipart', input: viewInput },
  'POST /v/{token}/paper':                                { body: 'form' },
  'POST /report-fake':                                    { body: 'multipart', input: reportFakeInput },
  'POST /report-mistake/{kind}/{id}':                     { body: 'form', input: reportMistakeInput },
  'POST /desk/sign-out':                                                       { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/actions/{action}':                       { body: 'form' },
  'POST /desk/authorities/{authority}/lists':                                 { body: 'multipart-list', status: 303 },
  'POST /desk/authorities/{authority}/actions/register-body/domain':          { body: 'multipart' },
  'POST /desk/authorities/{authority}/accreditations/{id}/suspend':            { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/proposals/{id}/approve':                 { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/proposals/{id}/reject':                  { body: 'form', status: 303 },
  'POST /desk/issuers/{issuer}/actions/{action}':                              { body: 'form' },
  'POST /desk/issuers/{issuer}/proposals/{id}/approve':                        { body: 'form', status: 303 },
  'POST /desk/issuers/{issuer}/proposals/{id}/reject':                         { body: 'form', status: 303 },
  'POST /desk/issuers/{issuer}/certificates':                                 { body: 'form' },
  'POST /desk/issuers/{issuer}/certificates/{id}/show':                       { body: 'form' },
  'POST /desk/issuers/{issuer}/certificates/{id}/correct':                    { body: 'form' },
  'POST /desk/issuers/{issuer}/certificates/{id}/renew':                      { body: 'form' },
  'POST /desk/issuers/{issuer}/issue':                                        { body: 'form' },
  'POST /desk/issuers/{issuer}/issue/sign':                                   { body: 'form' },
  'POST /desk/issuers/{issuer}/certificates/{id}/suspend':                    { body: 'form', status: 303 },
  'POST /desk/issuers/{issuer}/certificates/{id}/reinstate':                  { body: 'form', status: 303 },
  'POST /desk/issuers/{issuer}/certificates/{id}/revoke':                     { body: 'form', status: 303 },
  'POST /desk/issuers/{issuer}/waiting/{id}/approve':                         { body: 'form', status: 303 },
  'POST /desk/issuers/{issuer}/waiting/{id}/reject':                          { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/certificates/{issuer}/{id}/suspend':    { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/proposals/{id}/carry-out':              { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/waiting/{id}/approve':                  { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/waiting/{id}/reject':                   { body: 'form', status: 303 },
  'POST /desk/issuers/{issuer}/reports/{body}/{id}/open':                      { body: 'form' },
  'POST /desk/issuers/{issuer}/reports/{body}/{id}/close':                     { body: 'form', status: 303 },
  'POST /desk/authorities/{authority}/reports/{body}/{id}/open':               { body: 'form' },
  'POST /desk/authorities/{authority}/reports/{body}/{id}/close':              { body: 'form', status: 303 },
}

const ofIssuing = [
  'in-progress',
  'quota-exceeded',
  'idempotency-key-reuse',
  'type-not-in-scope',
  'issuer-suspended',
  'issuer-not-accredited',
] as const
const ofSuccession = [...ofIssuing, 'member-limit-reached', 'idempotency-key-missing', 'not-found', 'conflict'] as const

/** Facts that no row and no schema states: answers in the form of a protocol, and problems that are particular to a route. */
// biome-ignore format: it reads as a table
const answered: Readonly<Record<string, Pick<Described, 'also' | 'waits' | 'refusesInOwnForm' | 'problems'>>> = {
  'POST /verify':                             { problems: ['not-found'] },
  'POST /credentials/verify':                 { also: [400], refusesInOwnForm: true },
  'POST /presentations/verify':               { also: [400], refusesInOwnForm: true },
  'POST /issuers/{issuer}/credentials':       { waits: waitingAction, problems: ['in-progress', 'quota-exceeded', 'member-limit-reached', 'idempotency-key-missing', 'idempotency-key-reuse', 'type-not-in-scope', 'issuer-suspended', 'issuer-not-accredited'] },
  'POST /issuers/{issuer}/credentials/{id}/correct': { waits: waitingAction, problems: ofSuccession },
  'POST /issuers/{issuer}/credentials/{id}/renew':   { problems: ofSuccession },
  'POST /issuers/{issuer}/credentials/issue': { problems: ['in-progress', 'quota-exceeded', 'idempotency-key-reuse', 'type-not-in-scope', 'issuer-suspended', 'issuer-not-accredited'] },
  'POST /authorities/{authority}/accreditations/{id}/suspend': { problems: ['member-limit-reached'] },
  'POST /issuers/{issuer}/keys/{id}/suspend':                  { problems: ['member-limit-reached'] },
  'POST /authorities/{authority}/credentials/{issuer}/{id}/suspend': { waits: waitingAction, problems: ['member-limit-reached'] },
  'POST /issuers/{issuer}/credentials/{id}/revoke':  { waits: waitingAction, problems: ['member-limit-reached'] },
  'POST /issuers/{issuer}/credentials/{id}/suspend': { waits: waitingAction, problems: ['member-limit-reached'] },
  'POST /issuers/{issuer}/credentials/status':       { waits: waitingAction, problems: ['member-limit-reached'] },
  'POST /issuers/{issuer}/proposals/approve':        { problems: ['fresh-sign-in-required', 'stronger-sign-in-required'] },
  'POST /issuers/{issuer}/proposals/{id}/approve':   { problems: ['four-eyes-required', 'fresh-sign-in-required', 'stronger-sign-in-required'] },
  'POST /authorities/{authority}/proposals/{id}/approve': { problems: ['four-eyes-required', 'fresh-sign-in-required', 'stronger-sign-in-required'] },
  'POST /issuers/{issuer}/qualifications/proposals/{id}/approve': { problems: ['four-eyes-required', 'fresh-sign-in-required', 'stronger-sign-in-required'] },
  'POST /authorities/{authority}/proposals/{id}/carry-out': { problems: ['four-eyes-required', 'fresh-sign-in-required'] },
  'GET /registers':                           { problems: ['not-found'] },
  'GET /issuers/{issuer}/accreditations':     { problems: ['validation-failed'] },
  'GET /status-lists/{id}':                   { problems: ['status-not-retrievable'] },
  'POST /authorization':                      { problems: ['authority-not-served'] },
  'POST /recognition':                        { problems: ['authority-not-served'] },
  'GET /lookups/{list}':                      { problems: ['not-implemented'] },
  'GET /entities':                            { problems: ['not-implemented'] },
  'GET /entities/{id}':                       { problems: ['not-implemented'] },
  'GET /ecosystems/{id}':                     { problems: ['not-implemented'] },
  'GET /federation/fetch':                    { also: [400, 404] },
  'GET /fetch':                               { also: [400, 404] },
  'GET /federation/list':                     { also: [400] },
  'GET /federation/resolve':                  { also: [400, 404] },
  'GET /federation/trust-mark':               { also: [400, 404] },
  'GET /federation/trust-mark-list':          { also: [400, 404] },
  'GET /federation/trust-mark-status':        { also: [400, 404] },
  'POST /federation/trust-mark-status':       { also: [400, 404] },
  'GET /issuers/{issuer}/.well-known/openid-federation': { also: [404] },
  'GET /states/compare':                      { problems: ['not-found'] },
  'GET /v/{token}':                           { also: [308] },
  'POST /check':                              { also: [303], problems: ['not-found'] },
  'GET /check':                               { also: [303] },
  'POST /report-fake':                        { also: [303], problems: ['foreign-form'] },
  'POST /report-mistake/{kind}/{id}':         { also: [303], problems: ['foreign-form', 'not-found', 'conflict'] },
  'POST /desk/authorities/{authority}/actions/{action}': { also: [303], problems: ['conflict', 'member-limit-reached'] },
  'POST /desk/issuers/{issuer}/actions/{action}': { also: [303], problems: ['conflict'] },
  'POST /desk/authorities/{authority}/accreditations/{id}/suspend': { problems: ['member-limit-reached'] },
  'POST /desk/issuers/{issuer}/certificates/{id}/show': { problems: ['member-limit-reached', 'conflict'] },
  'POST /desk/issuers/{issuer}/certificates/{id}/correct': { problems: ['member-limit-reached', 'conflict'] },
  'POST /desk/issuers/{issuer}/certificates/{id}/renew': { problems: ['member-limit-reached', 'conflict'] },
  'POST /desk/issuers/{issuer}/issue': { problems: ofIssuing },
  'POST /desk/issuers/{issuer}/issue/sign': { also: [303, 422], problems: [...ofIssuing, 'sign-in-required', 'foreign-form', 'not-found'] },
  'POST /desk/issuers/{issuer}/certificates/{id}/suspend': { problems: ['member-limit-reached'] },
  'POST /desk/issuers/{issuer}/certificates/{id}/revoke':  { problems: ['member-limit-reached'] },
  'POST /desk/authorities/{authority}/certificates/{issuer}/{id}/suspend': { problems: ['member-limit-reached'] },
  'GET /desk/authorities/{authority}/certificates': { also: [303] },
  'GET /desk/sign-in/start':                  { also: [303] },
  'GET /desk/callback':                       { also: [303], problems: ['sign-in-failed'] },
}

/** Functions that answer pages in the language of the reader. */
const inLanguages: ReadonlySet<FunctionName> = new Set(['pages', 'reports', 'desk', 'office'])
const isInLanguages = ({ function: name, scope }: Route) => inLanguages.has(name) || scope === 'order'

/** Every route, with its inputs and its answers. */
export const described: Readonly<Record<string, Described>> = Object.fromEntries(
  (routes as readonly Route[]).map((row): [string, Described] => {
    const key = `${row.method} ${row.path}`
    const query = { ...parameters[key], ...(isInLanguages(row) && language) }
    const own = headers[key]
    const output = outputs[key]
    return [
      key,
      {
        body: 'none',
        ...(Object.keys(query).length > 0 && { query: z.object(query) }),
        ...(own && { headers: z.object(own) }),
        ...(output && { output }),
        forms: formsOf(row),
        ...(files[key] && { files: files[key] }),
        ...(says[key] && { says: says[key] }),
        ...(problemFormsOf(row) && { problemForms: problemFormsOf(row) }),
        ...answered[key],
        ...bodies[key],
      },
    ]
  }),
)

/** This API, as OpenAPI 3.1. */
export const describe = ({ baseUrl, tokenIssuer }: { baseUrl: string; tokenIssuer: string }): object =>
  describeApi({ rows: routes, described, title: 'Sijil', version: '1', baseUrl, tokenIssuer })

import type * as z from 'zod'
import type { FunctionName, Route } from '../routes.ts'
import { document } from './outputs.ts'

/** Media types of successful answers, and what their headers mean. `test/journeys` fails for an answer that differs. */

const page = ['application/json', 'text/html']
const statement = ['application/entity-statement+jwt']
const status = ['application/trust-mark-status-response+jwt']

// biome-ignore format: it reads as a table
/** A route without a row answers only JSON. */
const forms: Readonly<Record<string, readonly string[]>> = {
  'GET /':                                             page,
  'POST /desk/authorities/{authority}/actions/{action}': ['text/html'],
  'POST /desk/issuers/{issuer}/actions/{action}': ['text/html'],
  'POST /desk/issuers/{issuer}/certificates': ['text/html'],
  'POST /desk/issuers/{issuer}/certificates/{id}/show': ['text/html'],
  'POST /desk/issuers/{issuer}/certificates/{id}/correct': ['text/html'],
  'POST /desk/issuers/{issuer}/certificates/{id}/renew': ['text/html'],
  'POST /desk/issuers/{issuer}/issue': ['text/html'],
  'POST /desk/issuers/{issuer}/issue/sign': ['text/html'],
  'POST /desk/issuers/{issuer}/certificates/{id}/new-link': ['text/html'],
  'POST /desk/issuers/{issuer}/certificates/{id}/new-link/make': ['text/html'],
  'POST /desk/issuers/{issuer}/certificates/{id}/print': ['text/html'],
  'POST /desk/issuers/{issuer}/certificates/{id}/print/paper': ['application/pdf'],
  'POST /desk/issuers/{issuer}/signatory/names': ['text/html'],
  'POST /desk/issuers/{issuer}/webhooks/secret': ['text/html'],
  'GET /desk/issuers/{issuer}/logo/{id}': ['image/png'],
  'GET /desk/authorities/{authority}/single-decisions': ['text/html'],
  'POST /desk/authorities/{authority}/single-decisions': ['text/html'],
  'GET /desk/authorities/{authority}/single-decisions/{id}': ['text/html'],
  'POST /desk/authorities/{authority}/single-decisions/{id}': ['text/html'],
  'GET /desk/issuers/{issuer}/batches': ['text/html'],
  'POST /desk/issuers/{issuer}/batches': [],
  'GET /desk/issuers/{issuer}/batches/{id}': ['text/html'],
  'POST /desk/issuers/{issuer}/batches/{id}': ['text/html'],
  'GET /desk/issuers/{issuer}/batches/{id}/rows.csv': ['text/csv'],
  'GET /desk/issuers/{issuer}/trail.csv': ['text/csv', 'text/html'],
  'GET /desk/issuers/{issuer}/trail.json': ['application/json', 'text/html'],
  'POST /desk/authorities/{authority}/actions/register-body/domain': ['text/html', 'text/plain'],
  'POST /desk/authorities/{authority}/reports/{body}/{id}/open': ['text/html'],
  'POST /desk/issuers/{issuer}/reports/{body}/{id}/open': ['text/html'],
  'GET /check':                                        [],
  'POST /check':                                       page,
  'GET /v/{token}':                                    page,
  'POST /v/{token}':                                   page,
  'POST /v/{token}/paper':                             ['application/pdf'],
  'POST /issuers/{issuer}/credentials/{id}/paper':     ['application/pdf'],
  'GET /issuers':                                      page,
  'GET /issuers/{issuer}':                             page,
  'GET /issuers/{issuer}/did.json':                    ['application/did+json'],
  'GET /changes':                                      page,
  'GET /changes/{index}':                              page,
  'GET /changes.atom':                                 ['application/atom+xml'],
  'GET /issuers/{issuer}/changes.atom':                ['application/atom+xml'],
  'GET /authorities':                                  page,
  'GET /qualifications':                               page,
  'GET /qualifications/{id}/template.csv':             ['text/csv'],
  'GET /qualifications/{id}/template.xlsx':            ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  'GET /qualifications.csv':                           ['text/csv'],
  'GET /issuers/{issuer}/batches/{id}/results':         ['application/json', 'application/x-ndjson'],
  'GET /centres':                                      ['application/json', 'text/html', 'text/csv'],
  'GET /centres/{centre}':                             page,
  'GET /states':                                       page,
  'GET /states/compare':                               page,
  'GET /states/{state}':                               page,
  'GET /qualifications/{id}':                          page,
  'GET /units':                                        page,
  'GET /occupations/{id}':                             page,
  'GET /decisions':                                    page,
  'GET /comparisons/{id}/{version}':                  page,
  'POST /comparisons/{id}/{version}/held':           page,
  'GET /skill-sets/{id}/{version}':                  page,
  'POST /skill-sets/{id}/{version}/held':            page,
  'GET /comparisons/{id}/{version}/units.csv':        ['text/csv'],
  'GET /comparability':                                ['application/json', 'text/csv', 'text/html'],
  'GET /corridors':                                    page,
  'GET /corridors.csv':                                ['text/csv'],
  'GET /corridors.atom':                               ['application/atom+xml'],
  'GET /corridors/{id}':                               page,
  'GET /corridors/{id}/{track}':                       page,
  'GET /corridors/{id}/{track}/profile':               page,
  'GET /corridors/{id}/{track}/portfolio':             page,
  'GET /compliance':                                  ['application/json', 'text/csv', 'text/html'],
  'GET /corridors/{id}/{track}/steps.csv':             ['text/csv'],
  'GET /corridor-steps':                               page,
  'GET /corridor-steps/{step}/template.csv':           ['text/csv'],
  'GET /frameworks/{id}':                              page,
  'GET /about':                                        page,
  'GET /privacy':                                      page,
  'GET /accessibility':                                page,
  'GET /report-problem':                               page,
  'GET /report-fake':                                  page,
  'POST /report-fake':                                 page,
  'GET /report-mistake/{kind}/{id}':                   page,
  'POST /report-mistake/{kind}/{id}':                  page,
  'GET /report-fake/sent/{reference}':                 page,
  'GET /schemas/{id}':                                 ['application/schema+json'],
  'GET /problems/{id}':                                page,
  'GET /assets/{file}':                                ['text/css', 'text/javascript', 'image/svg+xml', 'image/png'],
  'GET /.well-known/security.txt':                     ['text/plain'],
  'GET /status-lists/{id}':                            ['application/json', 'application/vc'],
  'GET /lookups/{list}':                               [],
  'GET /entities':                                     [],
  'GET /entities/{id}':                                [],
  'GET /ecosystems/{id}':                              [],
  'GET /log/{log}/checkpoint':                         ['text/plain'],
  'GET /log/{log}/key':                                ['text/plain'],
  'GET /log/{log}/tile/{path+}':                       ['application/octet-stream'],
  'GET /.well-known/openid-federation':                statement,
  'GET /issuers/{issuer}/.well-known/openid-federation': statement,
  'GET /federation/fetch':                             statement,
  'GET /fetch':                                        statement,
  'GET /federation/resolve':                           ['application/resolve-response+jwt'],
  'GET /federation/trust-mark':                        ['application/trust-mark+jwt'],
  'GET /federation/trust-mark-status':                 status,
  'POST /federation/trust-mark-status':                status,
  'GET /federation/historical-keys':                   ['application/jwk-set+jwt'],
}

const desks: readonly FunctionName[] = ['desk', 'office']

/** The desk answers only pages. Its forms redirect to a page, except those of actions, which first show the answers. */
export const formsOf = ({ method, path, function: name }: Route): readonly string[] =>
  forms[`${method} ${path}`] ?? (!desks.includes(name) ? ['application/json'] : method === 'GET' ? ['text/html'] : [])

/** A browser gets a problem as a page. OpenID Federation has its own form for errors (§8.9). */
const problemForms: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  pages: ['application/problem+json', 'text/html'],
  reports: ['application/problem+json', 'text/html'],
  paper: ['application/problem+json', 'text/html'],
  desk: ['application/problem+json', 'text/html'],
  office: ['application/problem+json', 'text/html'],
  federation: ['application/json'],
}

/** Functions that answer programs as well have pages of the desk: the last press before a signature, and batches. A receipt is public. */
export const problemFormsOf = ({ function: name, scope }: Route): readonly string[] | undefined =>
  problemForms[
    scope === 'order' || scope === 'session' ? 'office' : scope === 'public' && name === 'recognise' ? 'pages' : name
  ]

/** The answers of routes that can also be asked for a file. */
export const files: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = {
  'POST /v/{token}': { 'application/vc+ld+json': document },
}

const issued = {
  location: 'Address of the record of the certificate. The sandbox keeps no record.',
  'idempotency-replayed': '`true`: the same request issued it before.',
}
const changed = { 'sijil-unchanged': '`true`: the status was the same before. The first date and reason remain.' }

// biome-ignore format: it reads as a table
export const says: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'GET /status-lists/{id}':                           { 'memento-datetime': 'With `timestamp`: the moment for which the list holds, the beginning of a minute (RFC 7089).' },
  'POST /issuers/{issuer}/credentials':                issued,
  'POST /issuers/{issuer}/credentials/issue':          issued,
  'POST /issuers/{issuer}/credentials/{id}/correct':   issued,
  'POST /issuers/{issuer}/credentials/{id}/renew':     issued,
  'POST /issuers/{issuer}/batches':                    { location: 'Address of the batch.' },
  'POST /issuers/{issuer}/credentials/revoke':         { location: 'Address of the batch.' },
  'POST /issuers/{issuer}/credentials/suspend':        { location: 'Address of the batch.' },
  'POST /issuers/{issuer}/credentials/reinstate':      { location: 'Address of the batch.' },
  'POST /issuers/{issuer}/credentials/{id}/revoke':    changed,
  'POST /issuers/{issuer}/credentials/{id}/suspend':   changed,
  'POST /issuers/{issuer}/credentials/{id}/reinstate': changed,
  'POST /issuers/{issuer}/credentials/status':         changed,
  'POST /authorities/{authority}/credentials/{issuer}/{id}/suspend': changed,
  'POST /authorities/{authority}/proposals/{id}/carry-out':          changed,
  'POST /issuers/{issuer}/credentials/{id}/erase': changed,
  'POST /issuers/{issuer}/credentials/{id}/hold': changed,
  'POST /issuers/{issuer}/credentials/{id}/lift-hold': changed,
  'POST /authorities/{authority}/credentials/{issuer}/{id}/hold': changed,
  'POST /authorities/{authority}/credentials/{issuer}/{id}/lift-hold': changed,
}

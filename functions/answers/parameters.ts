import { rights } from '@sijil/registry/trust'
import { listedKinds } from '@sijil/views'
import * as z from 'zod'

/** Parameters and own headers of each route, for the description of the API. */
const text = (description: string) => z.string().optional().meta({ description })
const needed = (description: string) => z.string().meta({ description })
const flag = (description: string) => z.enum(['true', 'false']).optional().meta({ description })
const several = (description: string) => z.array(z.string()).optional().meta({ description })

const paging = {
  limit: z.int().min(1).max(100).optional().meta({ description: 'The largest number of items. Default: 50.' }),
  page: text('The "next" of the previous answer to the same question.'),
}
const moments = {
  effective: text(
    'The moment (RFC 3339) for which the question is asked, or a day, which means its end. Default: now.',
  ),
  recorded: text('Answers by the records of this moment, or of the end of this day. Default: now.'),
}
const onePage = {
  'as-of': text('A day, YYYY-MM-DD, not later than today in UTC. Default: today.'),
  qualification: text('Id of a qualification.'),
}
const ofChanges = {
  kind: z.enum(listedKinds).optional().meta({
    description: 'Only changes of this kind. `statements`: those about qualifications, frameworks, bodies and states.',
  }),
  state: text('Only changes of entities of this state (ISO 3166-1 alpha-2, or ASEAN).'),
  before: text('Only changes before this place of the log.'),
  statement: text('Only statements about the catalogue before this place.'),
}
const host = { host: text('State for which the level is compared (ISO 3166-1 alpha-2).') }
const ofVerdict = {
  ...host,
  from: text(
    '`paper`: the page says to compare the paper with what was signed. `contradiction`: it says that the paper contradicts itself.',
  ),
}

/** `lang` of every page that people read. */
export const language = { lang: text('Language of the page, en or th. Default: by Accept-Language.') }

const onDay = { on: text('A day, YYYY-MM-DD, not later than today in UTC. Default: today.') }
const ofCatalogue = {
  q: text('Words of titles, codes, units and descriptions, in any language and order. At most 100 characters.'),
  state: text('ISO 3166-1 alpha-2, or ASEAN.'),
  level: text('A framework, like PQF, or a framework and a level, like PQF.2.'),
  field: text('First digits of an ISCED-F 2013 code.'),
  occupation: text('First digits of an ISCO-08 code.'),
  body: text('Id of the owner, or of a body that is accredited for it.'),
  on: text('Refused, because a search shows the records of today. Ask one qualification for another day.'),
}

// biome-ignore format: it reads as a table
export const parameters: Readonly<Record<string, z.ZodRawShape>> = {
  'GET /issuers/{issuer}/credentials':      { ...paging, affected: text('Id of an accreditation: only certificates that rest on it.'), since: text('With affected: only those issued at or after this moment, or the beginning of this day. Default: the moment of withdrawal.') },
  'GET /issuers/{issuer}/trail':            { ...paging, period: text('A month (2026-03) or a day (2026-03-02), in UTC. Default: this month.') },
  'GET /issuers/{issuer}/batches':          paging,
  'GET /issuers/{issuer}/batches/{id}/preview': { part: text('Of a file with more than 10,000 rows: which part, from 1 on.') },
  'GET /issuers/{issuer}/batches/{id}/results': { part: text('Of a batch with more than 10,000 rows: which part, from 1 on.'), format: z.enum(['json', 'ndjson']).optional().meta({ description: 'ndjson: one row a line.' }) },
  'GET /issuers/{issuer}/webhooks/events':         paging,
  'GET /compliance': { format: z.enum(['csv']).optional().meta({ description: 'csv: a table with one row for each declaration.' }) },
  'GET /authorities/{authority}/proposals': paging,
  'GET /authorities/{authority}/single-decisions': { ...paging, letters: text('The "nextLetters" of the previous answer: the next page of letters.') },
  'GET /issuers/{issuer}/qualifications/proposals': paging,
  'GET /issuers/{issuer}/proposals':        { ...paging, askedBy: text('Subject of a member: only open actions that this member asked for.') },
  'GET /issuers/{issuer}/accreditations':   { ...moments, qualification: text('Id of a qualification: answers for it, link by link.'), right: z.enum(rights).optional().meta({ description: 'With a qualification: the right that is asked about. Default: issue for a body, assess for a centre, accredit for an authority.' }) },
  'GET /status-lists/{id}':                 { timestamp: text('A moment at least fifteen minutes ago (RFC 3339): the list as it was at the beginning of that minute. The answer names it in Memento-Datetime.') },
  'GET /entities':                          { action: text('Needs a resource.'), resource: text('Id of a qualification.') },
  'GET /federation/fetch':                  { sub: needed('Address or DID of an entity.') },
  'GET /fetch':                             { sub: needed('Address or DID of an entity.') },
  'GET /federation/list':                   { entity_type: several('Only of one of these types.'), trust_marked: flag('Only with, or without, trust marks.'), trust_mark_type: text('Only with this trust mark.'), intermediate: flag('true gives an empty list: this registry has no intermediates.') },
  'GET /federation/resolve':                { sub: needed('Address of an entity, or of this registry.'), trust_anchor: z.array(z.string()).meta({ description: 'One of them must be this registry.' }), entity_type: several('Only the metadata of these types.') },
  'GET /federation/trust-mark':             { trust_mark_type: needed('Address of the type.'), sub: needed('Address of an entity.') },
  'GET /federation/trust-mark-list':        { trust_mark_type: needed('Address of the type.'), sub: text('Address of an entity: lists only this entity, if it holds the trust mark.') },
  'GET /federation/trust-mark-status':      { trust_mark: needed('The trust mark, as a JWT.') },
  'GET /issuers':                           { s: text('Words of the names, in any order.'), c: text('State (ISO 3166-1 alpha-2).'), field: text('First digits of an ISCED-F 2013 code.'), occupation: text('First digits of an ISCO-08 code.'), level: text('Framework and level, like PQF.2.'), qualification: text('Id of a qualification: only bodies whose accreditation covers it.'), standing: text('authorised, suspended, withdrawn or pilot.'), ...paging },
  'GET /issuers/{issuer}':                  onePage,
  'GET /authorities':                       { state: text('ISO 3166-1 alpha-2, or ASEAN.'), ...paging },
  'GET /centres':                           { format: z.enum(['json', 'csv']).optional(), state: text('ISO 3166-1 alpha-2.'), after: text('Of the page: the id of the last centre of the page before.'), 'as-of': text('A day, or a moment (RFC 3339). Default: now.') },
  'GET /corridors':                         { state: text('Only corridors of this state (ISO 3166-1 alpha-2).') },
  'GET /decisions':                         { qualification: text('Id of a qualification, or the address of one of another registry.'), host: text('The state that decided (ISO 3166-1 alpha-2), or the id of its authority.') },
  'GET /skill-sets/{id}/{version}':          { qualification: text('Id of a national qualification to set against it.'), edition: text('Id of its edition. Default: the one of today.') },
  'GET /comparability':                     { from: text('Id of the qualification that a holder has.'), to: text('Id of the qualification that the host asks for.'), format: z.enum(['csv']).optional().meta({ description: 'csv: a table with one row for each version.' }) },
  'GET /centres/{centre}':                  onePage,
  'GET /changes':                           { id: text('Only changes of this body or authority.'), ...ofChanges },
  'GET /changes.atom':                      { id: text('Only changes of this body or authority.'), ...ofChanges },
  'GET /issuers/{issuer}/changes.atom':     ofChanges,
  'GET /qualifications':                     { ...ofCatalogue, page: paging.page },
  'GET /qualifications.csv':                 ofCatalogue,
  'GET /qualifications/{id}':               { units: text('Codes of units, separated by commas: the part with only these units.'), edition: text('Id of an edition. Default: the one in which awards of the day are made.'), ...onDay },
  'GET /qualifications/{id}/template.csv':  { edition: text('Id of an edition. Default: the one in which awards of today are made.') },
  'GET /qualifications/{id}/template.xlsx': { edition: text('Id of an edition. Default: the one in which awards of today are made.') },
  'GET /units':                              { code: needed('The code of a unit, as its owner writes it. Capitals make no difference.'), page: paging.page },
  'GET /frameworks/{id}':                   onDay,
  'GET /states/compare':                    { one: text('A state (ISO 3166-1 alpha-2).'), other: text('Another one.') },
  'GET /v/{token}':                         ofVerdict,
  'POST /v/{token}':                        ofVerdict,
  'POST /check':                            host,
  'GET /desk/sign-in':                      { return: text('The page to open afterwards.') },
  'GET /desk/sign-in/start':                { return: text('The page to open afterwards.') },
  'GET /desk/callback':                     { code: text('From the identity provider.'), state: text('From the identity provider.'), iss: text('From the identity provider.'), error: text('From the identity provider.') },
  'GET /desk/issuers/{issuer}/certificates':  { state: text('in-force, suspended or revoked.'), qualification: text('Id of a qualification.'), month: text('Month of the issue in UTC, YYYY-MM.'), ...paging },
  'GET /desk/issuers/{issuer}/issue': { qualification: text('Id of the qualification to issue.'), edition: text('Id of an edition. Default: that of today.') },
  'GET /desk/issuers/{issuer}/certificates/{id}': { done: text('What the form before did.') },
  'GET /desk/issuers/{issuer}/waiting':       paging,
  'GET /desk/authorities/{authority}/certificates': { issuer: text('Id of the body.'), certificate: text('UUID of the certificate. With both, the answer leads to its page.') },
  'GET /desk/authorities/{authority}/certificates/{issuer}/{id}': { done: text('What the form before did.') },
  'GET /desk/authorities/{authority}/waiting': paging,
  'GET /desk/authorities/{authority}/grantees': paging,
  'GET /desk/authorities/{authority}/single-decisions': { ...paging, letters: text('The next page of letters, by its token.') },
  'GET /report-mistake/{kind}/{id}': { edition: text('Id of the edition in which the mistake is.'), sent: text('After a report: its number.') },
  'GET /desk/issuers/{issuer}/reports': { body: text('Id of a body: only reports about it.'), ...paging },
  'GET /desk/authorities/{authority}/reports': { body: text('Id of a body: only reports about it.'), ...paging },
  'GET /desk/authorities/{authority}/actions/{action}': { grantee: text('Id of the entity to accredit.'), issuer: text('Id of the entity whose key or certificate it is.'), certificate: text('UUID of a certificate.'), owner: text('Id of the entity whose member it is.'), accreditation: text('Id of an accreditation.'), qualification: text('Id of a qualification of the authority.'), assignedQualification: text('Id of a qualification that was assigned to it.'), assignedFramework: text('Id of a framework that was assigned to it.'), describedBody: text('Id of a body that it describes.'), describedState: text('The state that it describes, ISO 3166-1 alpha-2.'), edition: text('Id of an edition to correct.'), revised: text('A version of a comparison of the authority: its id, a space, and its number.'), revisedCorridor: text('The same of a corridor.'), framework: text('Id of a framework of this authority.'), done: text('After an action that counted at once.') },
  'GET /desk/issuers/{issuer}/batches': { large: text('yes: with the form of a large file.'), arrived: text('After a large file: the id of its batch.'), ...paging },
  'GET /desk/issuers/{issuer}/batches/{id}/rows.csv': { part: text('Of more than 10,000 rows: which part, from 1 on.') },
  'GET /desk/issuers/{issuer}/batches/{id}': { part: text('Of more than 10,000 rows: which part, from 1 on.'), rows: text('The page of faults, from 1 on.'), done: text('After a change.') },
  'GET /desk/issuers/{issuer}/actions/{action}': { qualification: text('Id of a qualification of the body.'), assignedQualification: text('Id of a qualification that was assigned to it.'), describedBody: text('Id of a body that it describes.'), edition: text('Id of an edition to correct.') },
}

// biome-ignore format: it reads as a table
export const headers: Readonly<Record<string, z.ZodRawShape>> = {
  'POST /issuers/{issuer}/credentials':       { 'idempotency-key': z.string().min(1).max(255).meta({ description: 'A key of your own choice, in visible ASCII. A request that is repeated with it issues only once.' }) },
  'POST /issuers/{issuer}/credentials/{id}/correct': { 'idempotency-key': z.string().min(1).max(255).meta({ description: 'As for a new certificate.' }) },
  'POST /issuers/{issuer}/credentials/{id}/renew': { 'idempotency-key': z.string().min(1).max(255).meta({ description: 'As for a new certificate.' }) },
  'POST /issuers/{issuer}/batches/uploads':   { 'idempotency-key': z.string().min(1).max(255).meta({ description: 'A key of your own choice, in visible ASCII. The same key is the same batch.' }) },
  'POST /issuers/{issuer}/batches':           { 'idempotency-key': z.string().min(1).max(255).meta({ description: 'A key of your own choice, in visible ASCII. The same file with it is the same batch.' }) },
  'POST /issuers/{issuer}/credentials/revoke': { 'idempotency-key': z.string().min(1).max(255).meta({ description: 'A key of your own choice, in visible ASCII. The same list with it is the same batch.' }) },
  'POST /issuers/{issuer}/credentials/suspend': { 'idempotency-key': z.string().min(1).max(255).meta({ description: 'A key of your own choice, in visible ASCII. The same list with it is the same batch.' }) },
  'POST /issuers/{issuer}/credentials/reinstate': { 'idempotency-key': z.string().min(1).max(255).meta({ description: 'A key of your own choice, in visible ASCII. The same list with it is the same batch.' }) },
  'POST /issuers/{issuer}/credentials/issue': { 'idempotency-key': z.string().min(1).max(255).optional().meta({ description: 'Without this header, the document itself is the key. The sandbox ignores it.' }) },
}

import { changeKinds } from '@sijil/registry/log'
import { rights } from '@sijil/registry/trust'
import * as z from 'zod'

/** What each route reads from its address and from headers of its own, for the description of the API. */
const text = (description: string) => z.string().optional().meta({ description })
const needed = (description: string) => z.string().meta({ description })
const flag = (description: string) => z.enum(['true', 'false']).optional().meta({ description })
const several = (description: string) => z.array(z.string()).optional().meta({ description })

const paging = {
  limit: z.int().min(1).max(100).optional().meta({ description: 'How many at most; 50 unless said.' }),
  page: text('The "next" of the answer before, to the same question.'),
}
const moments = {
  effective: text('As of which moment (RFC 3339) or day, which means its end; now unless said.'),
  recorded: text('By what was known at that moment or day; now unless said.'),
}
const onePage = {
  'as-of': text('A day, YYYY-MM-DD; today unless said.'),
  qualification: text('Id of a qualification.'),
}
const host = { host: text('State for which the level is compared (ISO 3166-1 alpha-2).') }

/** `lang` of every page that people read. */
export const language = { lang: text('Language of the page, en or th; as Accept-Language says unless said.') }

// biome-ignore format: it reads as a table
export const parameters: Readonly<Record<string, z.ZodRawShape>> = {
  'GET /issuers/{issuer}/credentials':      { ...paging, affected: text('Id of an accreditation: only certificates that rest on it.'), since: text('With affected: only those issued on this day (its beginning) or moment, or later; since it is withdrawn unless said.') },
  'GET /authorities/{authority}/proposals': paging,
  'GET /issuers/{issuer}/proposals':        { ...paging, askedBy: text('Subject of a member: only what this member asked for and nobody has decided yet.') },
  'GET /issuers/{issuer}/accreditations':   { ...moments, qualification: text('Id of a qualification: the answer for it, link by link.'), right: z.enum(rights).optional().meta({ description: 'With a qualification, which right is asked about; unless said: of a body issue, of a centre assess, of an authority accredit.' }) },
  'GET /status-lists/{id}':                 { timestamp: text('A moment at least fifteen minutes ago (RFC 3339): the list as it was at the beginning of that minute. The answer names it in Memento-Datetime.') },
  'GET /entities':                          { action: text('Needs a resource.'), resource: text('Id of a qualification.') },
  'GET /federation/fetch':                  { sub: needed('Address or DID of an entity.') },
  'GET /fetch':                             { sub: needed('Address or DID of an entity.') },
  'GET /federation/list':                   { entity_type: several('Only of one of these types.'), trust_marked: flag('Only with, or without, trust marks.'), trust_mark_type: text('Only with this trust mark.'), intermediate: flag('true finds nobody: there are none.') },
  'GET /federation/resolve':                { sub: needed('Address of an entity, or of this registry.'), trust_anchor: z.array(z.string()).meta({ description: 'One of them must be this registry.' }), entity_type: several('Only the metadata of these types.') },
  'GET /federation/trust-mark':             { trust_mark_type: needed('Address of the type.'), sub: needed('Address of an entity.') },
  'GET /federation/trust-mark-list':        { trust_mark_type: needed('Address of the type.'), sub: text('Address of an entity: only whether it is among them.') },
  'GET /federation/trust-mark-status':      { trust_mark: needed('The trust mark, as a JWT.') },
  'GET /issuers':                           { s: text('Looked for in the names.'), c: text('State (ISO 3166-1 alpha-2).'), field: text('ISCED-F 2013, from the left.'), occupation: text('ISCO-08, from the left.'), level: text('Framework and level, like PQF.2.'), standing: text('authorised, suspended, withdrawn or pilot.'), ...paging },
  'GET /issuers/{issuer}':                  onePage,
  'GET /authorities':                       { state: text('ISO 3166-1 alpha-2, or ASEAN.'), ...paging },
  'GET /centres':                           { format: z.enum(['json', 'csv']).optional(), 'as-of': text('As of which day or moment (RFC 3339); now unless said.') },
  'GET /centres/{centre}':                  onePage,
  'GET /changes':                           { before: text('Only what stands before this place of the log.'), id: text('Only of this body or authority.'), kind: z.enum(changeKinds).optional() },
  'GET /qualifications/{id}':               { units: text('Codes of units, with commas between them: the part that has only these.') },
  'GET /states/compare':                    { one: text('A state (ISO 3166-1 alpha-2).'), other: text('Another one.') },
  'GET /v/{token}':                         host,
  'POST /v/{token}':                        host,
  'POST /check':                            host,
  'GET /desk/sign-in':                      { return: text('Where to go afterwards.') },
  'GET /desk/sign-in/start':                { return: text('Where to go afterwards.') },
  'GET /desk/callback':                     { code: text('From the identity provider.'), state: text('From the identity provider.'), iss: text('From the identity provider.'), error: text('From the identity provider.') },
  'GET /desk/authorities/{authority}/grantees': paging,
  'GET /desk/authorities/{authority}/accredit': { grantee: text('Whom to accredit.') },
}

// biome-ignore format: it reads as a table
export const headers: Readonly<Record<string, z.ZodRawShape>> = {
  'POST /issuers/{issuer}/credentials':       { 'idempotency-key': z.string().min(1).max(255).meta({ description: 'Of your own choice, of visible ASCII: repeated with it, a request issues nothing twice.' }) },
  'POST /issuers/{issuer}/credentials/issue': { 'idempotency-key': z.string().min(1).max(255).optional().meta({ description: 'Without one, the document itself is the key. The sandbox reads none.' }) },
}

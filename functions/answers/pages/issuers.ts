import { parseQuery, route } from '@sijil/http'
import {
  findFramework,
  findQualification,
  frameworkOfState,
  listQualifications,
  type Scope,
  scopeCovers,
  states,
} from '@sijil/qualifications'
import {
  type CommitReader,
  type Entity,
  type Grant,
  grantState,
  type IssuerStanding,
  issuerStanding,
  type KeyRecord,
  noSuchIssuer,
  type TrustEvent,
} from '@sijil/registry'
import { type IssuerValues, issuerPage, issuersPage, type ListedIssuer } from '@sijil/web'
import * as z from 'zod'
import { contextOf, either, entityOf, type PageParts } from './parts.ts'

const listQuery = z.looseObject({ s: z.string().max(100).optional(), c: z.string().max(10).optional() })
const asOfQuery = z.looseObject({ 'as-of': z.iso.date({ error: 'must be a day, YYYY-MM-DD' }).optional() })

export const issuersAnswers = (parts: PageParts) => ({
  'GET /issuers': route<Record<never, string>, undefined>({
    async answer(asked) {
      const { s = '', c = '' } = parseQuery(listQuery, asked.query)
      const now = parts.clock()
      const all = await Promise.all((await entityIds(parts.reader)).map((id) => entityOf(id, now, parts)))
      const wanted = (entity: Entity | undefined): entity is Entity =>
        entity?.kind === 'body' &&
        !entity.sandbox &&
        (c === '' || entity.identity.state === c) &&
        `${entity.identity.name} ${entity.identity.localName?.text ?? ''} ${entity.identity.acronym ?? ''}`
          .toLowerCase()
          .includes(s.toLowerCase())
      const issuers = all.filter(wanted).map((entity) => listed(entity, now))
      const asOf = now.toISOString().slice(0, 10)
      const values = {
        issuers,
        states: statesWithRemark(),
        search: { ...(s && { text: s }), ...(c && { state: c }) },
        asOf,
      }
      return either(asked, { asOf, issuers }, () => issuersPage(values, contextOf(asked, '/issuers', parts)))
    },
  }),

  'GET /issuers/{issuer}': route<{ issuer: string }, undefined>({
    async answer(asked) {
      const now = parts.clock()
      const asOf = parseQuery(asOfQuery, asked.query)['as-of'] ?? now.toISOString().slice(0, 10)
      const entity = await entityOf(asked.params.issuer, now, parts)
      if (entity === undefined) throw noSuchIssuer()
      const values = await issuerValues(entity, asOf, now, parts)
      return either(asked, values, () => issuerPage(values, contextOf(asked, `/issuers/${entity.id}`, parts)))
    },
  }),

  'GET /issuers/{issuer}/did.json': route<{ issuer: string }, undefined>({
    async answer({ params }) {
      const entity = await entityOf(params.issuer, parts.clock(), parts)
      if (entity?.did === undefined) throw noSuchIssuer()
      return { status: 200, body: didDocument(entity, entity.did), type: 'application/did+json' }
    },
  }),
})

/** Ids of everybody who was ever registered, from the index of registrations. */
async function entityIds(reader: CommitReader): Promise<string[]> {
  const ids = new Set<string>()
  let after: string | undefined
  do {
    const found = await reader.list<TrustEvent>('ENTITIES', { limit: 500, newestFirst: false, ...(after && { after }) })
    for (const { stream } of found.commits) ids.add(stream.split('/')[0] as string)
    after = found.next
  } while (after !== undefined)
  return [...ids].sort()
}

/** @see https://www.w3.org/TR/cid-1.0/#verification-methods */
function didDocument({ keys }: Entity, did: string): object {
  const methods = keys.map(({ kid, publicKeyMultibase }) => ({
    id: `${did}#${kid}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase,
  }))
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: methods,
    // A retired key stays, for what it signed; one that was compromised asserts nothing any more (I34).
    assertionMethod: keys
      .filter(({ compromisedFrom }) => compromisedFrom === undefined)
      .map(({ kid }) => `${did}#${kid}`),
  }
}

const standings = {
  force: 'authorised',
  suspension: 'suspended',
  withdrawal: 'withdrawn',
  past: 'not-for-this',
  future: 'not-for-this',
} as const

/** The best that any of its grants says on a day. */
function overall(grants: readonly Grant[], moment: string): IssuerStanding {
  const found = new Set(grants.map((grant) => standings[grantState(grant, moment).in]))
  return (
    (['authorised', 'suspended', 'withdrawn', 'not-for-this'] as const).find((standing) => found.has(standing)) ??
    'unknown'
  )
}

function listed({ id, identity, grants }: Entity, now: Date): ListedIssuer {
  return {
    id,
    name: identity.name,
    ...(identity.acronym && { acronym: identity.acronym }),
    state: identity.state,
    remark: identity.mandate,
    standing: overall(grants, now.toISOString()),
  }
}

const statesWithRemark = () => states.map(({ iso2, name }) => ({ iso2, name, ...remarkOf(iso2) }))
function remarkOf(iso2: string) {
  const framework = frameworkOfState(iso2)
  return (
    framework && {
      remark: `${framework.name}: ${framework.referencing.status === 'endorsed' ? 'referenced to the AQRF' : 'no endorsed referencing to the AQRF found'}`,
    }
  )
}

async function issuerValues(entity: Entity, asOf: string, now: Date, parts: PageParts): Promise<IssuerValues> {
  const { identity, grants, keys, id, did = '' } = entity
  const moment = `${asOf}T23:59:59.999Z` < now.toISOString() ? `${asOf}T23:59:59.999Z` : now.toISOString()
  const standing = overall(grants, moment)
  const sample = grants.map(({ scope }) => sampleOf(scope)).find((found) => found !== undefined)
  const place = identity.state === 'ASEAN' ? undefined : identity.state
  const answer =
    sample === undefined
      ? undefined
      : await issuerStanding(
          { issuer: id, qualification: sample, place, effective: moment, recorded: now.toISOString() },
          parts,
        )
  const name = identity.acronym ?? identity.name
  const known = entity.registeredFrom <= moment
  const yes = standing === 'authorised'
  return {
    issuer: {
      id,
      did,
      name: identity.name,
      ...(identity.localName && { localName: identity.localName }),
      state: states.find(({ iso2 }) => iso2 === identity.state)?.name ?? identity.state,
      ...(identity.acronym && { acronym: identity.acronym }),
      domain: URL.canParse(identity.website) ? new URL(identity.website).host : identity.website,
    },
    answers: {
      real: known
        ? { answer: 'yes', sentence: `Listed in this registry. Basis: ${identity.mandate}.` }
        : { answer: 'not-known', sentence: 'It was not listed on that day.' },
      may: yes
        ? { answer: 'yes', sentence: `${name} may issue certificates.` }
        : { answer: 'no', sentence: `${name} may not issue certificates on that day.` },
      scope: yes
        ? { answer: 'in-part', sentence: 'Only what its scope names, below.' }
        : { answer: 'no', sentence: 'Nothing on that day.' },
      standing:
        standing === 'authorised'
          ? { answer: 'yes', sentence: 'Not suspended, not withdrawn.' }
          : standing === 'suspended' || standing === 'withdrawn'
            ? { answer: 'no', sentence: answer?.sentence ?? `It is ${standing}.` }
            : { answer: 'not-known', sentence: 'No accreditation of that day is recorded.' },
    },
    chain: answer?.chain ?? [],
    scope: grants.map((grant) => scopeRow(grant)),
    timeline: timelineOf(entity),
    keys: keys.map(keyRow),
    asOf,
  }
}

const sampleOf = (scope: Scope): string | undefined =>
  listQualifications().find(
    (qualification) =>
      scopeCovers(scope, { qualification, ...(qualification.state && { place: qualification.state }) }).covered,
  )?.id

function scopeRow({ scope, from, until }: Grant): IssuerValues['scope'][number] {
  const { qualifications, levels, fields, occupations } = scope
  const titles =
    qualifications === undefined
      ? 'All of its qualifications'
      : 'framework' in qualifications
        ? `All of ${findFramework(qualifications.framework)?.name ?? qualifications.framework}`
        : qualifications.map((code) => findQualification(code)?.title ?? code).join('; ')
  return {
    field: fields?.length
      ? `ISCED-F ${fields.join(', ')}`
      : occupations?.length
        ? `ISCO-08 ${occupations.join(', ')}`
        : 'Any field',
    qualifications: titles,
    levels: levels === undefined ? 'As each qualification has it' : `${levels.from} to ${levels.to}`,
    from: from.slice(0, 10),
    ...(until && { until: until.slice(0, 10) }),
  }
}

const words = {
  amended: 'Terms changed',
  suspended: 'Suspended',
  lifted: 'Suspension lifted',
  withdrawn: 'Accreditation withdrawn',
} as const
const tones = { amended: 'ok', suspended: 'am', lifted: 'ok', withdrawn: 'no' } as const

function timelineOf({ registeredFrom, grants }: Entity): IssuerValues['timeline'] {
  const entries: IssuerValues['timeline'][number][] = [
    { at: registeredFrom.slice(0, 10), sentence: 'Listed in this registry.', tone: 'ok' },
  ]
  for (const { from, until, basis, changes } of grants) {
    entries.push({ at: from.slice(0, 10), sentence: `Accreditation starts: ${basis}.`, tone: 'ok' })
    if (until !== undefined)
      entries.push({ at: until.slice(0, 10), sentence: 'Accreditation ends unless renewed.', tone: 'gy' })
    for (const change of changes)
      entries.push({
        at: change.effectiveAt.slice(0, 10),
        sentence: `${words[change.type]}: ${change.basis}.`,
        tone: tones[change.type],
      })
  }
  return entries.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

function keyRow({
  kid,
  purpose,
  publicKeyMultibase,
  addedAt,
  retiredAt,
  compromisedFrom,
}: KeyRecord): IssuerValues['keys'][number] {
  const until = compromisedFrom ?? retiredAt
  const state = compromisedFrom !== undefined ? 'compromised' : retiredAt !== undefined ? 'retired' : 'in-use'
  return { kid, purpose, state, from: addedAt, ...(until && { until }), publicKeyMultibase }
}

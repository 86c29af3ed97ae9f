import { createPageToken, parseQuery, readPage, route } from '@sijil/http'
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
  type Entity,
  type Grant,
  grantState,
  type IssuerStanding,
  interruptionsOf,
  issuerStanding,
  type KeyRecord,
  listLogged,
  noSuchIssuer,
  termsAt,
  unlessAway,
} from '@sijil/registry'
import { type IssuerValues, issuerPage, issuersPage, type ListedIssuer } from '@sijil/web'
import * as z from 'zod/mini'
import { ageOf, contextOf, either, entityOf, logValues, type PageParts } from './parts.ts'
import { listRegistered, type Registration } from './registrations.ts'

const listQuery = z.looseObject({
  s: z.optional(z.string().check(z.maxLength(100))),
  c: z.optional(z.string().check(z.maxLength(10))),
})
const asOfQuery = z.looseObject({ 'as-of': z.optional(z.iso.date({ error: 'must be a day, YYYY-MM-DD' })) })

/** Entries of the log that a page shows of one entity. */
const SHOWN_ENTRIES = 20

export const issuersAnswers = (parts: PageParts) => ({
  'GET /issuers': route<Record<never, string>, undefined>({
    async answer(asked) {
      const { s = '', c = '' } = parseQuery(listQuery, asked.query)
      const now = parts.clock()
      const search = { ...(s && { text: s }), ...(c && { state: c }) }
      const question = { index: 'ENTITIES', filters: search }
      const place = readPage(asked.query, question)
      const found = await listRegistered(parts.reader, place, (registration) => isWanted(registration, search))
      const entities = await Promise.all(found.ids.toSorted().map((id) => entityOf(id, now, parts)))
      const issuers = entities.filter((entity) => entity !== undefined).map((entity) => listed(entity, now))
      const next = found.next && createPageToken(found.next, question)
      const asOf = now.toISOString().slice(0, 10)
      const values = {
        issuers,
        states: states.map(({ iso2 }) => ({ iso2, ...frameworkOf(iso2) })),
        search,
        asOf,
        ...(next && { next }),
        isPart: place.after !== undefined || next !== undefined,
      }
      return either(asked, { asOf, issuers, ...(next && { next }) }, () =>
        issuersPage(values, contextOf(asked, '/issuers', parts)),
      )
    },
  }),

  'GET /issuers/{issuer}': route<{ issuer: string }, undefined>({
    async answer(asked) {
      const now = parts.clock()
      const today = now.toISOString().slice(0, 10)
      const wanted = parseQuery(asOfQuery, asked.query)['as-of'] ?? today
      // Nothing is known of a day to come: the page would date today's answer with it.
      const asOf = wanted < today ? wanted : today
      const entity = await entityOf(asked.params.issuer, now, parts)
      if (entity === undefined) throw noSuchIssuer()
      const interruptions = asOf === today ? await interruptionsNow(entity.id, parts) : undefined
      const values = { ...(await issuerValues(entity, asOf, now, parts)), ...(interruptions && { interruptions }) }
      const answer = either(asked, values, () => issuerPage(values, contextOf(asked, `/issuers/${entity.id}`, parts)))
      return { ...answer, headers: { ...answer.headers, ...ageOf(entity.id, parts) } }
    },
  }),

  'GET /issuers/{issuer}/did.json': route<{ issuer: string }, undefined>({
    async answer({ params }) {
      const entity = await entityOf(params.issuer, parts.clock(), parts)
      // A body that signs elsewhere publishes its own.
      if (entity?.did === undefined || entity.elsewhere) throw noSuchIssuer()
      const headers = ageOf(entity.id, parts)
      return { status: 200, headers, body: didDocument(entity, entity.did), type: 'application/did+json' }
    },
  }),
})

/** Nothing where nothing is wrong, and where it cannot be read just now: the page does not wait for it (F5, F8). */
async function interruptionsNow(id: string, { reader }: PageParts): Promise<IssuerValues['interruptions']> {
  const found = await unlessAway(interruptionsOf(id, reader))
  if (found === undefined || (found.key === undefined && found.paused.length === 0)) return undefined
  const kinds = found.paused.map(({ qualification, since }) => ({ title: titleOf(qualification), since }))
  return { ...(found.key && { key: { since: found.key.since } }), paused: kinds }
}

/** A body that issues for real, of that state, with that text in one of its names. */
function isWanted(registration: Registration, { text = '', state }: { text?: string; state?: string }): boolean {
  if (registration.type !== 'body-registered' || registration.sandbox) return false
  const { name, localName, acronym = '', state: own } = registration.identity
  const names = `${name} ${localName?.text ?? ''} ${acronym}`
  return (state === undefined || own === state) && names.toLowerCase().includes(text.toLowerCase())
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
    ...(identity.localName && { localName: identity.localName }),
    state: identity.state,
    remark: identity.mandate,
    standing: overall(grants, now.toISOString()),
  }
}

function frameworkOf(iso2: string) {
  const framework = frameworkOfState(iso2)
  return framework && { framework: { name: framework.name, isReferenced: framework.referencing.status === 'endorsed' } }
}

export async function issuerValues(entity: Entity, asOf: string, now: Date, parts: PageParts): Promise<IssuerValues> {
  const { identity, grants, keys, id, did = '', sandbox, successor } = entity
  const heir = successor && (await entityOf(successor.id, now, parts))
  const endOfDay = `${asOf}T23:59:59.999Z`
  const moment = endOfDay < now.toISOString() ? endOfDay : now.toISOString()
  const standing = overall(grants, moment)
  const sample = grants.map(({ scope }) => sampleOf(scope)).find((found) => found !== undefined)
  const place = identity.state === 'ASEAN' ? undefined : identity.state
  const history = await parts.trust(id)
  const logged = (await unlessAway(listLogged(history, SHOWN_ENTRIES, parts.reader))) ?? []
  const answer =
    sample === undefined
      ? undefined
      : await issuerStanding(
          { issuer: id, qualification: sample, place, effective: moment, recorded: now.toISOString() },
          parts,
        )
  return {
    issuer: {
      id,
      did,
      name: identity.name,
      ...(identity.localName && { localName: identity.localName }),
      state: identity.state,
      ...(identity.acronym && { acronym: identity.acronym }),
      ...(identity.contact && { contact: identity.contact }),
      ...(heir && { successor: { id: heir.id, name: heir.identity.name } }),
      domain: URL.canParse(identity.website) ? new URL(identity.website).host : identity.website,
    },
    answers: answersOf(standing, { sandbox, isListed: entity.registeredFrom <= moment }),
    standing,
    ...(answer?.since && { since: answer.since }),
    basis: identity.mandate,
    chain: answer?.chain ?? [],
    scope: grants.filter(({ right }) => right !== 'accredit').map((grant) => scopeRow(grant, moment)),
    timeline: timelineOf(entity),
    keys: keys.map(keyRow),
    log: {
      ...logValues(logged, parts),
      ...(logged.length < history.length && { more: `/changes?${new URLSearchParams({ id })}` }),
    },
    asOf,
  }
}

function answersOf(
  standing: IssuerStanding,
  { sandbox, isListed }: { sandbox: boolean; isListed: boolean },
): IssuerValues['answers'] {
  const isAuthorised = standing === 'authorised'
  const hasEnded = standing === 'suspended' || standing === 'withdrawn'
  return {
    real: sandbox ? 'no' : isListed ? 'yes' : 'not-known',
    may: isAuthorised ? 'yes' : 'no',
    scope: isAuthorised ? 'in-part' : 'no',
    standing: isAuthorised ? 'yes' : hasEnded ? 'no' : 'not-known',
  }
}

const sampleOf = (scope: Scope): string | undefined =>
  listQualifications().find(
    (qualification) =>
      scopeCovers(scope, { qualification, ...(qualification.state && { place: qualification.state }) }).covered,
  )?.id

/** Its terms as they were on that day. */
function scopeRow(grant: Grant, moment: string): IssuerValues['scope'][number] {
  const { scope, until, pilot, assurance } = termsAt(grant, moment)
  const { from } = grant
  const { qualifications, ...limits } = scope
  return {
    ...limits,
    ...(qualifications && { qualifications: titlesOf(qualifications) }),
    from: from.slice(0, 10),
    ...(until && { until: until.slice(0, 10) }),
    ...(pilot && { pilot }),
    ...(assurance && { assurance }),
  }
}

const titlesOf = (qualifications: NonNullable<Scope['qualifications']>) =>
  'framework' in qualifications
    ? { framework: findFramework(qualifications.framework)?.name ?? qualifications.framework }
    : qualifications.map(titleOf)

const titleOf = (id: string) => findQualification(id)?.title ?? id

function timelineOf({ registeredFrom, grants }: Entity): IssuerValues['timeline'] {
  const entries: IssuerValues['timeline'][number][] = [{ at: registeredFrom.slice(0, 10), event: 'listed' }]
  for (const { from, until, basis, changes } of grants) {
    entries.push({ at: from.slice(0, 10), event: 'accredited', basis })
    if (until !== undefined) entries.push({ at: until.slice(0, 10), event: 'ends' })
    for (const change of changes)
      entries.push({ at: change.effectiveAt.slice(0, 10), event: change.type, basis: change.basis })
  }
  // The newest first; what was recorded later of one day stands above.
  return entries.toReversed().toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

function keyRow({
  kid,
  purpose,
  publicKeyMultibase,
  addedAt,
  retiredAt,
  suspendedAt,
  compromisedFrom,
}: KeyRecord): IssuerValues['keys'][number] {
  const until = compromisedFrom ?? retiredAt
  const state =
    compromisedFrom !== undefined
      ? 'compromised'
      : retiredAt !== undefined
        ? 'retired'
        : suspendedAt !== undefined
          ? 'suspended'
          : 'in-use'
  return { kid, purpose, state, from: addedAt, ...(until && { until }), publicKeyMultibase }
}

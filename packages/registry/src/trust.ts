import { findQualification, type Qualification, scopeCovers } from '@sijil/qualifications'
import type { CommitReader } from './stream.ts'
import { streams } from './stream.ts'
import { type Entity, entityAt, type Grant, grantStanding, type TrustEvent, type TrustHistory } from './trust-events.ts'
import type { ChainLink, IssuerAnswer, IssuerStanding } from './verification.ts'

/** Reads a trust stream; in front of a store there may be a cache of at most `TRUST_CACHE_MS`. */
export type TrustReader = (entity: string) => Promise<TrustHistory>

/** A suspension counts everywhere within this time (invariant I22 allows 60 s). */
const TRUST_CACHE_MS = 10_000
const CACHED_ENTITIES = 1_000

export const trustOf =
  (reader: CommitReader): TrustReader =>
  (entity) =>
    reader.read<TrustEvent>(streams.trust(entity))

/** For the read path: the same answers, at most ten seconds old. Issuing never uses it. */
export function cachedTrust(read: TrustReader, clock: () => number): TrustReader {
  const kept = new Map<string, { at: number; history: Promise<TrustHistory> }>()
  return (entity) => {
    const hit = kept.get(entity)
    if (hit !== undefined && clock() - hit.at < TRUST_CACHE_MS) return hit.history
    const history = read(entity)
    kept.delete(entity)
    kept.set(entity, { at: clock(), history })
    // What failed is not kept, and the oldest makes room.
    history.catch(() => kept.delete(entity))
    if (kept.size > CACHED_ENTITIES) kept.delete(kept.keys().next().value as string)
    return history
  }
}

/** May `issuer` issue this, there, at `effective`, by what was known at `recorded`? Both moments are required, RFC 3339 UTC. */
export interface TrustQuestion {
  issuer: string
  /** Our id of the qualification. */
  qualification: string
  /** ISO 3166-1 alpha-2; absent for a body that speaks for no state. */
  place: string | undefined
  effective: string
  recorded: string
}

/** Whether this deployment accepts demonstration roots. Production never does. */
export interface TrustPolicy {
  demonstration: boolean
}

const unknown = (
  question: TrustQuestion,
  sentence = 'No authority that this registry accepts has listed this body.',
): IssuerAnswer => ({
  standing: 'unknown',
  sentence,
  effective: question.effective,
  recorded: question.recorded,
  chain: [],
})

/** The same function for "on the day of issue" and "today": only the moments differ. */
export async function issuerStanding(
  question: TrustQuestion,
  { trust, policy }: { trust: TrustReader; policy: TrustPolicy },
): Promise<IssuerAnswer> {
  const body = entityAt(question.issuer, await trust(question.issuer), question.recorded)
  const qualification = findQualification(question.qualification)
  if (body === undefined || body.kind !== 'body' || body.sandbox) return unknown(question)
  if (body.identity.demonstration && !policy.demonstration)
    return unknown(question, 'This is a demonstration body; it is not accepted here.')

  const judged = await Promise.all(
    body.grants.map((grant) => judgeGrant(grant, body, qualification, question, { trust, policy })),
  )
  // The best grant speaks: one that covers and is in force, else the most telling reason why none does.
  const order: IssuerStanding[] = ['authorised', 'suspended', 'withdrawn', 'not-for-this', 'unknown']
  const best = judged.toSorted((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing))[0]
  const name = body.identity.acronym ?? body.identity.name
  const title = qualification?.title ?? 'this qualification'
  if (best === undefined) {
    return {
      ...unknown(question),
      standing: 'not-for-this',
      sentence: `${name} is known here, but nobody has allowed it to issue anything.`,
      chain: [linkOf(body, 'not-for-this', 'no accreditation recorded', body.registeredFrom)],
    }
  }
  return {
    ...best,
    sentence: sentenceFor(best, name, title),
    effective: question.effective,
    recorded: question.recorded,
  }
}

/** No root speaks for another state. */
export const speaksFor = (authority: Entity, body: Entity): boolean =>
  authority.identity.state === 'ASEAN' || authority.identity.state === body.identity.state

type Judged = Pick<IssuerAnswer, 'standing' | 'since' | 'chain'>

async function judgeGrant(
  grant: Grant,
  body: Entity,
  qualification: Qualification | undefined,
  question: TrustQuestion,
  { trust, policy }: { trust: TrustReader; policy: TrustPolicy },
): Promise<Judged> {
  const grantor =
    grant.grantor === undefined ? undefined : entityAt(grant.grantor, await trust(grant.grantor), question.recorded)
  const standing = standingOf(grant, qualification, question)
  const chain = [linkOf(body, standing.standing, grant.basis, grant.from, grant)]
  if (grant.grantor === undefined) return { ...standing, chain }
  // A grant is worth what its grantor was on that day.
  const rooted =
    grantor?.kind === 'authority' &&
    grantor.registeredFrom <= question.effective &&
    speaksFor(grantor, body) &&
    (!grantor.identity.demonstration || policy.demonstration)
  if (!rooted) return { standing: 'unknown', chain }
  return {
    ...standing,
    chain: [linkOf(grantor, 'authorised', grantor.identity.mandate, grantor.registeredFrom), ...chain],
  }
}

function standingOf(
  grant: Grant,
  qualification: Qualification | undefined,
  question: TrustQuestion,
): Omit<Judged, 'chain'> {
  const { effective, place } = question
  const covers =
    qualification !== undefined && scopeCovers(grant.scope, { qualification, ...(place && { place }) }).covered
  if (!covers) return { standing: 'not-for-this' }
  const at = grantStanding(grant, effective)
  switch (at.in) {
    case 'force':
      return { standing: 'authorised' }
    case 'suspension':
      return { standing: 'suspended', since: at.since }
    case 'withdrawal':
      return { standing: 'withdrawn', since: at.since }
    case 'past':
    case 'future':
      return { standing: 'not-for-this' }
    default:
      return at satisfies never
  }
}

function linkOf(entity: Entity, standing: IssuerStanding, basis: string, from: string, grant?: Grant): ChainLink {
  return {
    id: entity.id,
    role: entity.kind,
    name: entity.identity.name,
    ...(entity.identity.localName && { localName: entity.identity.localName }),
    standing,
    basis,
    from,
    ...(grant?.until && { until: grant.until }),
    ...(grant && grant.recordedAt.slice(0, 10) > grant.from.slice(0, 10) && { recordedLater: true }),
  }
}

function sentenceFor({ standing, since, chain }: Judged, name: string, title: string): string {
  const grantor = chain.find((link) => link.role === 'authority')
  const by = grantor ? ` by ${grantor.name}` : ' by law'
  const day = since?.slice(0, 10)
  switch (standing) {
    case 'authorised':
      return `${name} was allowed to certify ${title}${by}.`
    case 'not-for-this':
      return `${name} is known here, but was not allowed to certify ${title} on that day.`
    case 'suspended':
      return `${name} has been suspended since ${day}: it may not issue new certificates for ${title}.`
    case 'withdrawn':
      return `The accreditation of ${name} for ${title} was withdrawn from ${day} on.`
    case 'unknown':
      return `No authority that this registry accepts stands behind ${name}.`
    default:
      return standing satisfies never
  }
}

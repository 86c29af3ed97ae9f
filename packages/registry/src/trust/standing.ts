import { findQualification, type Qualification, scopeCovers } from '@sijil/qualifications'
import type { ChainLink, IssuerAnswer, IssuerStanding } from '../verification.ts'
import { type Entity, entityAt, type Grant } from './entity.ts'
import type { Right } from './events.ts'
import { grantState, termsAt } from './grant.ts'
import type { TrustReader } from './reader.ts'

/** May `issuer` do this, for that, there, at `effective`, by what was known at `recorded`? Both moments are required, RFC 3339 UTC. */
export interface TrustQuestion {
  issuer: string
  /** `issue` unless told otherwise. */
  right?: Right
  /** Our id of the qualification. */
  qualification: string
  /** ISO 3166-1 alpha-2; absent for a body that speaks for no state. */
  place: string | undefined
  effective: string
  recorded: string
}

/** Which roots this deployment accepts. */
export interface TrustPolicy {
  /** Demonstration roots; production never accepts them. */
  demonstration: boolean
  /** By id; absent: every authority that is registered here. */
  roots?: readonly string[]
}

interface Asking {
  trust: TrustReader
  policy: TrustPolicy
}

/** A chain of authority, body and centre has three links; more than this is no chain of ours. */
const LONGEST_CHAIN = 5

const unknown = (question: TrustQuestion, sentence: string): IssuerAnswer => ({
  standing: 'unknown',
  sentence,
  effective: question.effective,
  recorded: question.recorded,
  chain: [],
})

/** The same function for "on the day of issue" and "today": only the moments differ. */
export async function issuerStanding(question: TrustQuestion, asking: Asking): Promise<IssuerAnswer> {
  const { issuer, recorded, effective, right = 'issue' } = question
  const entity = entityAt(issuer, await asking.trust(issuer), recorded)
  const who = right === 'assess' ? 'this centre' : 'this body'
  if (entity === undefined || entity.sandbox)
    return unknown(question, `No authority that this registry accepts has listed ${who}.`)
  if (entity.identity.demonstration && !asking.policy.demonstration) {
    return unknown(question, 'This is a demonstration; it is not accepted here.')
  }
  const qualification = findQualification(question.qualification)
  const judged = await judge(entity, right, qualification, question, asking, [])
  const { standing, since, pilot, chain } = judged
  return {
    standing,
    sentence: sentenceFor(
      judged,
      entity.identity.acronym ?? entity.identity.name,
      qualification?.title ?? 'this qualification',
      right,
    ),
    effective,
    recorded,
    ...(since && { since }),
    ...(pilot && { pilot }),
    chain,
  }
}

type Judged = Pick<IssuerAnswer, 'standing' | 'since' | 'pilot' | 'chain'>

/** The best grant speaks: one that covers and is in force, else the most telling reason why none does. */
const order: IssuerStanding[] = ['authorised', 'suspended', 'withdrawn', 'not-for-this', 'unknown']
const better = (a: Judged, b: Judged) => order.indexOf(a.standing) - order.indexOf(b.standing)

async function judge(
  entity: Entity,
  right: Right,
  qualification: Qualification | undefined,
  question: TrustQuestion,
  asking: Asking,
  below: readonly string[],
): Promise<Judged> {
  const grants = entity.grants.filter((grant) => grant.right === right)
  const judged = await Promise.all(
    grants.map((grant) => judgeGrant(entity, grant, qualification, question, asking, below)),
  )
  const best = judged.toSorted(better)[0]
  if (best !== undefined) return best
  return {
    standing: 'not-for-this',
    chain: [linkOf(entity, 'not-for-this', 'nobody has allowed it to', entity.registeredFrom)],
  }
}

/** A grant is worth what all of its grantors were on that day. */
async function judgeGrant(
  entity: Entity,
  grant: Grant,
  qualification: Qualification | undefined,
  question: TrustQuestion,
  asking: Asking,
  below: readonly string[],
): Promise<Judged> {
  const own = stateOf(grant, qualification, question)
  const link = linkOf(entity, own.standing, grant.basis, grant.from, grant, question.effective)
  const above = await Promise.all(
    grant.grantors.map((grantor) =>
      judgeGrantor(grantor, entity, qualification, question, asking, [...below, entity.id]),
    ),
  )
  const worst = above.toSorted(better).at(-1)
  const pilot = own.pilot || above.some((judged) => judged.pilot)
  const chain = [...above.flatMap((judged) => judged.chain), link]
  if (own.standing !== 'authorised' || worst === undefined || worst.standing === 'authorised') {
    return { ...own, ...(pilot && { pilot }), chain }
  }
  const { standing, since } = worst
  return { standing, ...(since && { since }), ...(pilot && { pilot }), chain }
}

async function judgeGrantor(
  id: string,
  grantee: Entity,
  qualification: Qualification | undefined,
  question: TrustQuestion,
  asking: Asking,
  below: readonly string[],
): Promise<Judged> {
  const grantor = entityAt(id, await asking.trust(id), question.recorded)
  // A circle of grants, or a chain without end, is rooted nowhere.
  if (grantor === undefined || below.includes(id) || below.length >= LONGEST_CHAIN)
    return { standing: 'unknown', chain: [] }
  if (!speaksFor(grantor, grantee) || grantor.registeredFrom > question.effective) {
    return {
      standing: 'unknown',
      chain: [linkOf(grantor, 'unknown', grantor.identity.mandate, grantor.registeredFrom)],
    }
  }
  if (isRoot(grantor, asking.policy)) {
    return {
      standing: 'authorised',
      chain: [linkOf(grantor, 'authorised', grantor.identity.mandate, grantor.registeredFrom)],
    }
  }
  return judge(grantor, 'accredit', qualification, question, asking, below)
}

/** An authority of its own right, where this deployment accepts it. Nobody above it can issue. */
export function isRoot({ kind, id, identity, grants }: Entity, { demonstration, roots }: TrustPolicy): boolean {
  const accepted = (roots === undefined || roots.includes(id)) && (!identity.demonstration || demonstration)
  // Whoever was granted the right to accredit has it from somebody else.
  return (
    kind === 'authority' &&
    accepted &&
    !grants.some(({ right, grantors }) => right === 'accredit' && grantors.length > 0)
  )
}

/** No root speaks for another state. */
export const speaksFor = (grantor: Entity, grantee: Entity): boolean =>
  grantor.identity.state === 'ASEAN' || grantor.identity.state === grantee.identity.state

function stateOf(
  grant: Grant,
  qualification: Qualification | undefined,
  { effective, place }: TrustQuestion,
): Omit<Judged, 'chain'> {
  const { scope, pilot } = termsAt(grant, effective)
  const covers = qualification !== undefined && scopeCovers(scope, { qualification, ...(place && { place }) }).covered
  if (!covers) return { standing: 'not-for-this' }
  const state = grantState(grant, effective)
  switch (state.in) {
    case 'force':
      return { standing: 'authorised', ...(pilot && { pilot }) }
    case 'suspension':
      return { standing: 'suspended', since: state.since }
    case 'withdrawal':
      return { standing: 'withdrawn', since: state.since }
    case 'past':
    case 'future':
      return { standing: 'not-for-this' }
    default:
      return state satisfies never
  }
}

function linkOf(
  entity: Entity,
  standing: IssuerStanding,
  basis: string,
  from: string,
  grant?: Grant,
  effective = from,
): ChainLink {
  const { id, kind: role, identity, successor } = entity
  const until = grant && termsAt(grant, effective).until
  return {
    id,
    role,
    name: identity.name,
    ...(identity.localName && { localName: identity.localName }),
    standing,
    basis,
    from,
    ...(until && { until }),
    ...(grant && grant.recordedAt.slice(0, 10) > grant.from.slice(0, 10) && { recordedLater: true }),
    ...(successor && { successor: successor.id }),
  }
}

const verbs = { issue: 'certify', assess: 'assess for', accredit: 'accredit for' } as const

function sentenceFor({ standing, since, chain, pilot }: Judged, name: string, title: string, right: Right): string {
  const grantors = chain.slice(0, -1).filter((link) => link.role !== 'centre')
  const by = grantors.length > 0 ? ` by ${grantors.map((link) => link.name).join(' and ')}` : ' by law'
  const day = since?.slice(0, 10)
  const what = `${verbs[right]} ${title}`
  switch (standing) {
    case 'authorised':
      return `${name} was allowed to ${what}${by}${pilot ? ', as a pilot' : ''}.`
    case 'not-for-this':
      return `${name} is known here, but was not allowed to ${what} on that day.`
    case 'suspended':
      return `${name} has been suspended since ${day}: it may not ${what} now.`
    case 'withdrawn':
      return `The accreditation of ${name} to ${what} was withdrawn from ${day} on.`
    case 'unknown':
      return `No authority that this registry accepts stands behind ${name}.`
    default:
      return standing satisfies never
  }
}

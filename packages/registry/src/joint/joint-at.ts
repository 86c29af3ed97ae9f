import { RegistryError } from '../errors.ts'
import { hashOf } from '../four-eyes.ts'
import { type CommitReader, streams } from '../stream.ts'
import { type JointCommits, type JointEvent, type JointText, type Party, requireKnownJoint } from './events.ts'

export const isSameParty = (one: Party, other: Party): boolean => one.registry === other.registry && one.id === other.id

/** What each party joins. It names all parties with their registries, so two registries compute the same. */
export const jointHash = ({ kind, id, number, parties, content }: JointText): string =>
  hashOf({ kind, id, number, parties: parties.map(({ registry, id }) => ({ registry, id })), content })

/** A decision of one party, with both of its times. */
interface Decided {
  party: Party
  effectiveAt: string
  recordedAt: string
}

/** What a party in another registry decided, as far as it is known here. */
export type RemoteDecision = Decided & { hash: string } & ({ type: 'joined' } | { type: 'left'; basis: string })

export interface Joint<C extends object = object> {
  text: JointText<C>
  hash: string
  joined: readonly Decided[]
  /** Named, and not joined as far as is known here. */
  missing: readonly Party[]
  left: readonly (Decided & { basis: string })[]
  /** `alone`: the proposer says it, and nobody else yet. `waiting`: some have joined, and not all. */
  state: 'alone' | 'waiting' | 'joint' | 'ended'
  /** The last join. It never counts earlier. Absent: not all have joined. */
  jointFrom?: string
  /** The first leaving. It ends for all from then on. */
  endedFrom?: string
}

export interface JointMoments {
  /** The moment that is asked about. RFC 3339 UTC. */
  effective: string
  /** What was on record by then. */
  recorded: string
}

/** A decision counts from its own day on, and never before it is on record. */
const countsFrom = ({ effectiveAt, recordedAt }: Decided): string =>
  effectiveAt > recordedAt ? effectiveAt : recordedAt

/** One version at two moments. Undefined: it was not on record, or did not count yet. Decisions that name another hash are of another text. */
export function jointAt<C extends object>(
  commits: JointCommits<C>,
  { effective, recorded }: JointMoments,
  elsewhere: readonly RemoteDecision[] = [],
): Joint<C> | undefined {
  requireKnownJoint(commits)
  const [opening] = commits[0]?.events ?? []
  if (commits[0] === undefined || opening?.type !== 'joint-proposed') return undefined
  const { text, hash } = opening
  const [proposer] = text.parties
  if (proposer === undefined || jointHash(text) !== hash)
    throw new RegistryError('dependency-unavailable', 'a joint record does not have the hash that it names')
  const here = commits.flatMap(({ events, effectiveAt, recordedAt }) =>
    events.map((event) => ({ ...decisionOf(event, proposer), effectiveAt, recordedAt })),
  )
  const others = elsewhere.filter(({ party }) => party.registry !== proposer.registry)
  const counted = [...here, ...others].filter(
    (one) => one.hash === hash && one.recordedAt <= recorded && countsFrom(one) <= effective,
  )
  const joined = text.parties.flatMap((party) => {
    const own = counted.find((one) => one.type === 'joined' && isSameParty(one.party, party))
    return own ? { party, effectiveAt: own.effectiveAt, recordedAt: own.recordedAt } : []
  })
  if (!joined.some(({ party }) => isSameParty(party, proposer))) return undefined
  const missing = text.parties.filter((party) => !joined.some((one) => isSameParty(one.party, party)))
  // A party that never joined has nothing to leave.
  const left = counted.flatMap((one) =>
    one.type === 'left' && joined.some(({ party }) => isSameParty(party, one.party))
      ? { party: one.party, basis: one.basis, effectiveAt: one.effectiveAt, recordedAt: one.recordedAt }
      : [],
  )
  const endedFrom = left.map(countsFrom).sort()[0]
  const lastJoin = missing.length === 0 && text.parties.length > 1 ? joined.map(countsFrom).sort().at(-1) : undefined
  // Once a party has left, nobody can make it joint any more.
  const jointFrom = lastJoin !== undefined && (endedFrom === undefined || lastJoin < endedFrom) ? lastJoin : undefined
  const state = endedFrom ? 'ended' : jointFrom ? 'joint' : joined.length > 1 ? 'waiting' : 'alone'
  return { text, hash, joined, missing, left, state, ...(jointFrom && { jointFrom }), ...(endedFrom && { endedFrom }) }
}

type Decision = { party: Party; hash: string } & ({ type: 'joined' } | { type: 'left'; basis: string })

function decisionOf(event: JointEvent, proposer: Party): Decision {
  const { hash } = event
  switch (event.type) {
    case 'joint-proposed':
      return { type: 'joined', party: proposer, hash }
    case 'joint-joined':
      return { type: 'joined', party: { ...proposer, id: event.party }, hash }
    case 'joint-left':
      return { type: 'left', party: { ...proposer, id: event.party }, hash, basis: event.basis }
    default:
      return event satisfies never
  }
}

/** Everything on record about one version. Strongly consistent. */
export const readJoint = <C extends object>(
  { kind, id, number }: Pick<JointText, 'kind' | 'id' | 'number'>,
  reader: CommitReader,
): Promise<JointCommits<C>> => reader.read<JointEvent<C>>(streams.joint(kind, id, number))

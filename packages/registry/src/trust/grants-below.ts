import { type CommitReader, ownerOf, pagesOf } from '../stream.ts'
import { type Entity, EVERYTHING, type Grant } from './entity.ts'
import type { TrustEvent } from './events.ts'
import { trustOf } from './reader.ts'
import { type GrantQuestion, type Place, walkGrants } from './walk-grants.ts'

const PAGE = 100
/** So many decisions are looked through; behind them there may be more. */
const MOST_DECISIONS = 2_000

type Accredited = Extract<TrustEvent, { type: 'accredited' }>
interface Given extends Pick<Accredited, 'grant' | 'right' | 'grantors' | 'onBehalfOf'> {
  holder: string
}

/** Accreditations as they were given; whether they hold is another question. */
export interface GivenGrants {
  given: readonly Given[]
  isAll: boolean
}

/** Every certificate that rests on a grant lies within each grant of one of these ways. */
type Way = readonly Grant[]

interface Below extends Place {
  grant: string
  /** The grants that it rests on, up to the one that was asked about. */
  above: Way
}

/** A grant that rests on the one that was asked about, or is that one: `way` begins with it. */
interface Resting {
  holder: string
  way: readonly [Grant, ...Grant[]]
}

export interface GrantsBelow {
  /** By body, whose certificates may be among those: the grants over which they come to rest on the one that was asked about. */
  bodies: ReadonlyMap<string, readonly Way[]>
  /** Not everything was looked through, or something below was granted to centres, whose certificates are not found so. */
  isPart: boolean
}

/** What rests on grants: what their holder issues itself, what it granted in turn, and what others do on its behalf. */
export async function grantsBelow(
  { holder, grants }: { holder: Entity; grants: readonly Grant[] },
  { store, given: { given, isAll } }: { store: CommitReader; given: GivenGrants },
): Promise<GrantsBelow> {
  const question: GrantQuestion<Below, readonly Resting[]> = {
    trust: trustOf(store),
    recorded: EVERYTHING,
    async answer(entity, { id, grant, above }, follow) {
      const own = entity.grants.find((each) => each.id === grant)
      if (own === undefined) return []
      const found: Resting[] = [{ holder: id, way: [own, ...above] }]
      if (own.right === 'assess') return found
      for (const next of given.filter((one) => restsOnOther(one, id, own)))
        found.push(...(await follow({ id: next.holder, grant: next.grant, above: [own, ...above] })))
      return found
    },
    nowhere: [],
  }
  const { id } = holder
  const walks = grants.map((grant) => walkGrants({ id, entity: holder, grant: grant.id, above: [] }, question))
  const resting = (await Promise.all(walks)).flat()
  const isIssuing = ({ way: [own] }: Resting) => own.right === 'issue'
  const ways = Map.groupBy(resting.filter(isIssuing), (each) => each.holder)
  return {
    bodies: new Map([...ways].map(([body, found]) => [body, found.map(({ way }) => way)])),
    isPart: !isAll || resting.some(({ way: [own] }) => own.right === 'assess'),
  }
}

/** Granted by it, where it may accredit; or in its name, with the same right, or with any where the law made it the head of a list. */
function restsOnOther({ right, grantors, onBehalfOf }: Given, id: string, own: Grant): boolean {
  const isHead = own.right === 'accredit' && own.grantors.length === 0
  return (own.right === 'accredit' && grantors.includes(id)) || (onBehalfOf === id && (right === own.right || isHead))
}

/** Every accreditation there is, newest first, as the index of decisions tells it: it is behind by a moment, as every index is. */
export async function listGiven(store: CommitReader, most = MOST_DECISIONS): Promise<GivenGrants> {
  const given: Given[] = []
  let looked = 0
  for await (const commits of pagesOf<TrustEvent>(store, 'TRUST', { limit: Math.min(PAGE, most), newestFirst: true })) {
    if (looked >= most) return { given, isAll: false }
    looked += commits.length
    for (const { stream, events } of commits)
      for (const event of events) if (event.type === 'accredited') given.push({ ...event, holder: ownerOf(stream) })
  }
  return { given, isAll: true }
}

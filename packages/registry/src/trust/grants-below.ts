import { type CommitReader, ownerOf, pagesOf } from '../stream.ts'
import { type Entity, EVERYTHING, type Grant } from './entity.ts'
import type { TrustEvent } from './events.ts'
import { trustOf } from './reader.ts'
import { type GrantQuestion, type Place, walkGrants } from './walk-grants.ts'

const PAGE = 100
/** The most decisions that are read. There may be more. */
const MOST_DECISIONS = 2_000

type Accredited = Extract<TrustEvent, { type: 'accredited' }>
interface Given extends Pick<Accredited, 'grant' | 'right' | 'grantors' | 'onBehalfOf'> {
  holder: string
}

/** Accreditations as they were granted, in force or not. `isAll` is false if there may be more. */
export interface GivenGrants {
  given: readonly Given[]
  isAll: boolean
}

/** A path of grants. A certificate below the grant in question lies within each grant of at least one path. */
type Way = readonly Grant[]

interface Below extends Place {
  grant: string
  /** The grants above this one, up to the grant in question. */
  above: Way
}

/** The grant in question, or a grant below it. `way` begins with it. */
interface Resting {
  holder: string
  way: readonly [Grant, ...Grant[]]
}

export interface GrantsBelow {
  /** The paths from each issuing body up to the grant in question. Certificates of these bodies may depend on it. */
  bodies: ReadonlyMap<string, readonly Way[]>
  /** True if not all decisions were read, or if centres hold grants below: their certificates are not found this way. */
  isPart: boolean
}

/** Finds what depends on `grants`: what their holder issues, what it granted in turn, and what others do on its behalf. */
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

/** True if the holder of `own` granted it, or is its principal. The principal needs the same right, or must be head of a list by law. */
function restsOnOther({ right, grantors, onBehalfOf }: Given, id: string, own: Grant): boolean {
  const isHead = own.right === 'accredit' && own.grantors.length === 0
  return (own.right === 'accredit' && grantors.includes(id)) || (onBehalfOf === id && (right === own.right || isHead))
}

/** All accreditations, newest first, from the index of decisions. The index is eventually consistent. */
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

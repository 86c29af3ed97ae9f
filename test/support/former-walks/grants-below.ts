import type { CommitReader } from '../../../packages/registry/src/stream.ts'
import { EVERYTHING, type Grant } from '../../../packages/registry/src/trust/entity.ts'
import type { TrustEvent } from '../../../packages/registry/src/trust/events.ts'
import { entityAt } from '../../../packages/registry/src/trust/fold.ts'
import { trustOf } from '../../../packages/registry/src/trust/reader.ts'
import { MAX_CHAIN_LENGTH } from './standing.ts'

type Accredited = Extract<TrustEvent, { type: 'accredited' }>
interface Given extends Pick<Accredited, 'grant' | 'right' | 'grantors' | 'onBehalfOf'> {
  holder: string
}

/** Accreditations as they were given; whether they hold is another question. */
interface GivenGrants {
  given: readonly Given[]
  isAll: boolean
}

/** Every certificate that rests on a grant lies within each grant of one of these ways. */
type Way = readonly Grant[]

interface GrantsBelow {
  /** By body, whose certificates may be among those: the grants over which they come to rest on the one that was asked about. */
  bodies: ReadonlyMap<string, readonly Way[]>
  /** Not everything was looked through, or something below was granted to centres, whose certificates are not found so. */
  isPart: boolean
}

/** What rests on grants: what their holder issues itself, what it granted in turn, and what others do on its behalf. */
export async function grantsBelow(
  { holder, grants }: { holder: string; grants: readonly Grant[] },
  { store, given: { given, isAll } }: { store: CommitReader; given: GivenGrants },
): Promise<GrantsBelow> {
  const bodies = new Map<string, Way[]>()
  let isPart = !isAll
  const follow = async (id: string, way: readonly [Grant, ...Grant[]]): Promise<void> => {
    const [own] = way
    if (own.right === 'issue') bodies.set(id, [...(bodies.get(id) ?? []), way])
    // So a circle of grants ends as well.
    if (way.length >= MAX_CHAIN_LENGTH) return
    for (const { holder: next, grant: name } of given.filter((one) => restsOnOther(one, id, own))) {
      const entity = entityAt(next, await trustOf(store)(next), EVERYTHING)
      const found = entity?.grants.find((each) => each.id === name)
      if (found?.right === 'assess') isPart = true
      else if (found !== undefined) await follow(next, [found, ...way])
    }
  }
  for (const grant of grants) {
    if (grant.right === 'assess') isPart = true
    else await follow(holder, [grant])
  }
  return { bodies, isPart }
}

/** Granted by it, where it may accredit; or in its name, with the same right, or with any where the law made it the head of a list. */
function restsOnOther({ right, grantors, onBehalfOf }: Given, id: string, own: Grant): boolean {
  const isHead = own.right === 'accredit' && own.grantors.length === 0
  return (own.right === 'accredit' && grantors.includes(id)) || (onBehalfOf === id && (right === own.right || isHead))
}

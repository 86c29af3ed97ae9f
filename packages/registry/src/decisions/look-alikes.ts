import { hostOf, readKnownLists } from '../accepted-registries/accepted-lists.ts'
import { historyOf, idOfListed } from '../accepted-registries/copied-lists.ts'
import { RegistryError } from '../errors.ts'
import { type LooksOf, loadLooks } from '../likeness/skeleton.ts'
import { type CommitReader, type IndexKey, ownerOf, pagesOf, type StreamId, streams } from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import type { Identity, TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'

/** An entity on record whose name looks like a new name. */
export interface Resembled {
  id: string
  name: string
  state: string
  /** The name of theirs that looks the same, where that is not `name`. */
  alike?: string
  /** Address of the registry whose accepted list names it; absent: it is registered here. */
  registry?: string
}

/** Who asks to be registered, under which names. */
export interface Newcomer {
  id: string
  identity: Identity
  /** Id of the entity that it will succeed. */
  succeeds?: string
}

interface Alike extends Match {
  entity: Entity
}

interface LookAlikes {
  /** Look-alikes in the same state. They block the registration. */
  refused: readonly Alike[]
  /** Look-alikes in other states and in accepted lists, and the predecessor. Officers see them before they approve. */
  shown: readonly Resembled[]
}

const PAGE = 200
/** An accepted list may repeat one name many times. The limit keeps proposals small. */
const MOST_SHOWN = 50
const MAX_NAME_LENGTH = 200

/** What an identity is called. */
export type Names = Pick<Identity, 'name' | 'acronym' | 'localName' | 'furtherNames'>

/** Every name that an identity has, and where it stands in it. A list that was accepted may hold anything. */
const namesIn = ({ name, acronym, localName, furtherNames }: Names): [pointer: string, name: string][] => {
  const further = Array.isArray(furtherNames) ? furtherNames : []
  const all: [string, unknown][] = [
    ['/name', name],
    ['/acronym', acronym],
    ['/localName/text', localName?.text],
    ...further.map((one, place): [string, unknown] => [`/furtherNames/${place}/text`, one?.text]),
  ]
  return all.filter((row): row is [string, string] => typeof row[1] === 'string')
}

interface Match {
  /** The newcomer's name that looks like one of the other's. */
  pointer: string
  /** The other's name. */
  alike: string
}
/** Finds a name of the newcomer that looks like one of another identity. */
type Compare = (other: Names) => Match | undefined

export function comparing(newcomer: Names, looksOf: LooksOf): Compare {
  const own = namesIn(newcomer).map(([pointer, name]) => ({ pointer, looks: looksOf(name) }))
  return (other) => {
    for (const [, alike] of namesIn(other)) {
      const looks = [...looksOf(alike)]
      const mine = own.find((one) => looks.some((look) => one.looks.has(look)))
      if (mine !== undefined) return { pointer: mine.pointer, alike }
    }
    return undefined
  }
}

/**
 * Compares all names of a newcomer with all names on record. An index only finds candidates: their streams decide. `besides`: ids of
 * candidates that an index may not show yet.
 */
export async function findLookAlikes(
  newcomer: Newcomer,
  reader: CommitReader,
  besides: readonly string[] = [],
): Promise<LookAlikes> {
  const { id, identity, succeeds } = newcomer
  const compare = comparing(identity, await loadLooks())
  const here = (await findHere(compare, besides, reader)).filter(({ entity }) => entity.id !== id)
  const isFormer = isFormerOf(succeeds, here)
  const isRefused = ({ entity }: Alike) => entity.identity.state === identity.state && !isFormer(entity)
  const others = here.filter((one) => !isRefused(one)).map(resembled)
  const shown = [...others, ...(await findInLists(compare, reader))]
  return { refused: here.filter(isRefused), shown: shown.slice(0, MOST_SHOWN) }
}

async function findHere(compare: Compare, besides: readonly string[], reader: CommitReader): Promise<Alike[]> {
  const alike: Alike[] = []
  const candidates = await candidatesIn('ENTITIES', compare, reader)
  for (const stream of new Set([...candidates, ...besides.map(streams.trust)])) {
    const id = ownerOf(stream)
    const entity = entityAt(id, await trustOf(reader)(id), EVERYTHING)
    const match = entity && compare(entity.identity)
    if (entity && match) alike.push({ entity, ...match })
  }
  return alike
}

async function findInLists(compare: Compare, reader: CommitReader): Promise<Resembled[]> {
  const alike: Resembled[] = []
  for (const registry of await acceptedNow(reader)) {
    const host = hostOf(registry)
    const candidates = [...(await candidatesIn(`LISTED#${host}`, compare, reader))]
    for (const id of new Set(candidates.map((stream) => idOfListed(host, stream)))) {
      const entity = entityAt(id, await historyOf(registry, id, reader), EVERYTHING)
      const match = entity && compare(entity.identity)
      if (entity && match) alike.push({ ...resembled({ entity, ...match }), registry })
    }
  }
  return alike
}

async function candidatesIn(index: IndexKey, compare: Compare, reader: CommitReader): Promise<Set<StreamId>> {
  const found = new Set<StreamId>()
  for await (const commits of pagesOf<TrustEvent>(reader, index, { limit: PAGE, newestFirst: false }))
    for (const { stream, events } of commits)
      if (events.some((event) => 'identity' in event && compare(event.identity) !== undefined)) found.add(stream)
  return found
}

const resembled = ({ entity, alike }: Alike): Resembled => {
  const { name, state } = entity.identity
  const other = alike === name ? undefined : alike.slice(0, MAX_NAME_LENGTH)
  return { id: entity.id, name: name.slice(0, MAX_NAME_LENGTH), ...(other && { alike: other }), state }
}

/** Registries whose list is accepted and not suspended. */
async function acceptedNow(reader: CommitReader): Promise<string[]> {
  const known = await readKnownLists(reader)
  const isAccepted = await Promise.all(
    known.map(async ({ registry, authority }) => {
      const { lists = [] } = entityAt(authority, await trustOf(reader)(authority), EVERYTHING) ?? {}
      return lists.some((list) => list.registry === registry && list.suspendedAt === undefined)
    }),
  )
  return known.filter((_, at) => isAccepted[at]).map(({ registry }) => registry)
}

/** Matches the predecessor and all of its own predecessors. Each of them may have had the name. */
function isFormerOf(succeeds: string | undefined, alike: readonly Alike[]): (entity: Entity) => boolean {
  const former = new Set(succeeds === undefined ? [] : [succeeds])
  for (let size = -1; size < former.size; ) {
    size = former.size
    for (const { entity } of alike) if (former.has(entity.successor?.id ?? '')) former.add(entity.id)
  }
  return ({ id }) => former.has(id)
}

/** Throws `conflict`, naming who has the name, where somebody of the same state looks like the newcomer. */
export async function requireDistinctNames(
  newcomer: Newcomer,
  reader: CommitReader,
  besides: readonly string[] = [],
): Promise<readonly Resembled[]> {
  const { refused, shown } = await findLookAlikes(newcomer, reader, besides)
  const [first] = refused
  if (first !== undefined) {
    const { id, identity } = first.entity
    const who = `${identity.name} (${id}, ${identity.state})`
    throw new RegistryError('conflict', `This name looks like the name of ${who}. Choose another name.`, {
      reason: 'name-looks-alike',
      faults: refused.map(({ entity, pointer }) => ({
        pointer: `/identity${pointer}`,
        detail: `must not look like a name of ${entity.id}, which is registered in the same state`,
        reason: 'name-looks-alike',
      })),
    })
  }
  return shown
}

/** Throws `conflict` if a look-alike is missing from those that the officers saw. */
export function requireSeen(shown: readonly Resembled[], seen: readonly Resembled[] = []): void {
  const unseen = shown.find(({ id, registry }) => !seen.some((one) => one.id === id && one.registry === registry))
  if (unseen !== undefined)
    throw new RegistryError(
      'conflict',
      `After this was proposed, ${unseen.id} was recorded with a name that looks the same. Propose it again.`,
    )
}

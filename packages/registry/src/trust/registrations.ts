import { RegistryError } from '../errors.ts'
import { inParts } from '../in-parts.ts'
import { type CommitReader, ownerOf } from '../stream.ts'
import type { TrustEvent } from './events.ts'

/** The event that registers an authority, a body or a centre. Of its identity only the contact changes afterwards. */
export type Registration = Extract<TrustEvent, { identity: unknown }>

/** The sandbox issues certificates for trials. They count nowhere. */
export const isSandbox = (registration: Registration): boolean => 'sandbox' in registration && registration.sandbox

const CHUNK = 200
/** The limit of chunks that one question reads. */
const CHUNKS = 50
/** The limit of streams that are read in parallel. */
const AT_ONCE = 50

interface Found<T> {
  found: T[]
  /** The place from which to go on. Absent on the last page. */
  next?: string
  /** The number of streams that were read. */
  examined: number
}

/**
 * Lists the entities that match, oldest registration first. `matches` reads the index of registrations alone, and `examine` reads the
 * stream of each entity that passed. One call looks through at most 10,000 registrations and reads at most `most` streams. So a page
 * can have few entities, or none, and still a `next`.
 */
export async function listRegistered<T>(
  reader: CommitReader,
  { limit, after = '0~', most = Infinity }: { limit: number; after?: string; most?: number },
  matches: (registration: Registration) => boolean,
  examine: (id: string) => Promise<T | undefined>,
): Promise<Found<T>> {
  let { skipped, cursor } = placeOf(after)
  const found: T[] = []
  let examined = 0
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    const page = { limit: CHUNK, newestFirst: false, ...(cursor !== '' && { after: cursor }) }
    const { commits, next } = await reader.list<Registration>('ENTITIES', page)
    const candidates = commits.flatMap(({ stream, events }, at) =>
      at >= skipped && events.some(matches) ? [{ at, id: ownerOf(stream) }] : [],
    )
    while (candidates.length > 0) {
      const [{ at } = { at: 0 }] = candidates
      if (found.length === limit || examined >= most) return { found, examined, next: `${at}~${cursor}` }
      const batch = candidates.splice(0, Math.min(limit - found.length, most - examined, AT_ONCE))
      const passed = await Promise.all(batch.map(({ id }) => examine(id)))
      examined += batch.length
      found.push(...passed.filter((each) => each !== undefined))
    }
    if (next === undefined) return { found, examined }
    cursor = next
    skipped = 0
  }
  return { found, examined, next: `0~${cursor}` }
}

/** How many of the first chunk were seen, and the cursor at which that chunk begins. */
function placeOf(after: string): { skipped: number; cursor: string } {
  const [, seen, cursor = ''] = /^(\d{1,4})~([\w-]*)$/.exec(after) ?? []
  if (seen !== undefined && Number(seen) <= CHUNK) return { skipped: Number(seen), cursor }
  throw new RegistryError('no-such-page', 'This page does not exist.', {
    faults: [{ pointer: '/page', detail: 'must be the "next" of an answer to the same question' }],
  })
}

/** The ids of all entities that match, in the order of ids. */
export async function everyRegistered(
  reader: CommitReader,
  matches: (registration: Registration) => boolean,
): Promise<string[]> {
  const all: string[] = []
  let after: string | undefined
  do {
    const place = { limit: Infinity, ...(after && { after }) }
    const { found, next } = await listRegistered(reader, place, matches, async (id) => id)
    all.push(...found)
    after = next
  } while (after !== undefined)
  return all.sort()
}

/** Reads each id, in the given order. A list without pages must not take all connections of the store. */
export const readEach = <T>(ids: readonly string[], read: (id: string) => Promise<T>): Promise<Awaited<T>[]> =>
  inParts(ids, AT_ONCE, read)

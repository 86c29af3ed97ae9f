import { type CommitReader, ownerOf, RegistryError } from '@sijil/registry'
import type { TrustEvent } from '@sijil/registry/trust'

/** How an authority, a body or a centre came to stand here; who it is does not change afterwards. */
export type Registration = Extract<TrustEvent, { identity: unknown }>

/** The body whose certificates are for trying out, and count nowhere. */
export const isSandbox = (registration: Registration): boolean => 'sandbox' in registration && registration.sandbox

const CHUNK = 200
/** What one question may look through. */
const CHUNKS = 50
/** Streams that are read at once. */
const AT_ONCE = 50

interface Found<T> {
  found: T[]
  /** Where to go on; absent: that was all. */
  next?: string
  /** How many were looked at closely. */
  examined: number
}

/**
 * Those who match, oldest registration first: `matches` is asked of the index of registrations alone, and only of who passes it the
 * stream is read. At most 10,000 registrations are looked through, and `most` streams read, so a page can have few, or none, and a
 * `next` all the same.
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

/** How many of the first chunk were seen, and where that chunk begins. */
function placeOf(after: string): { skipped: number; cursor: string } {
  const [, seen, cursor = ''] = /^(\d{1,4})~([\w-]*)$/.exec(after) ?? []
  if (seen !== undefined && Number(seen) <= CHUNK) return { skipped: Number(seen), cursor }
  throw new RegistryError('no-such-page', 'This page does not exist.', {
    faults: [{ pointer: '/page', detail: 'must be the "next" of an answer to the same question' }],
  })
}

/** All who match, by id. */
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

/** Of each, in their order: a list has no pages, and must not take all connections. */
export async function readEach<T>(ids: readonly string[], read: (id: string) => Promise<T>): Promise<T[]> {
  const all: T[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE)
    all.push(...(await Promise.all(ids.slice(at, at + AT_ONCE).map(read))))
  return all
}

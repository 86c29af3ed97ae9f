import type { CommitReader, TrustEvent } from '@sijil/registry'

/** How an authority, a body or a centre came to stand here; who it is does not change afterwards. */
export type Registration = Extract<TrustEvent, { identity: unknown }>

const CHUNK = 200
/** What one question may look through. */
const CHUNKS = 50

/**
 * Ids of those who match, oldest registration first, from the index of registrations alone: no stream is read. At most 10,000
 * registrations are looked through, so a page can have few and a `next` all the same.
 */
export async function listRegistered(
  reader: CommitReader,
  { limit, after = '0~' }: { limit: number; after?: string },
  matches: (registration: Registration) => boolean,
): Promise<{ ids: string[]; next?: string }> {
  // How many of the first chunk were seen, and where that chunk begins.
  const [seen, begin] = after.split('~')
  let skipped = Number(seen)
  let cursor = begin ?? ''
  const ids: string[] = []
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    const page = { limit: CHUNK, newestFirst: false, ...(cursor !== '' && { after: cursor }) }
    const { commits, next } = await reader.list<Registration>('ENTITIES', page)
    for (const [at, { stream, events }] of commits.entries()) {
      if (at < skipped || !events.some(matches)) continue
      if (ids.length === limit) return { ids, next: `${at}~${cursor}` }
      ids.push(stream.slice(0, stream.indexOf('/')))
    }
    if (next === undefined) return { ids }
    cursor = next
    skipped = 0
  }
  return { ids, next: `0~${cursor}` }
}

/** All who match, by id. */
export async function everyRegistered(
  reader: CommitReader,
  matches: (registration: Registration) => boolean,
): Promise<string[]> {
  const all: string[] = []
  let after: string | undefined
  do {
    const { ids, next } = await listRegistered(reader, { limit: Infinity, ...(after && { after }) }, matches)
    all.push(...ids)
    after = next
  } while (after !== undefined)
  return all.sort()
}

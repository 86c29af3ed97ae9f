import { canonicalJson, isDid } from '@sijil/credentials'
import { appendLeaves, emptyFrontier, type Frontier, leafHash } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import type { PublicEntry } from '../log/logs.ts'
import { isLostRace } from '../lost-race.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, ownerOf, streams } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { hostOf } from './accepted-lists.ts'
import type { DidListed } from './copied-lists.ts'

const ACTOR = 'system:list'
/** Entries between two records of the progress. A copy that is stopped repeats at most so many. */
const BATCH = 500
const AT_ONCE = 25

/** How far the entries of a list were copied: the frontier of its log's tree, peaks in base64. Only the last commit counts. */
interface EntriesCopied {
  type: 'entries-copied'
  size: number
  peaks: readonly string[]
}

/** The part of the other registry's log that was copied, as a frontier. It may be more than the last complete copy. */
export async function copiedFrontier(registry: string, reader: CommitReader): Promise<Frontier> {
  const last = await reader.latest<EntriesCopied>(streams.remoteCopied(hostOf(registry)))
  const [copied] = last?.events ?? []
  if (copied === undefined) return emptyFrontier
  return { size: copied.size, peaks: copied.peaks.map((peak) => new Uint8Array(Buffer.from(peak, 'base64'))) }
}

export const leafOf = (entry: PublicEntry): Uint8Array => leafHash(new TextEncoder().encode(canonicalJson(entry)))

/** Throws `validation-failed` if an entry cannot be copied. Called for all of them before the first write. */
export function requireCopyable(entries: readonly PublicEntry[]): void {
  for (const { stream } of entries)
    if (stream !== `${ownerOf(stream)}/trust`)
      throw new RegistryError(
        'validation-failed',
        'Its log holds an entry that is not in the trust stream of an entity.',
      )
}

/**
 * Copies the entries that follow `from` in the other registry's log. Records how far it came, so that another request continues there.
 * Entries of one entity are written in their order.
 */
export async function copyEntries(
  entries: readonly PublicEntry[],
  from: Frontier,
  registry: string,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  requireCopyable(entries)
  let frontier = from
  for (let start = 0; start < entries.length; start += BATCH) {
    const batch = entries.slice(start, start + BATCH)
    const byStream = [...Map.groupBy(batch, ({ stream }) => stream).values()]
    for (let first = 0; first < byStream.length; first += AT_ONCE)
      await Promise.all(
        byStream.slice(first, first + AT_ONCE).map(async (own) => {
          for (const entry of own) await copy(entry, registry, store)
        }),
      )
    frontier = appendLeaves(frontier, batch.map(leafOf))
    await recordCopied(frontier, registry, { store, now })
  }
}

async function recordCopied(
  { size, peaks }: Frontier,
  registry: string,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const stream = streams.remoteCopied(hostOf(registry))
  const last = await store.latest<EntriesCopied>(stream)
  // Another request copied as much meanwhile.
  if ((last?.events[0]?.size ?? 0) >= size) return
  const event: EntriesCopied = {
    type: 'entries-copied',
    size,
    peaks: peaks.map((peak) => Buffer.from(peak).toString('base64')),
  }
  await store.append(nextCommit(stream, last ? [last] : [], { events: [event], actor: ACTOR, now }))
}

/**
 * Copies one commit with its number, both moments and the authority that it names. A commit that an interrupted run wrote stays, and
 * must be the same.
 */
async function copy(entry: PublicEntry, registry: string, store: CommitStore): Promise<void> {
  const id = ownerOf(entry.stream)
  const { number, effectiveAt, recordedAt, by } = entry
  const events = entry.events as TrustEvent[]
  const stream = streams.remoteTrust(hostOf(registry), id)
  // The DID is written first, so that every listed body can be found by its DID.
  for (const event of events)
    if (event.type === 'body-registered' && event.elsewhere && isDid(event.did))
      await appendOnce<DidListed>(
        {
          stream: streams.remoteDid(hostOf(registry), event.did),
          number: 0,
          events: [{ type: 'did-listed', id }],
          actor: ACTOR,
          effectiveAt,
          recordedAt,
        },
        store,
      )
  const commit: Commit<TrustEvent> = {
    stream,
    number,
    events,
    actor: ACTOR,
    effectiveAt,
    recordedAt,
    ...(by && { by }),
    // The index lets its names be compared with names that are registered here.
    ...(events.some((event) => 'identity' in event) && { index: `LISTED#${hostOf(registry)}` as const }),
  }
  if (await appendOnce(commit, store)) return
  // Two signed logs differ in this commit, or one log holds it twice. This registry cannot tell which of them is true.
  const there = (await store.read<TrustEvent>(stream)).find((other) => other.number === number)
  if (there === undefined || comparableText(there) !== comparableText(commit)) throw isAnotherLog()
}

export const isAnotherLog = () =>
  new RegistryError('validation-failed', 'Its log differs from what was copied before. Keep the file as evidence.')

const comparableText = ({ events, effectiveAt, recordedAt, by }: Commit<TrustEvent>) =>
  canonicalJson({ events, effectiveAt, recordedAt, by })

/** True if the commit was written now, false if one with its number existed. */
export async function appendOnce<E>(commit: Commit<E>, store: CommitStore): Promise<boolean> {
  try {
    await store.append(commit)
    return true
  } catch (error) {
    if (!isLostRace(error)) throw error
    return false
  }
}

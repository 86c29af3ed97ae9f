import { TILE_WIDTH } from '@sijil/tlog'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import type { LeafEvent } from './grow.ts'
import { type PublicEntry, publicEntry } from './logs.ts'
import { latestCheckpoint, readEntries } from './read-log.ts'

/** The kinds by which the feed of changes can be filtered. */
export const changeKinds = ['listings', 'accreditations', 'keys'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** One entry of the registry's log. Its index never changes. */
export interface Change extends Omit<PublicEntry, 'events'> {
  index: number
  /** Id of the entity that owns the stream. */
  id: string
  events: readonly TrustEvent[]
}

export interface ChangesQuestion {
  /** Entries before this one; absent: from the newest. */
  before?: number
  id?: string
  /** Only changes of these entities. */
  among?: ReadonlySet<string>
  kind?: ChangeKind
  limit: number
}

/** Tiles of entries that one question reads at most. If the answer stops there, `next` says where the next question continues. */
const MOST_TILES = 8

/** Newest first. Leaves out entries that no checkpoint covers yet. */
export async function listChanges(
  question: ChangesQuestion,
  reader: CommitReader,
): Promise<{ changes: Change[]; size: number; next?: number }> {
  const size = (await latestCheckpoint('registry', reader))?.size ?? 0
  const changes: Change[] = []
  let at = Math.min(question.before ?? size, size)
  for (let tiles = 0; at > 0 && tiles < MOST_TILES; tiles++) {
    const first = Math.floor((at - 1) / TILE_WIDTH) * TILE_WIDTH
    const { entries } = await readEntries('registry', first / TILE_WIDTH, reader)
    while (at > first) {
      const change = changeOf(at - 1, entries[at - 1 - first] ?? '')
      if (changes.length === question.limit) return { changes, size, next: at }
      if (isWanted(change, question)) changes.push(change)
      at -= 1
    }
  }
  return { changes, size, ...(at > 0 && { next: at }) }
}

/** The entry with that index, parsed and word for word as it was hashed. `undefined` if no checkpoint covers it. */
export async function findChange(
  index: number,
  reader: CommitReader,
): Promise<{ change: Change; entry: string } | undefined> {
  const size = (await latestCheckpoint('registry', reader))?.size ?? 0
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return undefined
  const { entries } = await readEntries('registry', Math.floor(index / TILE_WIDTH), reader)
  const entry = entries[index % TILE_WIDTH] ?? ''
  return { change: changeOf(index, entry), entry }
}

export interface LoggedDecision {
  /** Absent: no checkpoint covers it yet. */
  index?: number
  recordedAt: string
  /** Made from the stored commit. The log holds the same text, word for word, unless the commit was changed later. */
  entry: string
}

/**
 * The last decisions about an entity, newest first, with their places in the log. They are made from its stream, so a proof of their
 * inclusion also proves the stored stream.
 */
export async function listLogged(
  history: readonly Commit<TrustEvent>[],
  limit: number,
  reader: CommitReader,
): Promise<LoggedDecision[]> {
  const size = (await latestCheckpoint('registry', reader))?.size ?? 0
  const newest = history.slice(-limit).toReversed()
  return Promise.all(
    newest.map(async (commit) => {
      const pointer = await reader.latest<LeafEvent>(streams.logLeaf('registry', `${commit.stream}/${commit.number}`))
      const index = pointer?.events[0]?.index
      const isCovered = index !== undefined && index < size
      return { ...(isCovered && { index }), recordedAt: commit.recordedAt, entry: publicEntry(commit) }
    }),
  )
}

function changeOf(index: number, entry: string): Change {
  const stated = JSON.parse(entry) as PublicEntry & { events: TrustEvent[] }
  return { index, id: stated.stream.split('/')[0] ?? '', ...stated }
}

const isWanted = (change: Change, { id, among, kind }: ChangesQuestion) =>
  (id === undefined || change.id === id) &&
  (among === undefined || among.has(change.id)) &&
  (kind === undefined || change.events.some(({ type }) => kindOf(type) === kind))

const kindOf = (type: TrustEvent['type']): ChangeKind =>
  type.startsWith('key-')
    ? 'keys'
    : /-registered$|^succeeded$|^contact-changed$|^list-/.test(type)
      ? 'listings'
      : 'accreditations'

import { TILE_WIDTH } from '@sijil/tlog'
import type { CommitReader } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import type { PublicEntry } from './logs.ts'
import { latestCheckpoint, readEntries } from './read-log.ts'

/** What the feed of changes can be narrowed to. */
export const changeKinds = ['listings', 'accreditations', 'keys'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** One entry of the registry's log; its index names it for ever. */
export interface Change extends Omit<PublicEntry, 'events'> {
  index: number
  /** Whose stream it is. */
  id: string
  events: readonly TrustEvent[]
}

export interface ChangesQuestion {
  /** Entries before this one; absent: from the newest. */
  before?: number
  id?: string
  kind?: ChangeKind
  limit: number
}

/** A question reads so many tiles of entries; who asks for something rare is told where to go on. */
const MOST_TILES = 8

/** Newest first, as far as a checkpoint covers them. */
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

/** The entry of that index; nothing where no checkpoint covers one. */
export async function findChange(index: number, reader: CommitReader): Promise<Change | undefined> {
  const size = (await latestCheckpoint('registry', reader))?.size ?? 0
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return undefined
  const { entries } = await readEntries('registry', Math.floor(index / TILE_WIDTH), reader)
  return changeOf(index, entries[index % TILE_WIDTH] ?? '')
}

function changeOf(index: number, entry: string): Change {
  const said = JSON.parse(entry) as PublicEntry & { events: TrustEvent[] }
  return { index, id: said.stream.split('/')[0] ?? '', ...said }
}

const isWanted = (change: Change, { id, kind }: ChangesQuestion) =>
  (id === undefined || change.id === id) &&
  (kind === undefined || change.events.some(({ type }) => kindOf(type) === kind))

const kindOf = (type: TrustEvent['type']): ChangeKind =>
  type.startsWith('key-') ? 'keys' : /-registered$|^succeeded$|^list-/.test(type) ? 'listings' : 'accreditations'

import type { StatusPurpose } from '@sijil/credentials'
import { INDEX_LAG_MS } from '../clocks.ts'
import { type Commit, type CommitReader, pagesOf, type StreamId } from '../stream.ts'
import type { CertificateEvent } from './record.ts'
import { type PairId, parseListId } from './status-pair.ts'

/** The number of streams that are read in parallel. */
const AT_ONCE = 50

/** The last change of an entry in the index. */
interface ShownChange {
  stream: StreamId
  isSet: boolean
  recordedAt: string
}

interface Folded {
  entries: Set<number>
  /** Those of them that changed so late that an index may not show them yet. */
  recent: number[]
  through: string
  /** Changes that the next fold, which begins from `through`, does not read again. */
  behind: number
}

/**
 * The entries that are set: a pure function of the changes of a pair and of what was published before. The index only says which streams
 * to read. A new change counts if the certificate's own stream, read consistently, has it. A revocation is never removed (I28).
 */
export async function foldEntries(
  { pair, purpose }: { pair: PairId; purpose: StatusPurpose },
  before: ReadonlySet<number>,
  since: string | undefined,
  { store, now }: { store: CommitReader; now: Date },
): Promise<Folded> {
  const from = since === undefined ? undefined : overlapOf(since)
  const recorded: string[] = []
  const shown = new Map<number, ShownChange>()
  for await (const { events, stream, recordedAt } of changesOf(pair, from, store)) {
    recorded.push(recordedAt)
    for (const event of events) {
      if ('index' in event && purposeOf(event) === purpose)
        shown.set(event.index, { stream, isSet: event.type !== 'reinstated', recordedAt })
    }
  }
  const isPublished = ([index, { isSet, recordedAt }]: [number, ShownChange]) =>
    before.has(index) === isSet && since !== undefined && recordedAt <= since
  const unpublished = [...shown].filter((change) => !isPublished(change))

  const entries = new Set(before)
  for (let at = 0; at < unpublished.length; at += AT_ONCE) {
    const confirming = unpublished.slice(at, at + AT_ONCE).map(async ([index, { stream }]) => {
      if (isSetBy(await store.read<CertificateEvent>(stream), purpose)) entries.add(index)
      else if (purpose === 'suspension') entries.delete(index)
    })
    await Promise.all(confirming)
  }
  const through = [...recorded, since ?? ''].reduce((latest, at) => (at > latest ? at : latest)) || now.toISOString()
  const settled = overlapOf(through)
  const isRecent = (index: number) => (shown.get(index)?.recordedAt ?? '') >= settled
  return {
    entries,
    recent: [...entries].filter(isRecent),
    through,
    behind: recorded.filter((at) => at < settled).length,
  }
}

const overlapOf = (through: string): string => new Date(Date.parse(through) - INDEX_LAG_MS).toISOString()

/** The changes of a pair from the index, in the order of recording. */
export async function* changesOf(
  pair: PairId,
  since: string | undefined,
  reader: CommitReader,
): AsyncGenerator<Commit<CertificateEvent>> {
  const query = { limit: 1_000, newestFirst: false, ...(since && { since }) }
  for await (const commits of pagesOf<CertificateEvent>(reader, `STATUS#${pair}`, query)) yield* commits
}

/** The list that an event changes. */
const purposeOf = ({ type }: CertificateEvent): StatusPurpose =>
  type === 'suspended' || type === 'reinstated' ? 'suspension' : 'revocation'

/** True if a certificate's own stream sets its entry. */
function isSetBy(commits: readonly Commit<CertificateEvent>[], purpose: StatusPurpose): boolean {
  const changes = commits.flatMap(({ events }) => events).filter((event) => 'index' in event)
  const last = changes.findLast((event) => purposeOf(event) === purpose)
  return last !== undefined && last.type !== 'reinstated'
}

/**
 * True if this entry is set now. Only for documents that the sandbox signed, because a body's certificates have their own streams. The
 * index says which certificate has the entry, and its stream decides. Undefined: `id` is no list of ours.
 */
export async function isEntrySet(id: string, index: number, store: CommitReader): Promise<boolean | undefined> {
  const parsed = parseListId(id)
  if (parsed === undefined) return undefined
  for await (const { events, stream } of changesOf(parsed.pair, undefined, store)) {
    if (events.some((event) => 'index' in event && event.index === index))
      return isSetBy(await store.read<CertificateEvent>(stream), parsed.purpose)
  }
  return false
}

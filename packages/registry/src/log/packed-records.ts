import { canonicalJson } from '@sijil/credentials'
import { baselineOnly } from '../catalogue/baseline-at.ts'
import type { CatalogueEvent } from '../catalogue/events.ts'
import { type PackedEvent, packRecord, readPacked } from '../catalogue/packed.ts'
import type { QualificationHistory } from '../catalogue/qualification-at.ts'
import { catalogueOf, frameworkOf, QUALIFICATION_PREFIX } from '../catalogue/reader.ts'
import { inParts } from '../in-parts.ts'
import { UnknownEvent } from '../known-events.ts'
import { isLostRace } from '../lost-race.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, type StreamId, streams } from '../stream.ts'
import { isIncomplete } from './audit-index.ts'
import { remember } from './collect.ts'

const ACTOR = 'system:log'
const AT_ONCE = 10
/** A stream up to this size costs as little as its packed record would. */
const SMALL_BYTES = 3_000
/** An item of the store holds 400 KB. */
const MOST_BYTES = 300_000

interface PackDeps {
  store: CommitStore
  now: Date
  /** What this process has packed. It saves reads and decides nothing. */
  seen: Set<string>
}

/**
 * Packs the record of each qualification of which there is a new statement, so that the first verify of a process reads one small item
 * and not a long stream. It follows the log, but nothing depends on it: a reader that finds no packed record, or an older one, reads the
 * stream.
 */
export async function packRecords(stated: readonly Commit<unknown>[], deps: PackDeps): Promise<void> {
  const newest = new Map<StreamId, number>()
  for (const { stream, number } of stated)
    if (stream.startsWith(QUALIFICATION_PREFIX)) newest.set(stream, Math.max(number, newest.get(stream) ?? 0))
  const keyOf = (stream: StreamId, number: number) => `packed ${stream}/${number}`
  const open = [...newest].filter(([stream, number]) => !deps.seen.has(`catalogue ${keyOf(stream, number)}`))
  await inParts(open, AT_ONCE, async ([stream, number]) => {
    await packOne(stream.slice(QUALIFICATION_PREFIX.length), deps)
    remember(deps.seen, 'catalogue', keyOf(stream, number))
  })
}

async function packOne(id: string, { store, now }: Omit<PackDeps, 'seen'>): Promise<void> {
  const history = await catalogueOf(store)(id).catch(unlessUnreadable)
  if (history === undefined || isSmall(history)) return
  const last = await store.latest<PackedEvent>(streams.packedRecord(id))
  const { commits, frameworks = [] } = history
  const bytes = packRecord({ commits, frameworks })
  const [before] = last?.events ?? []
  if (bytes.length > MOST_BYTES || (before && Buffer.from(before.bytes).equals(bytes))) return
  const commit = nextCommit<PackedEvent>(streams.packedRecord(id), last === undefined ? [] : [last], {
    events: [{ type: 'packed', bytes }],
    actor: ACTOR,
    now,
  })
  await store.append(commit).catch((error: unknown) => {
    // Another run packs the same record, or a newer one.
    if (!isLostRace(error)) throw error
  })
}

/** The audit names a stream with a gap. A statement of a later version is packed by that version. */
function unlessUnreadable(error: unknown): undefined {
  if (!isIncomplete(error) && !(error instanceof UnknownEvent)) throw error
}

const isSmall = ({ commits, frameworks = [] }: QualificationHistory): boolean =>
  (frameworks.length === 0 || baselineOnly(commits).length === commits.length) &&
  JSON.stringify(commits).length <= SMALL_BYTES

/** What is wrong with the packed record of a qualification: each of its statements must stand in its stream, word for word. */
export async function auditPacked(
  id: string,
  commits: readonly Commit<unknown>[],
  store: CommitReader,
): Promise<string | undefined> {
  const packed = await readPacked(id, store)
  if (packed === undefined) return undefined
  if (packed === 'unreadable') return 'its packed record cannot be read'
  const isSame = (one: readonly Commit<unknown>[], other: readonly Commit<unknown>[]) =>
    one.every((commit, at) => canonicalJson(withoutProposal(commit)) === canonicalJson(withoutProposal(other[at])))
  const frameworks = await Promise.all(packed.frameworks.map(({ id: named }) => frameworkOf(named, store)))
  const isTrue =
    isSame(packed.commits, commits as readonly Commit<CatalogueEvent>[]) &&
    packed.frameworks.every((framework, at) => isSame(framework.commits, frameworks[at]?.commits ?? []))
  return isTrue ? undefined : 'its packed record differs'
}

const withoutProposal = (commit: Commit<unknown> | undefined): object | null => {
  if (commit === undefined) return null
  const { proposal: _, ...rest } = commit
  return rest
}

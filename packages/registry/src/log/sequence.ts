import { TILE_WIDTH } from '@sijil/tlog'
import type { CheckedStore } from '../artefacts.ts'
import { RegistryError } from '../errors.ts'
import type { KeyMaker, Signer } from '../ports.ts'
import { type Commit, type CommitStore, nextCommit, streams } from '../stream.ts'
import { collectNew, isNewHour, remember } from './collect.ts'
import { completeTiles, growFrontier, recordLeaves } from './grow.ts'
import { requireLogKeys } from './log-keys.ts'
import { type LogName, logs } from './logs.ts'
import { packRecords } from './packed-records.ts'
import { frontierOf, latestCheckpoint, readEntries, type TileEvent } from './read-log.ts'
import { storeRecords } from './record-files.ts'
import { releasedFromNote } from './released.ts'
import { isSignedByLast, recordCheckpoint } from './sign-checkpoint.ts'

export interface SequenceDeps {
  store: CommitStore
  artefacts: CheckedStore
  signer: Signer
  keys: KeyMaker
  baseUrl: string
  now: Date
  /** Keys that this process has seen in the log. It saves reads and decides nothing. */
  seen: Set<string>
  /** Reads from this moment, even if it was read before. Needed after a restore, and in the first run of a registry that issued earlier. */
  since?: string
  /** Milliseconds until the process is stopped. Absent: nothing stops it. */
  remaining?: () => number
  /** Commits of one age in one slice. A simulation of a smaller registry takes smaller slices. */
  most?: number
}

export interface Sequenced {
  size: number
  /** How many entries this run put in order. */
  added: number
}

const ACTOR = 'system:log'
/** An item of the store holds 400 KB. */
const COMMIT_BYTES = 200_000

/** A run begins another slice only if it has this long for it. */
const SLICE_MS = 45_000

/**
 * One run of the writer of a log. It takes what is new slice by slice, and signs a checkpoint after each, so a run that is stopped keeps
 * what it did. Conditional writes put the commits in order, so if two runs race, one is refused. The next run continues the work of an
 * interrupted one. The order of the steps makes this safe: see docs/decisions/030-logs-over-commits.md.
 */
export async function sequenceLog(log: LogName, { since, ...deps }: SequenceDeps): Promise<Sequenced> {
  const { remaining = () => Number.POSITIVE_INFINITY } = deps
  let added = 0
  for (let from = since; ; from = undefined) {
    const slice = await sequenceSlice(log, { ...deps, ...(from && { since: from }) })
    added += slice.added
    // The log comes first: nothing depends on a packed record.
    if (log === 'catalogue') await packRecords(slice.read, deps)
    if (slice.isWhole || remaining() < SLICE_MS) return { size: slice.size, added }
  }
}

async function sequenceSlice(
  log: LogName,
  deps: Omit<SequenceDeps, 'remaining'>,
): Promise<Sequenced & { isWhole: boolean; read: readonly Commit<unknown>[] }> {
  const { store, now, baseUrl } = deps
  const keys = await requireLogKeys(deps)
  // 1. Read the last checkpoint, and the entries that have a place in the log but no checkpoint yet.
  const last = await latestCheckpoint(log, store)
  const frontier = last === undefined ? undefined : frontierOf(last)
  const staged = await readStaged(log, last?.size ?? 0, store)
  // In a log from before there were second entries, they begin after its last checkpoint.
  const releasedFrom = last === undefined ? 0 : (releasedFromNote(last.note) ?? last.size)
  // 2. Find the commits that the indexes have and no leaf holds.
  const { isWhole, ...found } = await collectNew(log, last?.readTo, staged.entries, { ...deps, releasedFrom })
  // 3. Append them. From here on their places in the log are fixed, and anybody who sees a hash finds what was hashed.
  await storeRecords(found.records, deps.artefacts)
  const added = await appendEntries(log, found.entries, staged, { store, now })
  const entries = [...staged.entries, ...found.entries]
  const isShown =
    last !== undefined && !isNewHour(last.readTo, now) && isSignedByLast(last.note, { log, keys, baseUrl })
  if (entries.length === 0 && isShown && isWhole) return { size: last.size, added: 0, isWhole, read: found.read }
  // 4. Pointers and upper tiles follow from the order alone, so writing them twice changes nothing.
  const grown = await growFrontier(log, frontier, entries, store)
  await recordLeaves(log, entries, last?.size ?? 0, { store, now })
  await completeTiles(log, grown.tiles, { store, now })
  // 5. Record the checkpoint. Only a recorded checkpoint is served (Sunlight's rule; I31).
  await recordCheckpoint({ log, keys, last, frontier: grown.frontier, releasedFrom, readTo: found.readTo }, deps)
  for (const entry of entries) remember(deps.seen, log, logs[log].keyOf(entry))
  return { size: grown.frontier.size, added, isWhole, read: found.read }
}

interface Staged {
  entries: string[]
  /** The tile of the next entry, the number of entries that it holds, and its commits. */
  tile: number
  width: number
  commits: Awaited<ReturnType<typeof readEntries>>['commits']
}

async function readStaged(log: LogName, size: number, store: CommitStore): Promise<Staged> {
  let tile = Math.floor(size / TILE_WIDTH)
  let skip = size % TILE_WIDTH
  const entries: string[] = []
  for (;;) {
    const read = await readEntries(log, tile, store)
    if (read.entries.length < skip) throw new RegistryError('internal', 'a checkpoint covers more than is stored')
    entries.push(...read.entries.slice(skip))
    if (read.entries.length < TILE_WIDTH) return { entries, tile, width: read.entries.length, commits: read.commits }
    tile += 1
    skip = 0
  }
}

/** Each commit fits into its tile and takes the next number. If another run read the same state, one of the two fails here. */
async function appendEntries(
  log: LogName,
  entries: readonly string[],
  from: Staged,
  { store, now }: { store: CommitStore; now: Date },
): Promise<number> {
  let { tile, width, commits } = from
  for (let at = 0; at < entries.length; ) {
    const part = fitting(entries.slice(at, at + TILE_WIDTH - width))
    const event: TileEvent = { type: 'entries-logged', entries: part }
    const commit = nextCommit<TileEvent>(streams.logTile(log, 0, tile), commits, { events: [event], actor: ACTOR, now })
    await store.append(commit)
    at += part.length
    width += part.length
    commits = [...commits, commit]
    if (width === TILE_WIDTH) [tile, width, commits] = [tile + 1, 0, []]
  }
  return entries.length
}

/** As many entries as one commit can hold, and at least one. */
function fitting(entries: readonly string[]): readonly string[] {
  let bytes = 0
  const end = entries.findIndex((entry) => {
    bytes += Buffer.byteLength(entry)
    return bytes > COMMIT_BYTES
  })
  return end === -1 ? entries : entries.slice(0, Math.max(1, end))
}

import { emptyFrontier, type Frontier, type GrownTree, growTree, leafHash } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import { isLostRace } from '../lost-race.ts'
import { type Commit, type CommitStore, nextCommit, type StreamId, streams } from '../stream.ts'
import { type LogName, logs } from './logs.ts'
import { readUpperTile, storedTiles, type TileEvent, toBase64 } from './read-log.ts'

interface GrowDeps {
  store: CommitStore
  now: Date
}
const ACTOR = 'system:log'
const AT_ONCE = 25

/** Adds these entries to the tree. Throws if the stored tiles differ from the signed tree, so that nothing is signed over them. */
export function growFrontier(
  log: LogName,
  frontier: Frontier | undefined,
  entries: readonly string[],
  store: CommitStore,
): Promise<GrownTree> {
  const { bytesOf } = logs[log]
  return growTree(
    frontier ?? emptyFrontier,
    entries.map((entry) => leafHash(bytesOf(entry))),
    storedTiles(log, store),
  )
}

export interface LeafEvent {
  type: 'leaf'
  index: number
}

/** Records the place of each entry. Throws `internal` if a key already has another place: no entry may be logged twice. */
export async function recordLeaves(
  log: LogName,
  entries: readonly string[],
  first: number,
  deps: GrowDeps,
): Promise<void> {
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    const part = entries.slice(start, start + AT_ONCE)
    await Promise.all(
      part.map(async (entry, at) => {
        const stream = streams.logLeaf(log, logs[log].keyOf(entry))
        const event: LeafEvent = { type: 'leaf', index: first + start + at }
        const kept = await appendOnce<LeafEvent>(stream, [], event, deps)
        if (kept?.events[0]?.index !== event.index)
          throw new RegistryError('internal', 'an entry stands in the log already')
      }),
    )
  }
}

/** Records the hashes above level 0. Each commit holds one hash. Its number is the place of the hash in the tile. */
export async function completeTiles(log: LogName, tiles: GrownTree['tiles'], deps: GrowDeps): Promise<void> {
  for (const { tile, hashes } of tiles) {
    if (tile.level === 0) continue
    const stored = await readUpperTile(log, tile.level, tile.index, deps.store)
    const commits: Commit<TileEvent>[] = stored.map(({ commit }) => commit)
    for (const [place, bytes] of hashes.entries()) {
      const hash = toBase64(bytes)
      if (place < stored.length) {
        if (stored[place]?.hash !== hash) throw new RegistryError('internal', 'a tile is not that of its entries')
        continue
      }
      const stream = streams.logTile(log, tile.level, tile.index)
      const kept = await appendOnce<TileEvent>(stream, commits, { type: 'tile-completed', hash }, deps)
      const [event] = kept?.events ?? []
      if (kept === undefined || event?.type !== 'tile-completed' || event.hash !== hash)
        throw new RegistryError('internal', 'a tile is not that of its entries')
      commits.push(kept)
    }
  }
}

/** Answers the commit with that number: our own, or that of a writer who was first. */
async function appendOnce<E>(
  stream: StreamId,
  history: readonly Commit<unknown>[],
  event: E,
  { store, now }: GrowDeps,
): Promise<Commit<E> | undefined> {
  const commit = nextCommit<E>(stream, history, { events: [event], actor: ACTOR, now })
  try {
    await store.append(commit)
    return commit
  } catch (error) {
    if (!isLostRace(error)) throw error
    return (await store.read<E>(stream))[commit.number]
  }
}

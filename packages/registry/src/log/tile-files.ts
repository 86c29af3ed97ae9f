import { newTiles, parseTilePath, TILE_WIDTH, type Tile } from '@sijil/tlog'
import { type CheckedReader, type CheckedStore, type NamedArtefact, artefacts as names } from '../artefacts.ts'
import { HOUR_MS } from '../clocks.ts'
import { RegistryError, unlessAway } from '../errors.ts'
import { inParts } from '../in-parts.ts'
import { isLostRace } from '../lost-race.ts'
import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import type { LogName } from './logs.ts'
import { latestCheckpoint } from './read-log.ts'
import { tileBytes } from './serve.ts'

/** The files of one full tile. */
interface TileStored {
  type: 'tile-stored'
  hashes: NamedArtefact
  /** Beside a tile of level 0. */
  entries?: NamedArtefact
}

interface TilesStored {
  type: 'tiles-stored'
  /** Every tile that is full in a tree of this size has its files. */
  size: number
}

type TilePlace = Pick<Tile, 'index'> & { level: number }

interface StoreDeps {
  store: CommitStore
  artefacts: CheckedStore
  now: Date
  /** By hand, after files were lost: stores the tiles again that became full after this size. */
  from?: number
}

const ACTOR = 'system:log'
/** Full tiles of level 0 in one run. A run that catches up must end in time; the next one goes on. */
const MOST = 200
const AT_ONCE = 10

/**
 * Stores the files of the tiles that became full since the last run. `size` is that of a recorded checkpoint. Answers the size up to which
 * all full tiles have files. An interrupted run is repeated from its first tile without a commit.
 */
export async function storeTiles(log: LogName, size: number, deps: StoreDeps): Promise<number> {
  const stream = streams.logTilesStored(log)
  const last = await deps.store.latest<TilesStored>(stream)
  const done = last?.events[0]?.size ?? 0
  const since = Math.min(deps.from ?? done, done)
  const until = Math.min(size - (size % TILE_WIDTH), since + MOST * TILE_WIDTH)
  const full = [...newTiles(since, Math.max(since, until))].filter(({ width }) => width === TILE_WIDTH)
  await inParts(full, AT_ONCE, (tile) => storeTile(log, tile, deps))
  if (until <= done) return Math.max(until, since)
  const event: TilesStored = { type: 'tiles-stored', size: until }
  await appendUnlessLost(nextCommit(stream, last ? [last] : [], { events: [event], actor: ACTOR, now: deps.now }), deps)
  return until
}

async function storeTile(log: LogName, { level, index }: TilePlace, deps: StoreDeps): Promise<void> {
  const { store, artefacts, now, from } = deps
  const known = await findStored(log, { level, index }, store)
  if (known !== undefined && from === undefined) return
  const put = async (of: Tile['level']) => {
    const tile = { level: of, index, width: TILE_WIDTH }
    const bytes = await tileBytes(log, tile, store)
    return artefacts.put(() => names.tile(log, tile), bytes)
  }
  const hashes = await put(level)
  const event: TileStored = { type: 'tile-stored', hashes, ...(level === 0 && { entries: await put('entries') }) }
  if (known === undefined) {
    const stream = streams.logTileStored(log, level, index)
    await appendUnlessLost(nextCommit(stream, [], { events: [event], actor: ACTOR, now }), deps)
  } else if (known.hashes.digest !== hashes.digest || known.entries?.digest !== event.entries?.digest)
    throw new RegistryError('internal', 'a tile is not the one that was stored')
}

/** If another run wrote the same commit first, it has the same content, because tiles follow from the log. */
async function appendUnlessLost(commit: Parameters<CommitStore['append']>[0], { store }: StoreDeps): Promise<void> {
  try {
    await store.append(commit)
  } catch (error) {
    if (!isLostRace(error)) throw error
  }
}

async function findStored(log: LogName, { level, index }: TilePlace, store: CommitReader) {
  const commit = await store.latest<TileStored>(streams.logTileStored(log, level, index))
  return commit?.events[0]
}

interface ReadDeps {
  store: CommitReader
  artefacts: CheckedReader
}

/**
 * The bytes of a tile or entry bundle (C2SP tlog-tiles). `undefined` if the last checkpoint does not cover it. A full one is answered from
 * its file. Without the file, and for every partial one, the bytes are made from the commits.
 */
export async function serveTile(log: LogName, path: string, deps: ReadDeps): Promise<Uint8Array | undefined> {
  const tile = parseTilePath(path, (await latestCheckpoint(log, deps.store))?.size ?? 0)
  if (tile === undefined) return undefined
  const file = tile.width === TILE_WIDTH ? await unlessAway(readFile(log, tile, deps)) : undefined
  return file ?? tileBytes(log, tile, deps.store)
}

async function readFile(log: LogName, tile: Tile, { store, artefacts }: ReadDeps): Promise<Uint8Array | undefined> {
  const level = tile.level === 'entries' ? 0 : tile.level
  const stored = await findStored(log, { level, index: tile.index }, store)
  const named = tile.level === 'entries' ? stored?.entries : stored?.hashes
  return named && artefacts.read(named)
}

const HOURS_OF_A_WEEK = 7 * 24

/**
 * Reads files of full tiles of level 0, so that a file that was changed or removed raises an alarm although nobody asks for it. Each hour
 * has its own tiles, and each tile is read once a week. The last tiles are read each hour. Answers the number of faults.
 */
export async function auditTiles(log: LogName, { store, artefacts, now }: ReadDeps & { now: Date }): Promise<number> {
  const last = await store.latest<TilesStored>(streams.logTilesStored(log))
  const count = (last?.events[0]?.size ?? 0) / TILE_WIDTH
  const hour = Math.floor(now.getTime() / HOUR_MS)
  const due = Array.from({ length: count }, (_, index) => index).filter(
    (index) => (index - hour) % HOURS_OF_A_WEEK === 0 || index >= count - AT_ONCE,
  )
  let faults = 0
  for (const index of due)
    for (const level of [0, 'entries'] as const)
      if ((await readFile(log, { level, index, width: TILE_WIDTH }, { store, artefacts })) === undefined) faults += 1
  return faults
}

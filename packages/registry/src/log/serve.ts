import { encodeEntries, encodeTile, parseTilePath, type Tile } from '@sijil/tlog'
import { MEMORY_MS } from '../clocks.ts'
import { MAX_AGE_MS } from '../histories.ts'
import { remembered } from '../remembered.ts'
import { type CommitReader, streams } from '../stream.ts'
import type { LeafEvent } from './grow.ts'
import { type LogName, logNames, logs } from './logs.ts'
import { latestCheckpoint, readEntries, storedTiles } from './read-log.ts'

/** The bytes of a tile or entry bundle (C2SP tlog-tiles). `undefined` if the last checkpoint does not cover it. */
export async function readTile(log: LogName, path: string, reader: CommitReader): Promise<Uint8Array | undefined> {
  // The store is asked only for tiles that exist by the checkpoint (D008).
  const tile = parseTilePath(path, (await latestCheckpoint(log, reader))?.size ?? 0)
  return tile && tileBytes(log, tile, reader)
}

/** Made from the commits. The caller knows that a checkpoint covers the tile. */
export async function tileBytes(
  log: LogName,
  { level, index, width }: Tile,
  reader: CommitReader,
): Promise<Uint8Array> {
  if (level === 'entries') {
    const { entries } = await readEntries(log, index, reader)
    return encodeEntries(entries.slice(0, width).map(logs[log].bytesOf))
  }
  const hashes = await storedTiles(log, reader)({ level, index, width })
  return encodeTile(hashes.slice(0, width))
}

export interface Place {
  /** From 0. */
  index: number
  /** Size of the last checkpoint, which covers the entry. */
  size: number
}

/** The place of the entry with this key. `undefined` if no checkpoint covers it: an entry is not shown before it is signed (I31). */
export async function findPlace(log: LogName, key: string, reader: CommitReader): Promise<Place | undefined> {
  if (!logs[log].isKey(key)) return undefined
  const [pointer, last] = await Promise.all([
    reader.latest<LeafEvent>(streams.logLeaf(log, key)),
    latestCheckpoint(log, reader),
  ])
  const index = pointer?.events[0]?.index
  return index === undefined || last === undefined || index >= last.size ? undefined : { index, size: last.size }
}

export type TreeSizes = Record<LogName, number>

/**
 * The size to which each log was signed when the oldest trust still in memory was read. A verdict may rest on trust of that age, and
 * must not name a tree that contains a decision it did not know (I12). `undefined` if a log cannot be read now or is not signed yet.
 */
export function cachedTreeSizes(reader: CommitReader, clock: () => number): () => Promise<TreeSizes | undefined> {
  const read = remembered(
    async () => ({ at: clock(), sizes: await readTreeSizes(reader).catch(() => undefined) }),
    clock,
    MEMORY_MS,
  )
  let readings: Awaited<ReturnType<typeof read>>[] = []
  return async () => {
    const last = await read()
    const oldest = clock() - MAX_AGE_MS
    // Trust that was read between two readings may still be in use for that long, so the earlier reading is kept.
    readings = readings.filter(({ at }) => at > oldest - 2 * MEMORY_MS)
    if (readings.at(-1) !== last) readings.push(last)
    return last.sizes && (readings.findLast(({ at }) => at <= oldest) ?? readings[0])?.sizes
  }
}

async function readTreeSizes(reader: CommitReader): Promise<TreeSizes | undefined> {
  const heads = await Promise.all(
    logNames.map(async (log) => [log, (await latestCheckpoint(log, reader))?.size] as const),
  )
  const isSigned = heads.every(([, size]) => size !== undefined)
  return isSigned ? (Object.fromEntries(heads) as TreeSizes) : undefined
}

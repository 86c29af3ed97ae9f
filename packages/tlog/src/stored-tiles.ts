import { isEqual } from './bytes.ts'
import { TlogError } from './error.ts'
import type { HashReader } from './prove.ts'
import { type HashTile, hashesAt, TILE_WIDTH, tilePath, widthAt } from './tiles.ts'
import { appendLeaves, emptyFrontier, type Frontier, isHash, isSize, treeHash } from './tree.ts'

/**
 * Returns the hashes of a tile, or more than `width`: after a partial tile was deleted, only the full tile may remain (C2SP
 * tlog-tiles, "Partial Tiles"). Throws if the tile is not available.
 */
export type TileReader = (tile: HashTile) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>

/** Levels of the tree in one tile: 2^8 = 256. */
const TILE_HEIGHT = 8

/**
 * Reads hashes of a tree of this size from its tiles, each tile once. Make a new reader for each question. The reader throws
 * `malformed-tile` for a tile that is too narrow or has a hash of another length, `out-of-range` for an incomplete subtree, and any
 * error of `readTile`.
 */
export function hashesFromTiles(size: number, readTile: TileReader): HashReader {
  const known = new Map<string, Promise<readonly Uint8Array[]>>()
  return async (level, index) => {
    if (!isSize(level) || !isSize(index) || !((index + 1) * 2 ** level <= size))
      throw new TlogError('out-of-range', 'the tree has no such complete subtree')
    const tileLevel = Math.floor(level / TILE_HEIGHT)
    const leaves = 2 ** (level % TILE_HEIGHT)
    const tileIndex = Math.floor((index * leaves) / TILE_WIDTH)
    const tile = { level: tileLevel, index: tileIndex, width: widthAt(tileLevel, tileIndex, size) }
    const path = tilePath(tile)
    const reading = known.get(path) ?? readHashes(tile, readTile)
    known.set(path, reading)
    const start = (index * leaves) % TILE_WIDTH
    return treeHash((await reading).slice(start, start + leaves))
  }
}

async function readHashes(tile: HashTile, readTile: TileReader): Promise<readonly Uint8Array[]> {
  const hashes = (await readTile(tile)).slice(0, tile.width)
  if (hashes.length !== tile.width || !hashes.every(isHash))
    throw new TlogError('malformed-tile', 'the tile is too narrow, or a hash in it is not 32 bytes')
  return hashes
}

export interface GrownTree {
  readonly frontier: Frontier
  /** Exactly `newTiles` from the old size to the new one. Store them before you publish a checkpoint of the new size. */
  readonly tiles: readonly { readonly tile: HashTile; readonly hashes: readonly Uint8Array[] }[]
}

/**
 * Appends leaves, given as leaf hashes in order, and returns the tiles to store. The same input gives the same bytes, so an
 * interrupted writer can repeat it. It reads only the partial tiles of the old size, and throws `wrong-hash` if they do not match
 * the frontier: a checkpoint is never signed over tiles that were tampered with. Throws also as `appendLeaves` and
 * `hashesFromTiles`.
 */
export async function growTree(
  frontier: Frontier,
  leafHashes: readonly Uint8Array[],
  readTile: TileReader,
): Promise<GrownTree> {
  const grown = appendLeaves(frontier, leafHashes)
  const partial = await readPartialTiles(frontier, readTile)
  const tiles: GrownTree['tiles'][number][] = []
  let added = leafHashes
  for (let level = 0; added.length > 0; level++) {
    const hashes = [...(partial[level] ?? []), ...added]
    const first = Math.floor(hashesAt(level, frontier.size) / TILE_WIDTH)
    const completed: Uint8Array[] = []
    for (let at = 0; at < hashes.length; at += TILE_WIDTH) {
      const part = hashes.slice(at, at + TILE_WIDTH)
      tiles.push({ tile: { level, index: first + at / TILE_WIDTH, width: part.length }, hashes: part })
      if (part.length === TILE_WIDTH) completed.push(treeHash(part))
    }
    added = completed
  }
  return { frontier: grown, tiles }
}

/** The hashes of the partial tile at each level. A tree's peaks are the peaks of its partial tiles, from the top level down. */
async function readPartialTiles(
  { size, peaks }: Frontier,
  readTile: TileReader,
): Promise<readonly (readonly Uint8Array[])[]> {
  const reading: (readonly Uint8Array[] | Promise<readonly Uint8Array[]>)[] = []
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const width = hashesAt(level, size) % TILE_WIDTH
    const tile = { level, index: Math.floor(hashesAt(level, size) / TILE_WIDTH), width }
    reading.push(width === 0 ? [] : readHashes(tile, readTile))
  }
  const partial = await Promise.all(reading)
  // Both sizes are equal, so there are as many peaks here as in the frontier: one for each 1 in the binary size.
  const found = partial.toReversed().flatMap((hashes) => appendLeaves(emptyFrontier, hashes).peaks)
  if (!found.every((peak, at) => isEqual(peak, peaks[at] ?? new Uint8Array())))
    throw new TlogError('wrong-hash', 'the stored tiles are not those of the frontier')
  return partial
}

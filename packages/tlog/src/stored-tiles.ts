import { isEqual } from './bytes.ts'
import { TlogError } from './error.ts'
import type { HashReader } from './prove.ts'
import { type HashTile, hashesAt, TILE_WIDTH, tilePath, widthAt } from './tiles.ts'
import { appendLeaves, emptyFrontier, type Frontier, isHash, isSize, treeHash } from './tree.ts'

/**
 * Answers the hashes of a tile. More than `width` are welcome: the full tile may be all that is left of a partial one (C2SP
 * tlog-tiles, "Partial Tiles"). Where the tile cannot be had it throws.
 */
export type TileReader = (tile: HashTile) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>

/** The height of a tile: 256 is 2 to the power of this. */
const TILE_HEIGHT = 8

/**
 * Reads hashes of a tree of this size from its tiles, each tile once: make one for each question. It throws `malformed-tile` for a
 * tile that is too narrow or holds no hashes, `out-of-range` for a subtree that is not complete, and what the tile reader throws.
 */
export function hashesFromTiles(size: number, readTile: TileReader): HashReader {
  const known = new Map<string, Promise<readonly Uint8Array[]>>()
  return async (level, index) => {
    if (!isSize(level) || !isSize(index) || !((index + 1) * 2 ** level <= size))
      throw new TlogError('out-of-range', 'no complete subtree of this tree')
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
    throw new TlogError('malformed-tile', 'not a tile of its width')
  return hashes
}

export interface GrownTree {
  readonly frontier: Frontier
  /** To be stored before a checkpoint of the new size is published: exactly `newTiles` from the old size to the new one. */
  readonly tiles: readonly { readonly tile: HashTile; readonly hashes: readonly Uint8Array[] }[]
}

/**
 * Appends leaves (their leaf hashes, in order) and says which tiles to store. The same input gives the same bytes, so a writer that
 * was interrupted does it again. Reads only the partial tiles of the old size, and throws `wrong-hash` where they are not those of
 * the frontier: what was tampered with in storage is never signed over. Throws also as `appendLeaves` and `hashesFromTiles`.
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

/** The hashes of the partial tile of each level. The peaks of a tree are those of its partial tiles, from the top level down. */
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
  // As many as the frontier has: one for each 1 of the same size.
  const found = partial.toReversed().flatMap((hashes) => appendLeaves(emptyFrontier, hashes).peaks)
  if (!found.every((peak, at) => isEqual(peak, peaks[at] ?? new Uint8Array())))
    throw new TlogError('wrong-hash', 'the stored tiles are not those of the frontier')
  return partial
}

import { TlogError } from './error.ts'
import { isSize } from './tree.ts'

/** The number of hashes in a full tile, and of entries in a full bundle. C2SP tlog-tiles, "Merkle Tree". */
export const TILE_WIDTH = 256

/** A tile of hashes at a level (0: leaf hashes). With level `entries`, the bundle of entries beside a tile of level 0. */
export interface Tile {
  /** From 0. A tree of 2^53 leaves has no tile above level 6. */
  readonly level: number | 'entries'
  /** From 0, within its level. */
  readonly index: number
  /** The number of hashes or entries, 1 to 256. */
  readonly width: number
}

export type HashTile = Tile & { readonly level: number }

const PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/

/** The path below the log's prefix, without a leading slash: `tile/0/x001/x234/067.p/12`. C2SP tlog-tiles, "Merkle Tree". */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? []
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/**
 * Reads the path of a tile or bundle that a checkpoint of this size covers, in its only spelling. A tile narrower than the current
 * one belongs to an earlier checkpoint. Any other text is `undefined`.
 */
export function parseTilePath(path: string, size: number): Tile | undefined {
  const [, levelText, indexText, widthText] = PATH.exec(path) ?? []
  if (levelText === undefined || indexText === undefined) return undefined
  const level = levelText === 'entries' ? levelText : Number(levelText)
  const index = Number(indexText.replaceAll(/[x/]/g, ''))
  const tile: Tile = { level, index, width: widthText === undefined ? TILE_WIDTH : Number(widthText) }
  return hasTile(tile, size) && tilePath(tile) === path ? tile : undefined
}

/** Whether a tree of this size has this tile, or had it when it was smaller. */
export function hasTile({ level, index, width }: Tile, size: number): boolean {
  if (level !== 'entries' && !isSize(level)) return false
  return isSize(index) && isSize(size) && isSize(width) && width > 0 && width <= widthAt(level, index, size)
}

/** The number of hashes that the tile has in a tree of this size: 0 to 256. */
export const widthAt = (level: Tile['level'], index: number, size: number): number =>
  Math.max(0, Math.min(TILE_WIDTH, hashesAt(level, size) - index * TILE_WIDTH))

/** The number of hashes at a level: one for each full tile of the level below. */
export const hashesAt = (level: Tile['level'], size: number): number =>
  level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level)

/** The hash tiles of a tree of this size, level by level. Its bundles are the tiles of level 0 with `level: 'entries'`. */
export const tilesOf = (size: number): Iterable<HashTile> => newTiles(0, size)

/**
 * The hash tiles that a tree of size `to` has and a tree of size `from` does not, level by level: new tiles, wider partial tiles and
 * tiles that became full. It skips partial tiles of sizes in between, because no checkpoint covers them. Throws `out-of-range` for
 * an impossible size, or `from` above `to`.
 */
export function* newTiles(from: number, to: number): Iterable<HashTile> {
  if (!isSize(from) || !isSize(to) || from > to)
    throw new TlogError('out-of-range', 'the older size is larger than the newer one')
  for (let level = 0; hashesAt(level, to) > 0; level++) {
    const [before, after] = [hashesAt(level, from), hashesAt(level, to)]
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < after; index++) {
      const width = widthAt(level, index, to)
      if (index * TILE_WIDTH + width > before) yield { level, index, width }
    }
  }
}

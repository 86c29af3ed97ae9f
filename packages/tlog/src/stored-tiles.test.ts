import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { frontierAt, proveConsistency, proveInclusion, rootAt } from './prove.ts'
import { flipped, leavesOf, literalTiles, literalTree } from './sample-log.ts'
import { growTree, hashesFromTiles, type TileReader } from './stored-tiles.ts'
import { type HashTile, newTiles, tilePath } from './tiles.ts'
import { appendLeaves, emptyFrontier, frontierRoot } from './tree.ts'

const leaves = leavesOf(66_100)
const tree = literalTree(leaves)
const { mth, read } = tree
const readTile = literalTiles(tree)
const sizes = fc.oneof(fc.integer({ min: 1, max: 1200 }), fc.integer({ min: 65_000, max: 66_100 }))

test('roots, frontiers and proofs from tiles equal those of the tree', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, sizes, async (one, other) => {
      const [from, size] = [Math.min(one, other), Math.max(one, other)]
      const hashes = hashesFromTiles(size, readTile)
      expect(await rootAt(size, hashes)).toEqual(mth(0, size))
      expect(await rootAt(from, hashes)).toEqual(mth(0, from))
      expect(frontierRoot(await frontierAt(from, hashes))).toEqual(mth(0, from))
      expect(await proveInclusion(from - 1, size, hashes)).toEqual(await proveInclusion(from - 1, size, read))
      expect(await proveConsistency(from, size, hashes)).toEqual(await proveConsistency(from, size, read))
    }),
    { numRuns: 15 },
  )
})

test('a proof reads four tiles, each once, and no wider than the checkpoint covers', async () => {
  const asked: string[] = []
  const counting: TileReader = (tile) => {
    asked.push(tilePath(tile))
    return readTile(tile)
  }
  await proveInclusion(300, 66_000, hashesFromTiles(66_000, counting))
  expect(asked.toSorted()).toEqual(['tile/0/001', 'tile/0/257.p/208', 'tile/1/000', 'tile/1/001.p/1'])
})

test('a full tile can replace a deleted partial one', async () => {
  const full: TileReader = ({ level, index }) => readTile({ level, index, width: 256 })
  expect(await rootAt(300, hashesFromTiles(300, full))).not.toEqual(mth(0, 301))
  expect(
    await rootAt(
      300,
      hashesFromTiles(300, (tile) => (tile.level === 0 ? full(tile) : readTile(tile))),
    ),
  ).toEqual(mth(0, 300))
})

test('a tile that is too narrow or has short hashes is refused, and a missing tile gives the error of its reader', async () => {
  const refused = expect.objectContaining({ code: 'malformed-tile' })
  const rootBy = (reader: TileReader) => rootAt(300, hashesFromTiles(300, reader))
  await expect(rootBy(async (tile) => (await readTile(tile)).slice(1))).rejects.toThrow(refused)
  await expect(rootBy(() => [])).rejects.toThrow(refused)
  await expect(rootBy(({ width }) => Array(width).fill(new Uint8Array(31)))).rejects.toThrow(refused)
  await expect(rootBy(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
})

test('only complete subtrees of the tree are read from its tiles', async () => {
  const hashes = hashesFromTiles(300, readTile)
  for (const [level, index] of [
    [0, 300],
    [8, 1],
    [9, 0],
    [0, -1],
    [-1, 0],
    [60, 0],
    [0, Number.NaN],
  ] as const)
    await expect(hashes(level, index)).rejects.toThrow(expect.objectContaining({ code: 'out-of-range' }))
})

/** Keeps tiles by path, as a writer of a log does. */
function emptyStore() {
  const stored = new Map<string, readonly Uint8Array[]>()
  const reader: TileReader = (tile) => {
    const hashes = stored.get(tilePath(tile))
    if (hashes === undefined) throw new Error(`no ${tilePath(tile)}`)
    return hashes
  }
  const write = (tiles: readonly { tile: HashTile; hashes: readonly Uint8Array[] }[]) => {
    for (const { tile, hashes } of tiles) stored.set(tilePath(tile), hashes)
  }
  return { stored, reader, write }
}

test('F18: a writer stores the tiles that are new at each checkpoint, and a repetition changes no byte', async () => {
  const portions = fc.array(fc.oneof(fc.nat(20), fc.nat(700)), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(portions, async (counts) => {
      const { reader, write } = emptyStore()
      let frontier = emptyFrontier
      for (const count of counts) {
        const added = leaves.slice(frontier.size, frontier.size + count)
        const grown = await growTree(frontier, added, reader)
        expect(grown.tiles.map(({ tile }) => tile)).toEqual([...newTiles(frontier.size, frontier.size + count)])
        write(grown.tiles)
        // The checkpoint was not published: the next run begins at the old frontier.
        expect(await growTree(frontier, added, reader)).toEqual(grown)
        frontier = grown.frontier
        expect(frontierRoot(frontier)).toEqual(mth(0, frontier.size))
        expect(await rootAt(frontier.size, hashesFromTiles(frontier.size, reader))).toEqual(mth(0, frontier.size))
      }
    }),
    { numRuns: 15 },
  )
})

test('a tree with three levels of tiles is written as C2SP tlog-tiles defines it', async () => {
  const { frontier, tiles } = await growTree(
    appendLeaves(emptyFrontier, leaves.slice(0, 65_500)),
    leaves.slice(65_500),
    readTile,
  )
  expect(frontierRoot(frontier)).toEqual(mth(0, leaves.length))
  for (const { tile, hashes } of tiles) expect(hashes).toEqual(await readTile(tile))
  expect(tiles.map(({ tile }) => tile.level)).toContain(2)
})

test('I31: a writer refuses to append if the tiles do not match its frontier', async () => {
  const refused = expect.objectContaining({ code: 'wrong-hash' })
  const frontier = appendLeaves(emptyFrontier, leaves.slice(0, 600))
  const added = leaves.slice(600, 601)
  for (const level of [0, 1]) {
    const tampered: TileReader = async (tile) => {
      const hashes = await readTile(tile)
      return tile.level === level ? hashes.with(0, flipped(hashes[0] ?? new Uint8Array(), 9)) : hashes
    }
    await expect(growTree(frontier, added, tampered)).rejects.toThrow(refused)
  }
  const forked = appendLeaves(emptyFrontier, leavesOf(600, ' of another log'))
  await expect(growTree(forked, added, readTile)).rejects.toThrow(refused)
})

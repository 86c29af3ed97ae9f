import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCheckpoints, followLog, openEntries } from './audit.ts'
import type { Checkpoint } from './checkpoint.ts'
import { rootAt } from './prove.ts'
import { entriesOf, flipped, leavesOf, literalTiles, literalTree } from './sample-log.ts'
import { hashesFromTiles, type TileReader } from './stored-tiles.ts'
import { encodeEntries } from './tile-bytes.ts'
import { appendLeaves, emptyFrontier, frontierRoot } from './tree.ts'

const entries = entriesOf(1400)
const leaves = leavesOf(1400)
const tree = literalTree(leaves)
const { mth } = tree
const readTile = literalTiles(tree)
const at = (size: number): Checkpoint => ({ origin: 'log', size, root: mth(0, size), extensions: [] })

/** A second history that differs in entry 100. */
const forkedLeaves = leaves.with(100, leavesOf(1, ' of the fork')[0] as Uint8Array)
const forkedTree = literalTree(forkedLeaves)
const forkedTiles = literalTiles(forkedTree)
const forkedMth = forkedTree.mth
const forkAt = (size: number): Checkpoint => ({ ...at(size), root: forkedMth(0, size) })

test('I31: an older checkpoint of a log is consistent with each newer one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1400), fc.nat(1400), async (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)]
      expect(await compareCheckpoints(at(from), at(to), readTile)).toBe('consistent')
      if (from < to) expect(await compareCheckpoints(at(to), at(from), readTile)).toBe('behind')
    }),
    { numRuns: 40 },
  )
})

test('I31: a fork is inconsistent whether the tiles are from one side or the other, and also at one size', async () => {
  for (const [from, to] of [
    [200, 200],
    [200, 201],
    [200, 300],
    [255, 256],
    [256, 1400],
    [1300, 1400],
  ] as const) {
    for (const reader of [readTile, forkedTiles]) {
      expect(await compareCheckpoints(at(from), forkAt(to), reader)).toBe('inconsistent')
      expect(await compareCheckpoints(forkAt(from), at(to), reader)).toBe('inconsistent')
    }
  }
})

test('I31: tiles whose levels belong to two histories do not hide a fork, though both roots can be computed from them', async () => {
  // Level 0 is from the old history, level 1 from the new one.
  const mixed: TileReader = (tile) => (tile.level === 0 ? readTile(tile) : forkedTiles(tile))
  const [older, newer] = [at(200), { ...forkAt(1280) }]
  expect(await rootAt(200, hashesFromTiles(1280, mixed))).toEqual(older.root)
  expect(await rootAt(1280, hashesFromTiles(1280, mixed))).toEqual(newer.root)
  expect(await compareCheckpoints(older, newer, mixed)).toBe('inconsistent')
})

test('checkpoints of two logs are not compared, and a missing tile is an error, not a result', async () => {
  expect(await compareCheckpoints({ ...at(5), origin: 'another' }, at(6), readTile)).toBe('other-log')
  const gone: TileReader = () => Promise.reject(new Error('gone'))
  await expect(compareCheckpoints(at(5), at(6), gone)).rejects.toThrow('gone')
})

test('a bundle opens only with the entries that were logged, in their order', () => {
  const bundle = entries.slice(0, 256)
  const hashes = leaves.slice(0, 256)
  expect(openEntries(encodeEntries(bundle), hashes)).toEqual(bundle)
  const wrong = expect.objectContaining({ code: 'wrong-hash' })
  const swapped = bundle.with(0, bundle[1] as Uint8Array).with(1, bundle[0] as Uint8Array)
  for (const other of [
    swapped,
    bundle.with(255, flipped(bundle[255] as Uint8Array, 0)),
    bundle.with(7, new Uint8Array()),
  ])
    expect(() => openEntries(encodeEntries(other), hashes)).toThrow(wrong)
  const malformed = expect.objectContaining({ code: 'malformed-entries' })
  expect(() => openEntries(encodeEntries(bundle.slice(1)), hashes)).toThrow(malformed)
  expect(() => openEntries(encodeEntries(bundle), hashes.slice(1))).toThrow(malformed)
})

test('I31: a reader of every entry can follow the log to each checkpoint, and to no fork of it', () => {
  let frontier = emptyFrontier
  for (const size of [0, 1, 99, 100, 256, 256, 700, 1400]) {
    const next = entries.slice(frontier.size, size)
    const wrong = expect.objectContaining({ code: 'wrong-hash' })
    if (size > 100) expect(() => followLog(frontier, next, forkAt(size))).toThrow(wrong)
    if (next.length > 0) expect(() => followLog(frontier, next.slice(1), at(size))).toThrow(wrong)
    expect(() => followLog(frontier, [...next, new Uint8Array()], at(size))).toThrow(wrong)
    expect(() => followLog(frontier, next, { ...at(size), size: size + 1 })).toThrow(wrong)
    frontier = followLog(frontier, next, at(size))
    expect(frontierRoot(frontier)).toEqual(mth(0, size))
  }
  expect(frontier).toEqual(appendLeaves(emptyFrontier, leaves))
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leavesOf } from './sample-log.ts'
import { decodeEntries, decodeTile, encodeEntries, encodeTile } from './tile-bytes.ts'
import { hasTile, newTiles, parseTilePath, type Tile, tilePath, tilesOf } from './tiles.ts'

const MAX = Number.MAX_SAFE_INTEGER

describe('the examples of C2SP tlog-tiles', () => {
  test('index 1234067 is x001/x234/067', () => {
    expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(parseTilePath('tile/0/x001/x234/067', MAX)).toEqual({ level: 0, index: 1234067, width: 256 })
  })

  test('a tree of 70,000 has 273 full tiles and one of 112, then one full and one of 17, then one of 1', () => {
    const tiles = [...tilesOf(70_000)]
    const at = (level: number) => tiles.filter((tile) => tile.level === level).map(({ width }) => width)
    expect(at(0)).toEqual([...Array(273).fill(256), 112])
    expect([at(1), at(2), at(3)]).toEqual([[256, 17], [1], []])
  })

  test('a tree of 256 has a full tile and one of 1 above it', () => {
    expect([...tilesOf(256)].map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1'])
  })
})

const tiles = fc.record({
  level: fc.constantFrom<Tile['level']>('entries', 0, 1, 2, 3, 4, 5),
  index: fc.oneof(fc.nat(3000), fc.nat(2 ** 30)),
  width: fc.integer({ min: 1, max: 256 }),
})

test('a path reads as its tile at each size that has the tile, and at no smaller size', () => {
  fc.assert(
    fc.property(tiles, (tile) => {
      const each = tile.level === 'entries' ? 1 : 256 ** tile.level
      const needed = (tile.index * 256 + tile.width) * each
      fc.pre(needed <= MAX)
      expect(parseTilePath(tilePath(tile), needed)).toEqual(tile)
      expect(parseTilePath(tilePath(tile), MAX)).toEqual(tile)
      expect(parseTilePath(tilePath(tile), needed - 1)).toBeUndefined()
    }),
  )
})

// biome-ignore format: it reads as a table
test.each([
  ['', 'tile', 'tile/', 'tile/0', 'tile/0/', '/tile/0/000', 'tile/0/000/', 'tile//000', 'Tile/0/000', 'tile/0/000\n', ' tile/0/000'],
  ['tile/-1/000', 'tile/0/-01', 'tile/0/-1', 'tile/0/x-01/000', 'tile/0/000.p/-1', 'tile/+0/000', 'tile/0/000.p/+1'],
  ['tile/../checkpoint', 'tile/0/../000', 'tile/0/x000/../000', '../tile/0/000', 'tile/0/%2e%2e/000', 'tile/0/..%2f000'],
  ['tile/0/x000/000', 'tile/0/x000/x000/001', 'tile/0/000/000', 'tile/0/x001', 'tile/0/x001/x234', 'tile/0/X001/234', 'tile/0/xx01/000'],
  ['tile/00/000', 'tile/01/000', 'tile/64/000', 'tile/100/000', 'tile/7/000', 'tile/63/000', 'tile/data/000', 'tile/entries', 'tile/Entries/000'],
  ['tile/0/0', 'tile/0/00', 'tile/0/0000', 'tile/0/1e2', 'tile/0/0x1', 'tile/0/٠٠٠', 'tile/0/999', 'tile/0/x999/x999/x999/x999/x999/999'],
  ['tile/0/000.p/0', 'tile/0/000.p/00', 'tile/0/000.p/01', 'tile/0/000.p/256', 'tile/0/000.p/257', 'tile/0/000.p/1000', 'tile/0/000.p/', 'tile/0/000.p', 'tile/0/000.p/1/', 'tile/0/000.p/1.5'],
  [`tile/0/${'x000/'.repeat(10_000)}000`],
])('D008: a path in any other spelling is refused: %s and others', (...paths) => {
  expect(paths.filter((path) => parseTilePath(path, 70_000) !== undefined)).toEqual([])
})

test('D008: a path to a tile beyond the checkpoint, or wider than the tree, is refused', () => {
  const found = (path: string) => parseTilePath(path, 70_000) !== undefined
  expect(
    ['tile/0/272', 'tile/0/273.p/112', 'tile/0/273.p/1', 'tile/1/000', 'tile/1/001.p/17', 'tile/2/000.p/1'].filter(
      found,
    ),
  ).toHaveLength(6)
  expect(['tile/entries/272', 'tile/entries/273.p/112'].filter(found)).toHaveLength(2)
  expect(
    ['tile/0/273', 'tile/0/273.p/113', 'tile/0/274.p/1', 'tile/1/001', 'tile/1/001.p/18', 'tile/2/000'].filter(found),
  ).toEqual([])
  expect(['tile/2/000.p/2', 'tile/3/000.p/1', 'tile/entries/273', 'tile/entries/273.p/113'].filter(found)).toEqual([])
  for (const size of [0, -1, Number.NaN, 0.5, Number.POSITIVE_INFINITY])
    expect(parseTilePath('tile/0/000.p/1', size)).toBeUndefined()
})

test('D008: any path reads as a tile of the tree or is refused', () => {
  const pieces = fc.constantFrom(
    'tile',
    '/',
    '0',
    '1',
    'x',
    '000',
    '001',
    'x001/',
    'entries',
    '.p/',
    '..',
    '-',
    '256',
    '\n',
  )
  const paths = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 9 }).map((parts) => `tile/${parts.join('')}`),
  )
  fc.assert(
    fc.property(paths, fc.nat(), (path, size) => {
      const tile = parseTilePath(path, size)
      if (tile !== undefined) expect([hasTile(tile, size), tilePath(tile)]).toEqual([true, path])
    }),
    { numRuns: 2000 },
  )
})

test('the new tiles are those that the larger tree has and the smaller one does not', () => {
  const sizes = fc.oneof(fc.nat(1200), fc.integer({ min: 65_200, max: 66_200 }))
  fc.assert(
    fc.property(sizes, sizes, (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)]
      const before = new Set(Array.from(tilesOf(from), tilePath))
      const added = Array.from(tilesOf(to), tilePath).filter((path) => !before.has(path))
      expect(Array.from(newTiles(from, to), tilePath)).toEqual(added)
    }),
    { numRuns: 60 },
  )
  expect([...newTiles(5, 5)]).toEqual([])
  for (const [from, to] of [
    [5, 4],
    [-1, 3],
    [0, 0.5],
  ] as const)
    expect(() => [...newTiles(from, to)]).toThrow(expect.objectContaining({ code: 'out-of-range' }))
})

test('a tile is written as exactly its hashes', () => {
  const hashes = leavesOf(256)
  expect(encodeTile(hashes)).toHaveLength(8192)
  expect(decodeTile(encodeTile(hashes), 256)).toEqual(hashes)
  const refused = expect.objectContaining({ code: 'malformed-tile' })
  for (const width of [0, 2, 4, -3, 257, Number.NaN])
    expect(() => decodeTile(encodeTile(hashes.slice(0, 3)), width)).toThrow(refused)
  expect(() => decodeTile(new Uint8Array(97), 3)).toThrow(refused)
  expect(() => decodeTile(new Uint8Array(257 * 32), 257)).toThrow(refused)
  for (const bad of [[], leavesOf(257), [new Uint8Array(31)]]) expect(() => encodeTile(bad)).toThrow(refused)
})

const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 40 })

test('a bundle reads back as its entries, and is refused for any other number of entries', () => {
  fc.assert(
    fc.property(entries, (some) => {
      const bytes = encodeEntries(some)
      expect(decodeEntries(bytes, some.length)).toEqual(some)
      const refused = expect.objectContaining({ code: 'malformed-entries' })
      for (const width of [some.length - 1, some.length + 1]) expect(() => decodeEntries(bytes, width)).toThrow(refused)
      expect(() => decodeEntries(bytes.subarray(0, -1), some.length)).toThrow(refused)
      expect(() => decodeEntries(Uint8Array.of(...bytes, 0), some.length)).toThrow(refused)
    }),
    { numRuns: 50 },
  )
})

test('an entry has at most 65,535 bytes and a bundle 256 entries, and lengths are big-endian', () => {
  const largestEntry = new Uint8Array(65_535).fill(7)
  expect(decodeEntries(encodeEntries([largestEntry, new Uint8Array()]), 2)).toEqual([largestEntry, new Uint8Array()])
  expect([...encodeEntries([new Uint8Array(258)]).subarray(0, 2)]).toEqual([1, 2])
  const full = Array.from({ length: 256 }, () => Uint8Array.of(1))
  expect(decodeEntries(encodeEntries(full), 256)).toEqual(full)
  const refused = expect.objectContaining({ code: 'malformed-entries' })
  for (const bad of [[], [...full, Uint8Array.of(1)], [new Uint8Array(65_536)]])
    expect(() => encodeEntries(bad)).toThrow(refused)
  expect(() => decodeEntries(new Uint8Array(257 * 2), 257)).toThrow(refused)
  expect(() => decodeEntries(new Uint8Array(), 0)).toThrow(refused)
})

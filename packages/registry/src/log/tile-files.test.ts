import { createHash } from 'node:crypto'
import { type HashTile, tilePath, tilesOf } from '@sijil/tlog'
import { beforeEach, describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { after, aWorld, BODY, noon, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { checkedReader, artefacts as names } from '../artefacts.ts'
import { RegistryError } from '../errors.ts'
import { nextCommit, streams } from '../stream.ts'
import { pendingOn } from './logs.ts'
import { latestCheckpoint } from './read-log.ts'
import { sequenceLog } from './sequence.ts'
import { readTile } from './serve.ts'
import { auditTiles, serveTile, storeTiles } from './tile-files.ts'

const LOG = 'certificates'
const HOUR = 3_600 * SECOND
let world: World
let count: number
beforeEach(async () => {
  world = await aWorld()
  count = 0
})

/** Adds so many reservations to the log. Only their streams exist, as these tests need no documents. */
async function grow(more: number, now: Date): Promise<number> {
  for (const end = count + more; count < end; count++) {
    const hash = createHash('sha256').update(`${count}`).digest('base64url')
    const events = [{ type: 'reserved', hash }]
    const stream = streams.certificate(BODY, `uuid-${count}`)
    await world.store.append(nextCommit(stream, [], { events, actor: 'a', now, index: pendingOn(now.getTime()) }))
  }
  const { store, artefacts, keys, baseUrl } = world
  return (await sequenceLog(LOG, { store, artefacts, signer: keys, keys, baseUrl, now, seen: new Set() })).size
}

const stored = (size: number, now: Date, change: Partial<Parameters<typeof storeTiles>[2]> = {}) =>
  storeTiles(LOG, size, { ...world, now, ...change })
const filesOf = () => [...world.files.keys()].toSorted()
/** Every tile and entry bundle of a tree, by path. */
const pathsOf = (size: number) =>
  [...tilesOf(size)].flatMap((tile: HashTile) =>
    tile.level === 0 ? [tilePath(tile), tilePath({ ...tile, level: 'entries' })] : [tilePath(tile)],
  )
const named = (level: number | 'entries', index: number) => names.tile(LOG, { level, index, width: 256 })

test('the files of full tiles are stored once each, and a run stores only those that became full', async () => {
  expect(await stored(await grow(255, noon), noon)).toBe(0)
  expect(filesOf()).toEqual([])
  expect(await stored(await grow(258, after(SECOND)), after(SECOND))).toBe(512)
  expect(filesOf()).toEqual([named(0, 0), named(0, 1), named('entries', 0), named('entries', 1)].toSorted())
  const { port, calls } = withFaults(world.artefacts, [])
  expect(await stored(await grow(300, after(2 * SECOND)), after(2 * SECOND), { artefacts: port })).toBe(768)
  expect(calls('put')).toBe(2)
  expect(await stored(813, after(3 * SECOND), { artefacts: port })).toBe(768)
  expect(calls('put')).toBe(2)
})

test('every tile is answered with the bytes that follow from the commits: full ones from files, the others from the commits', async () => {
  const size = await grow(600, noon)
  await stored(size, noon)
  const { port, calls } = withFaults(world.artefacts, [])
  for (const path of pathsOf(size)) {
    const expected = await readTile(LOG, path, world.store)
    expect(expected?.length).toBeGreaterThan(31)
    expect(await serveTile(LOG, path, { store: world.store, artefacts: port })).toEqual(expected)
  }
  expect(calls('read')).toBe(4)
  expect(world.faults).toEqual([])
})

test('I31: no file is stored or answered of entries that no checkpoint covers', async () => {
  const size = await grow(200, noon)
  const { port: signer } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'fails-before' }])
  const { keys } = world
  world = { ...world, keys: signer }
  await expect(grow(100, after(SECOND))).rejects.toThrow()
  world = { ...world, keys }
  expect((await latestCheckpoint(LOG, world.store))?.size).toBe(size)
  expect(await stored(size, after(SECOND))).toBe(0)
  expect(filesOf()).toEqual([])
  expect(await serveTile(LOG, tilePath({ level: 0, index: 0, width: 256 }), world)).toBeUndefined()
})

describe('F40, F36: a run that stops between two of its writes', () => {
  const writes = [
    ...[1, 2, 3, 4].map((call) => ({ port: 'artefacts', method: 'put', call }) as const),
    ...[1, 2, 3].map((call) => ({ port: 'store', method: 'append', call }) as const),
  ]
  test.each(
    writes.flatMap((write) => (['fails-before', 'fails-after'] as const).map((outcome) => ({ ...write, outcome }))),
  )(
    'at $method $call ($outcome): tiles are answered meanwhile, and the next run completes them',
    async ({ port, method, call, outcome }) => {
      const size = await grow(520, noon)
      const faulty =
        port === 'store'
          ? { store: withFaults(world.store, [{ method: method as 'append', call, outcome }]).port }
          : { artefacts: withFaults(world.artefacts, [{ method: method as 'put', call, outcome }]).port }
      await expect(stored(size, noon, faulty)).rejects.toThrow()
      const complete = async () => {
        for (const path of pathsOf(size))
          expect(await serveTile(LOG, path, world)).toEqual(await readTile(LOG, path, world.store))
      }
      await complete()
      expect(await stored(size, after(SECOND))).toBe(512)
      expect(filesOf()).toHaveLength(4)
      await complete()
      expect(world.faults).toEqual([])
    },
  )
})

describe('F38: files of tiles that are lost', () => {
  test('are reported and never answered: the bytes come from the commits', async () => {
    const size = await grow(512, noon)
    await stored(size, noon)
    world.files.set(named(0, 0), new Uint8Array(8_192))
    world.files.delete(named('entries', 1))
    for (const path of pathsOf(size))
      expect(await serveTile(LOG, path, world)).toEqual(await readTile(LOG, path, world.store))
    expect(world.faults).toEqual(
      expect.arrayContaining([
        { artefact: named(0, 0), fault: 'changed' },
        { artefact: named('entries', 1), fault: 'missing' },
      ]),
    )
    expect(world.faults).toHaveLength(2)
  })

  test('are found by the hourly audit, though nobody asks for them', async () => {
    await stored(await grow(512, noon), noon)
    expect(await auditTiles(LOG, { ...world, now: noon })).toBe(0)
    world.files.set(named('entries', 0), new Uint8Array(9))
    expect(await auditTiles(LOG, { ...world, now: after(HOUR) })).toBe(1)
    expect(world.faults).toEqual([{ artefact: named('entries', 0), fault: 'changed' }])
  })

  test('each old tile is read once a week', async () => {
    // Three thousand entries: eleven full tiles, of which the last ten are read each hour.
    await stored(await grow(11 * 256, noon), noon)
    world.files.delete(named(0, 0))
    const faults: number[] = []
    for (let hour = 0; hour < 7 * 24; hour++) faults.push(await auditTiles(LOG, { ...world, now: after(hour * HOUR) }))
    expect(faults.filter((found) => found > 0)).toEqual([1])
  }, 60_000)

  test('are made again from the commits by one order, byte for byte, and nothing else is written', async () => {
    const size = await grow(600, noon)
    await stored(size, noon)
    const before = new Map(world.files)
    world.files.clear()
    const commits = world.store.appended.length
    expect(await stored(size, after(SECOND))).toBe(512)
    expect(filesOf()).toEqual([])
    expect(await stored(size, after(SECOND), { from: 0 })).toBe(512)
    expect(world.files).toEqual(before)
    expect(world.store.appended.length).toBe(commits)
  })

  test('A005: a changed file is not written over, and the order that would do so fails with an alarm', async () => {
    const size = await grow(256, noon)
    await stored(size, noon)
    world.files.set(named(0, 0), new Uint8Array(8_192))
    await expect(stored(size, after(SECOND), { from: 0 })).rejects.toMatchObject({ code: 'artefact-differs' })
    expect(world.files.get(named(0, 0))).toEqual(new Uint8Array(8_192))
  })
})

test('F37: while the files are away tiles come from the commits, and afterwards the run stores what it had to leave', async () => {
  const size = await grow(256, noon)
  const away = () => Promise.reject(new RegistryError('dependency-unavailable', 'the store is away'))
  const gone = { read: away, put: away }
  await expect(stored(size, noon, { artefacts: gone })).rejects.toMatchObject({ code: 'dependency-unavailable' })
  const path = tilePath({ level: 0, index: 0, width: 256 })
  const artefacts = checkedReader(gone, { report: () => expect.fail('nothing is lost') })
  expect(await serveTile(LOG, path, { store: world.store, artefacts })).toHaveLength(8_192)
  const grown = await grow(256, after(SECOND))
  expect(await stored(grown, after(SECOND))).toBe(512)
  expect(await serveTile(LOG, path, { store: world.store, artefacts })).toHaveLength(8_192)
  expect(filesOf()).toHaveLength(4)
})

test('I31: a log that was set back and orders other entries cannot store its tiles over those that were shown', async () => {
  await stored(await grow(256, noon), noon)
  const shown = new Map(world.files)
  const back = await aWorld()
  // The files outlive the table. The writer starts again from nothing, and meets other entries.
  for (const [name, bytes] of shown) back.files.set(name, bytes)
  world = back
  count = 1_000
  const size = await grow(256, after(SECOND))
  await expect(stored(size, after(SECOND))).rejects.toMatchObject({ code: 'artefact-differs' })
  expect(world.files).toEqual(shown)
})

test('two runs at once store the same files', async () => {
  const size = await grow(512, noon)
  expect(await Promise.all([stored(size, noon), stored(size, noon)])).toEqual([512, 512])
  expect(filesOf()).toHaveLength(4)
  expect(await auditTiles(LOG, { ...world, now: noon })).toBe(0)
})

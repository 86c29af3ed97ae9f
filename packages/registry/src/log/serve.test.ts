import { decodeEntries, tilePath } from '@sijil/tlog'
import { expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { after, aWorld, BODY, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { streams } from '../stream.ts'
import { type LogName, logNames, logs } from './logs.ts'
import { latestCheckpoint } from './read-log.ts'
import { type SequenceDeps, sequenceLog } from './sequence.ts'
import { cachedTreeSizes, findPlace, readTile } from './serve.ts'

const run = (log: LogName, world: World, now: Date, change: Partial<SequenceDeps> = {}) =>
  sequenceLog(log, {
    store: world.store,
    artefacts: world.artefacts,
    signer: world.keys,
    keys: world.keys,
    baseUrl: world.baseUrl,
    now,
    seen: new Set(),
    ...change,
  })

test('each entry is found by its key, at its place in the entry bundle', async () => {
  const world = await aWorld()
  const { store } = world
  for (const number of ['1', '2', '3']) await world.issue({ certificateNumber: number }, { key: number })
  for (const log of ['registry', 'certificates'] as const) {
    const { size } = await run(log, world, after(SECOND))
    const bundle = await readTile(log, tilePath({ level: 'entries', index: 0, width: size }), store)
    const entries = decodeEntries(bundle ?? new Uint8Array(), size)
    expect(entries.length).toBeGreaterThanOrEqual(3)
    for (const [index, entry] of entries.entries()) {
      const text = Buffer.from(entry).toString(log === 'registry' ? 'utf8' : 'base64url')
      expect(await findPlace(log, logs[log].keyOf(text), store)).toEqual({ index, size })
    }
  }
})

test('I31: an entry that is ordered but not under a signed checkpoint is not found yet', async () => {
  const world = await aWorld()
  await run('certificates', world, after(SECOND))
  await world.issue()
  const [hash] = world.store.events('reserved').map((event) => String(event.hash))
  const { port } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'fails-before' }])
  await expect(run('certificates', world, after(2 * SECOND), { signer: port })).rejects.toThrow()
  expect(await world.store.latest(streams.logLeaf('certificates', hash ?? ''))).toBeDefined()
  expect(await findPlace('certificates', hash ?? '', world.store)).toBeUndefined()
  await run('certificates', world, after(3 * SECOND))
  expect(await findPlace('certificates', hash ?? '', world.store)).toEqual({ index: 0, size: 2 })
})

test('I12: the log size in a verdict is older than any remembered trust, but never much older', async () => {
  const world = await aWorld()
  let now = after(0)
  const sizes = cachedTreeSizes(world.store, () => now.getTime())
  const named: (number | undefined)[] = []
  const at = async (seconds: number) => {
    now = after(seconds * SECOND)
    named.push((await sizes())?.certificates)
  }
  for (const log of logNames) await run(log, world, now)
  // Nothing is remembered yet, so trust is read after the tree that is signed now.
  await at(0)
  await world.issue()
  now = after(5 * SECOND)
  await run('certificates', world, now)
  await at(11)
  for (const second of [30, 45, 70]) await at(second)
  await at(72)
  // After a pause no earlier reading is used.
  await world.issue({ certificateNumber: '2' }, { key: '2', deps: { now: after(80 * SECOND) } })
  await run('certificates', world, after(90 * SECOND))
  await at(600)
  expect(named).toEqual([0, 0, 0, 0, 0, 2, 4])
})

// biome-ignore format: it reads as a table
test.each([
  ['certificates', ''], ['certificates', 'a'], ['certificates', `${'a'.repeat(42)}=`], ['certificates', 'a'.repeat(44)],
  ['certificates', `${BODY}/trust/0`], ['registry', 'a'.repeat(43)], ['registry', `${BODY}/trust`], ['registry', `${BODY}/members/0`],
  ['catalogue', `${BODY}/trust/0`], ['catalogue', 'a'.repeat(44)], ['registry', `${BODY}/trust/00`], ['registry', `${BODY}/trust/-1`], ['registry', `${BODY}/trust/0/`], ['registry', 'Å/trust/0'],
] as const)('D008: in the log %s the store is not asked for %j', async (log, key) => {
  const { store } = await aWorld()
  const { port, calls } = withFaults(store, [])
  expect(await findPlace(log, key, port)).toBeUndefined()
  expect(calls('latest') + calls('read')).toBe(0)
  // Nor for a well-formed key that was never recorded.
  expect(await findPlace('certificates', 'a'.repeat(43), port)).toBeUndefined()
  expect(await latestCheckpoint('certificates', port)).toBeUndefined()
})

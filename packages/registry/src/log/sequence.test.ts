import {
  type Checkpoint,
  compareCheckpoints,
  decodeEntries,
  decodeTile,
  hashesFromTiles,
  leafHash,
  openCheckpoint,
  proveInclusion,
  type TileReader,
  tilePath,
  verifyInclusion,
} from '@sijil/tlog'
import { describe, expect, test } from 'vitest'
import { type Injected, withFaults } from '../../../../test/support/faults.ts'
import {
  after,
  aWorld,
  BODY,
  identity,
  MINUTE,
  noon,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { sampled } from '../../../../test/support/whole.ts'
import { registerAuthority } from '../decisions/register.ts'
import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, type StreamId, streams } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { readCheckpoint } from './cosignatures.ts'
import { verifierKeysOf } from './log-keys.ts'
import { type LogName, originOf, publicEntry } from './logs.ts'
import { latestCheckpoint } from './read-log.ts'
import { type SequenceDeps, sequenceLog } from './sequence.ts'
import { readTile } from './serve.ts'

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

/** The log as a client outside sees it. */
async function opened(log: LogName, { store, baseUrl }: World): Promise<Checkpoint> {
  const note = await readCheckpoint(log, store)
  if (note === undefined) throw new Error('no checkpoint')
  const keys = await verifierKeysOf(log, baseUrl, store)
  return openCheckpoint(note, { origin: originOf(baseUrl, log), keys }).checkpoint
}

const tilesOf =
  (log: LogName, { store }: World): TileReader =>
  async (tile) => {
    const bytes = await readTile(log, tilePath(tile), store)
    if (bytes === undefined) throw new Error(`no tile ${tilePath(tile)}`)
    return decodeTile(bytes, tile.width)
  }

/** Every entry that the checkpoint covers, read from its entry bundles. */
async function entriesOf(log: LogName, world: World): Promise<string[]> {
  const { size } = await opened(log, world)
  const entries: string[] = []
  for (let index = 0; index * 256 < size; index++) {
    const width = Math.min(256, size - index * 256)
    const bytes = await readTile(log, tilePath({ level: 'entries', index, width }), world.store)
    for (const entry of decodeEntries(bytes ?? new Uint8Array(), width)) entries.push(Buffer.from(entry).toString())
  }
  return entries
}

const trustCommits = ({ store }: World) =>
  store.appended.filter(({ index }) => index === 'ENTITIES' || index === 'TRUST')
const expectedEntries = (world: World) =>
  trustCommits(world)
    .map((commit) => publicEntry(commit as never))
    .sort()

/** Every checkpoint that was ever recorded, oldest first. */
async function checkpointsOf(log: LogName, { store, baseUrl }: World): Promise<Checkpoint[]> {
  const keys = await verifierKeysOf(log, baseUrl, store)
  const commits = await store.read<{ note: string }>(streams.logCheckpoints(log))
  return commits.flatMap(({ events }) =>
    events.map(({ note }) => openCheckpoint(Buffer.from(note), { origin: originOf(baseUrl, log), keys }).checkpoint),
  )
}

async function requireConsistent(log: LogName, world: World): Promise<void> {
  const all = await checkpointsOf(log, world)
  for (const [place, newer] of all.entries())
    for (const older of all.slice(0, place))
      expect(await compareCheckpoints(older, newer, tilesOf(log, world))).toBe('consistent')
}

const register = (world: World, id: string, now: Date) =>
  registerAuthority({ id, identity: identity(), actor: 'registrar' }, { store: world.store, now })

test('I30: every trust commit is one entry, and no entry names the person who acted or where a key is stored', async () => {
  const world = await aWorld()
  expect(await run('registry', world, noon)).toEqual({
    size: trustCommits(world).length,
    added: trustCommits(world).length,
  })
  const entries = await entriesOf('registry', world)
  expect(entries.toSorted()).toEqual(expectedEntries(world))
  expect(entries.join()).not.toMatch(/registrar|keyRef|key-1/)
  expect(entries.join()).toContain('publicKeyMultibase')
  expect(await run('registry', world, after(SECOND))).toEqual({ size: entries.length, added: 0 })
})

test('I15: the hash of a certificate is logged when it is reserved, and tiles alone prove its inclusion', async () => {
  const world = await aWorld()
  const { uuid } = await world.issue()
  await run('certificates', world, after(SECOND))
  const [reserved] = world.store.events('reserved')
  const hash = String(reserved?.hash)
  expect(reserved?.stream).toContain(uuid)
  const { size, root } = await opened('certificates', world)
  // The second entry says that it was released.
  expect(size).toBe(2)
  const leaf = leafHash(Buffer.from(hash, 'base64url'))
  const proof = await proveInclusion(0, size, hashesFromTiles(size, tilesOf('certificates', world)))
  expect(verifyInclusion({ index: 0, size, root, leaf, proof })).toBe(true)
})

test('a reservation that was never finished is logged as well', async () => {
  const world = await aWorld()
  world.keys.beforeSigning = async () => {
    throw new RegistryError('dependency-unavailable', 'no key')
  }
  await expect(world.issue()).rejects.toThrow()
  world.keys.beforeSigning = async () => {}
  expect(await run('certificates', world, after(SECOND))).toEqual({ size: 1, added: 1 })
})

test('a commit that an index shows a moment late is logged by the next run, and a later one when it is read again', async () => {
  const world = await aWorld()
  await run('registry', world, noon)
  await register(world, 'late-one', after(-20 * SECOND))
  expect(await run('registry', world, after(SECOND))).toMatchObject({ added: 1 })
  await register(world, 'later-one', after(-10 * MINUTE))
  expect(await run('registry', world, after(2 * SECOND))).toMatchObject({ added: 0 })
  expect(await run('registry', world, after(6 * MINUTE))).toMatchObject({ added: 1 })
  await register(world, 'very-late', after(-110 * MINUTE))
  expect(await run('registry', world, after(7 * MINUTE))).toMatchObject({ added: 0 })
  expect(await run('registry', world, after(71 * MINUTE))).toMatchObject({ added: 1 })
  await register(world, 'latest', new Date('2026-01-01T00:00:00Z'))
  const since = '2020-01-01T00:00:00.000Z'
  expect(await run('registry', world, after(72 * MINUTE), { since })).toMatchObject({ added: 1 })
  expect((await entriesOf('registry', world)).toSorted()).toEqual(expectedEntries(world))
})

test('an hour without commits is signed too: the same tree with a later time', async () => {
  const world = await aWorld()
  await run('registry', world, noon)
  await run('registry', world, after(59 * MINUTE))
  expect(await checkpointsOf('registry', world)).toHaveLength(1)
  await run('registry', world, after(60 * MINUTE))
  expect(await checkpointsOf('registry', world)).toHaveLength(2)
  await requireConsistent('registry', world)
})

test('the tree grows over tiles and levels, and stays consistent', async () => {
  const world = await aWorld()
  for (const [place, size] of [3, 250, 10, 300, 1, 260].entries()) {
    const now = after((place + 1) * MINUTE)
    await Promise.all(Array.from({ length: size }, (_, at) => register(world, `a-${place}-${at}`, now)))
    await run('registry', world, now)
  }
  expect((await entriesOf('registry', world)).toSorted()).toEqual(expectedEntries(world))
  await requireConsistent('registry', world)
})

/** A store in which somebody overwrites items without our code. */
const changed = (store: CommitStore, change: (entry: string) => string): CommitStore => ({
  read: async <E>(stream: StreamId) => {
    const commits = structuredClone(await store.read<E>(stream))
    for (const { events } of commits)
      for (const event of events as readonly { entries?: string[] }[])
        if (event.entries) event.entries = event.entries.map(change)
    return commits
  },
  latest: (stream) => store.latest(stream),
  list: (index, page) => store.list(index, page),
  append: (commit) => store.append(commit),
  claim: (pool, entry, holder) => store.claim(pool, entry, holder),
})

test('I31: nothing is signed if the stored entries differ from the signed ones', async () => {
  const world = await aWorld()
  await run('registry', world, noon)
  const checkpoint = await latestCheckpoint('registry', world.store)
  const tampered = changed(world.store, (entry) => entry.replace('PQF NCC', 'PQF XXX'))
  await register(world, 'one-more', after(SECOND))
  await expect(run('registry', world, after(2 * SECOND), { store: tampered })).rejects.toThrow(
    'not those of the frontier',
  )
  expect((await latestCheckpoint('registry', world.store))?.size).toBe(checkpoint?.size)
})

test('two writers at once: one of them sets the order, and no entry appears twice', async () => {
  const world = await aWorld()
  await run('registry', world, noon)
  for (let round = 1; round <= 10; round++) {
    const now = after(round * SECOND)
    await register(world, `both-${round}`, now)
    await Promise.allSettled([run('registry', world, now), run('registry', world, now), run('registry', world, now)])
  }
  await run('registry', world, after(MINUTE))
  expect((await entriesOf('registry', world)).toSorted()).toEqual(expectedEntries(world))
  await requireConsistent('registry', world)
})

const ports = { store: ['read', 'latest', 'list', 'append'], signer: ['sign'], keys: ['createKey'] } as const
type Port = keyof typeof ports
type Fault = { port: Port; method: string; call: number; outcome: 'fails-before' | 'fails-after'; error?: Error }

/** 250 entries are signed and 12 more follow. The disturbed run fills a tile, opens another and completes one of level 1. */
async function aGrowingWorld(): Promise<World> {
  const world = await aWorld()
  await Promise.all(
    Array.from({ length: 250 - trustCommits(world).length }, (_, at) => register(world, `old-${at}`, noon)),
  )
  await run('registry', world, noon)
  await Promise.all(Array.from({ length: 12 }, (_, at) => register(world, `new-${at}`, after(SECOND))))
  return world
}

const troubled = (world: World, faults: Fault[]) => {
  const given = { store: world.store, signer: world.keys, keys: world.keys }
  const deps = (Object.keys(ports) as Port[]).map(
    (port) =>
      [
        port,
        withFaults<object>(given[port], faults.filter((fault) => fault.port === port) as unknown as Injected<object>[]),
      ] as const,
  )
  return { deps: Object.fromEntries(deps.map(([port, { port: faulty }]) => [port, faulty])), counted: deps }
}

async function stepsOf(prepare: () => Promise<World>): Promise<Omit<Fault, 'outcome'>[]> {
  const world = await prepare()
  const { deps, counted } = troubled(world, [])
  await run('registry', world, after(2 * SECOND), deps)
  return counted.flatMap(([port, { calls }]) =>
    ports[port].flatMap((method) =>
      Array.from({ length: calls(method as never) }, (_, place) => ({ port, method, call: place + 1 })),
    ),
  )
}

const conflict = () => new RegistryError('write-conflict', 'written already, by this very client')
const faultsOf = (steps: Omit<Fault, 'outcome'>[]): [string, Fault][] =>
  steps.flatMap((step): [string, Fault][] => {
    const name = `${step.port}.${step.method} ${step.call}`
    const isWrite = step.method === 'append' || step.method === 'sign' || step.method === 'createKey'
    return [
      [`${name} fails`, { ...step, outcome: 'fails-before' }],
      ...(isWrite
        ? ([[`${name} takes effect and its answer is lost`, { ...step, outcome: 'fails-after' }]] as [string, Fault][])
        : []),
      ...(step.method === 'append'
        ? ([[`${name} meets itself`, { ...step, outcome: 'fails-after', error: conflict() }]] as [string, Fault][])
        : []),
    ]
  })

describe.each([
  ['a log that grows', aGrowingWorld],
  ['a log that begins', () => aWorld()],
])('F18, I31: %s and is stopped at any step continues in the next run', async (_, prepare) => {
  const steps = await stepsOf(prepare)

  test('the disturbed run contains every kind of step', () => {
    const kinds = new Set(steps.map(({ port, method }) => `${port}.${method}`))
    expect([...kinds]).toEqual(
      expect.arrayContaining(['store.read', 'store.latest', 'store.list', 'store.append', 'signer.sign']),
    )
  })

  test.each(sampled(faultsOf(steps), { kept: 0, step: 7 }))('%s', async (__, fault) => {
    const world = await prepare()
    const before = (await latestCheckpoint('registry', world.store))?.size ?? 0
    await run('registry', world, after(2 * SECOND), troubled(world, [fault]).deps).catch(() => undefined)
    const between = (await latestCheckpoint('registry', world.store))?.size ?? 0
    expect(between).toBeGreaterThanOrEqual(before)
    await register(world, 'another', after(3 * SECOND))
    await run('registry', world, after(4 * SECOND))
    expect((await entriesOf('registry', world)).toSorted()).toEqual(expectedEntries(world))
    const all = await checkpointsOf('registry', world)
    for (const older of all.slice(0, -1))
      expect(await compareCheckpoints(older, all.at(-1) as Checkpoint, tilesOf('registry', world))).toBe('consistent')
    expect(await run('registry', world, after(5 * SECOND))).toMatchObject({ added: 0 })
  })
})

test('if the time of a run ends after a slice, the next runs continue, and each commit is logged once', async () => {
  const world = await aWorld()
  const event = (at: number) => ({
    type: 'reserved',
    hash: Buffer.from(String(at).padStart(32, '0')).toString('base64url'),
  })
  for (let at = 1; at <= 5_300; at++) {
    const recordedAt = after(-MINUTE - at * 100).toISOString()
    const commit = { events: [event(at)], actor: 'a', effectiveAt: recordedAt, recordedAt, number: 0 }
    await world.store.append({
      ...commit,
      stream: `${BODY}/certificate/${at}` as StreamId,
      index: 'PENDING#2026-03-02',
    })
  }
  const sizes = []
  const remaining = () => 0
  for (let round = 0; round < 3; round++)
    sizes.push((await run('certificates', world, after(round * SECOND), { remaining })).size)
  expect(sizes[0]).toBeLessThan(5_300)
  expect(sizes.slice(1)).toEqual([5_300, 5_300])
  const { size, root } = await opened('certificates', world)
  expect([size, root]).toEqual([5_300, (await checkpointsOf('certificates', world)).at(-1)?.root])
})

test('F22, I30: a decision that is too long for an entry does not stop the log, and a change of it is found', async () => {
  const world = await aWorld()
  const stream = streams.trust(BODY)
  const history = await world.store.read<TrustEvent>(stream)
  const event: TrustEvent = { type: 'succeeded', successor: BODY, basis: 'x'.repeat(70_000) }
  const commit = nextCommit(stream, history, { events: [event], actor: 'a', now: noon, index: 'TRUST' })
  await world.store.append(commit)
  await run('registry', world, after(SECOND))
  const entry = (await entriesOf('registry', world)).at(-1)
  expect(entry).toContain('"tooLong":true')
  expect(entry).toBe(publicEntry(commit))
  expect(entry).not.toBe(publicEntry({ ...commit, events: [{ ...event, basis: 'y'.repeat(70_000) }] }))
})

test.each(['log', 'registry', 'authorities'])('no entity can be registered with the id %s', async (id) => {
  const world = await aWorld()
  await expect(register(world, id, noon)).rejects.toMatchObject({ code: 'validation-failed' })
})

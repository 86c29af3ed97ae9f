import { type Checkpoint, compareCheckpoints, decodeTile, openCheckpoint, tilePath } from '@sijil/tlog'
import { expect, test } from 'vitest'
import { after, aWorld, BODY, MINUTE, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { isWhole } from '../../../../test/support/whole.ts'
import { type CommitStore, type StreamId, streams } from '../stream.ts'
import { verifierKeysOf } from './log-keys.ts'
import { originOf } from './logs.ts'
import { latestCheckpoint, readEntries } from './read-log.ts'
import { releasedEntry } from './released.ts'
import { sequenceLog } from './sequence.ts'
import { readTile } from './serve.ts'

/** The load that is simulated, in reservations a second. `npm test` makes one of `COARSE`, each of which costs as much as all. */
const RATE = 50
const COARSE = isWhole ? 1 : 50
const HOURS = 4
/** As in infra/aws/limits.ts. */
const LIMIT_MS = 120_000
/** Seconds from one round of the writer to the next. */
const EVERY = 20

/** Milliseconds for one call of each kind. The writer makes many reads and writes at once. */
const costs = { list: 15, read: 0.5, latest: 0.5, append: 0.5 } as const
type Call = keyof typeof costs

/** Commits in one page of an index. */
const PAGE = 200

/** Of 50 certificates, 47 are released within seconds, one after a minute, one after an hour, and one is abandoned. */
const LATE: Readonly<Record<number, number>> = { 10: MINUTE / SECOND, 20: 3_600, 30: 600 }
const isAbandoned = (at: number) => at % 50 === 30

const hashOf = (at: number) => Buffer.from(String(at).padStart(32, '0')).toString('base64url')

/** A store that takes time. As soon as the time of the function is over, nothing gets through any more. */
function timed(store: CommitStore) {
  const state = { spent: 0, limit: LIMIT_MS, slowness: 1, latest: 0, reads: 0, rows: 0 }
  const spend = (call: Call, times = COARSE) => {
    state.spent += costs[call] * state.slowness * times
    if (state.spent > state.limit) throw new Error('Task timed out')
  }
  const port: CommitStore = {
    async read(stream) {
      if (stream.includes('/certificate/')) state.reads += 1
      spend('read')
      return store.read(stream)
    },
    async latest(stream) {
      state.latest += 1
      spend('latest')
      return store.latest(stream)
    },
    async list(index, page) {
      const found = await store.list<never>(index, page)
      state.rows += found.commits.length
      // One commit stands for many, so one page stands for several.
      spend('list', Math.max(1, Math.ceil((found.commits.length * COARSE) / PAGE)))
      return found
    },
    async append(commit) {
      spend('append')
      return store.append(commit)
    },
    claim: (...claim) => store.claim(...claim),
  }
  return { port, state }
}

/** Repeatable chance, so that a failure is repeatable. */
function chance(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

async function headOf({ store }: World): Promise<{ size: number; readTo: string }> {
  const { size = 0, readTo = '' } = (await latestCheckpoint('certificates', store)) ?? {}
  return { size, readTo }
}

async function headsOf({ store, baseUrl }: World): Promise<Checkpoint[]> {
  const keys = await verifierKeysOf('certificates', baseUrl, store)
  const commits = await store.read<{ note: string }>(streams.logCheckpoints('certificates'))
  const origin = originOf(baseUrl, 'certificates')
  return commits.flatMap(({ events }) =>
    events.map(({ note }) => openCheckpoint(Buffer.from(note), { origin, keys }).checkpoint),
  )
}

test('I30, I31: four hours at 50 a second, with timeouts at any step, a slow store and a pause: each is logged once and once more when it is released, no run loses its progress, and the cost stays that of what is new', async () => {
  const world = await aWorld()
  const { port, state } = timed(world.store)
  const random = chance(7)
  let seen = new Set<string>()
  let made = 0
  /** Rows of indexes, pointers of entries and certificates that were read in each hour, and the reservations of that hour. */
  const hourly = Array.from({ length: HOURS }, () => ({ rows: 0, latest: 0, reads: 0, made: 0 }))
  /** What is still to come of each reservation, by the second in which it comes. */
  const ends = new Map<number, number[]>()
  const runs = { timeouts: 0, keptWork: 0, inVain: 0, mostInVain: 0 }

  async function call(second: number): Promise<void> {
    const before = await headOf(world)
    state.spent = 0
    const deps = {
      store: port,
      artefacts: world.artefacts,
      signer: world.keys,
      keys: world.keys,
      baseUrl: world.baseUrl,
      seen,
    }
    // The function does not know that it may be stopped earlier than at its limit.
    const remaining = () => LIMIT_MS - state.spent
    const isStopped = await sequenceLog('certificates', {
      ...deps,
      ...{ now: after(second * SECOND), remaining, most: 5_000 / COARSE },
    }).then(
      () => false,
      (error: unknown) => String(error).includes('Task timed out') || Promise.reject(error),
    )
    const head = await headOf(world)
    expect(head.size).toBeGreaterThanOrEqual(before.size)
    const hasMoved = head.readTo > before.readTo
    runs.inVain = hasMoved ? 0 : runs.inVain + 1
    runs.mostInVain = Math.max(runs.mostInVain, runs.inVain)
    if (!isStopped) return
    runs.timeouts += 1
    if (hasMoved) runs.keptWork += 1
    // The next call is in a new process, which remembers nothing.
    seen = new Set()
  }

  async function reserve(second: number): Promise<void> {
    const recordedAt = after(second * SECOND).toISOString()
    await world.store.append({
      stream: `${BODY}/certificate/${made}` as StreamId,
      number: 0,
      events: [{ type: 'reserved', hash: hashOf(made) }],
      actor: 'a',
      effectiveAt: recordedAt,
      recordedAt,
      index: `PENDING#${recordedAt.slice(0, 10)}`,
    })
    const until = (Math.floor((second + (LATE[made % 50] ?? 0)) / EVERY) + 1) * EVERY
    ends.set(until, [...(ends.get(until) ?? []), made])
    made += 1
  }

  async function end(second: number): Promise<void> {
    const recordedAt = after(second * SECOND).toISOString()
    for (const at of ends.get(second) ?? [])
      await world.store.append({
        stream: `${BODY}/certificate/${at}` as StreamId,
        number: 1,
        events: [isAbandoned(at) ? { type: 'burned' } : { type: 'issued', generation: 0 }],
        actor: 'a',
        effectiveAt: recordedAt,
        recordedAt,
      })
  }

  for (let second = EVERY; second <= HOURS * 3_600; second += EVERY) {
    const count = (RATE * EVERY) / COARSE
    for (let at = 0; at < count; at++) await reserve(second - EVERY + (at * EVERY) / count)
    await end(second)
    const minute = second / 60
    // For 40 minutes nothing calls the writer.
    if (minute > 60 && minute <= 100) continue
    // For ten minutes the store is slow.
    state.slowness = minute > 130 && minute <= 140 ? 4 : 1
    // One call in ten is stopped at any step, and after the pause each.
    const isCatchingUp = minute > 100 && minute <= 102
    state.limit = isCatchingUp ? 10_000 + random() * 60_000 : random() < 0.1 ? random() * 20_000 : LIMIT_MS
    Object.assign(state, { latest: 0, reads: 0, rows: 0 })
    await call(second)
    const hour = hourly[Math.ceil(second / 3_600) - 1]
    if (hour === undefined) continue
    hour.rows += state.rows
    hour.latest += state.latest
    hour.reads += state.reads
    hour.made += count
  }
  Object.assign(state, { slowness: 1, limit: LIMIT_MS })
  await call(HOURS * 3_600 + EVERY)
  // The last are released, and are read for the last time.
  for (let second = HOURS * 3_600 + EVERY; second <= (HOURS + 1) * 3_600; second += EVERY) await end(second)
  const last = (HOURS + 4) * 3_600
  while ((await headOf(world)).readTo < after(last * SECOND).toISOString()) await call(last)
  // A call that is stopped early may be in vain, and only a few in a row are.
  expect(runs.timeouts).toBeGreaterThan(15)
  expect(runs.keptWork).toBeGreaterThan(0)
  expect(runs.mostInVain).toBeLessThanOrEqual(4)
  // Each commit is read at five ages, and by some runs twice. A new process reads the pointers of the last minutes again. A certificate
  // is read again only until its second entry has a place.
  for (const [hour, { rows, latest, reads, made: inHour }] of hourly.entries())
    if (hour !== 1) expect([rows / inHour < 8, latest / inHour < 6, reads / inHour < 2]).toEqual([true, true, true])

  const logged: string[] = []
  const heads = await headsOf(world)
  const newest = heads.at(-1)
  for (let tile = 0; tile * 256 < (newest?.size ?? 0); tile++)
    logged.push(...(await readEntries('certificates', tile, world.store)).entries)
  const released = Array.from({ length: made }, (_, at) => at).filter((at) => !isAbandoned(at))
  expect(logged).toHaveLength(made + released.length)
  expect(new Set(logged).size).toBe(logged.length)
  const placeOf = new Map(logged.map((entry, place) => [entry, place]))
  const isInOrder = (at: number) =>
    (placeOf.get(hashOf(at)) ?? Number.NaN) < (placeOf.get(releasedEntry(hashOf(at))) ?? Number.NaN)
  expect(released.filter((at) => !isInOrder(at))).toEqual([])
  const sizes = heads.map(({ size }) => size)
  expect(sizes).toEqual(sizes.toSorted((one, other) => one - other))
  for (const older of heads.filter((_, at) => at % Math.ceil(heads.length / 20) === 0))
    expect(
      await compareCheckpoints(older, newest as Checkpoint, async (tile) =>
        decodeTile((await readTile('certificates', tilePath(tile), world.store)) ?? new Uint8Array(), tile.width),
      ),
    ).toBe('consistent')
}, 1_800_000)

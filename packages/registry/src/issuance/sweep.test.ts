import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { laggingIndex } from '../../../../test/support/lagging-index.ts'
import { after, aWorld, BODY, MINUTE, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { runs } from '../../../../test/support/whole.ts'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateRecord } from '../certificates/record.ts'
import { DAY_MS, HOUR_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type CommitStore, type StreamId, streams } from '../stream.ts'
import type { IssueDeps } from './issue-deps.ts'
import { sweepReservations } from './sweep.ts'

const noKey = async () => {
  throw new RegistryError('dependency-unavailable', 'no key')
}

let made = 0
/** A certificate that was reserved and never signed. Answers its id. */
async function reserved(world: World, now: Date, deps: Partial<IssueDeps> = {}): Promise<string> {
  made += 1
  world.keys.beforeSigning = noKey
  await world.issue({ certificateNumber: `S-${made}` }, { key: `s-${made}`, deps: { now, ...deps } }).catch(() => {})
  world.keys.beforeSigning = async () => {}
  return String(world.store.events('reserved').at(-1)?.stream.split('/').at(-1))
}

const stateOf = async (world: World, uuid: string): Promise<CertificateRecord['state'] | undefined> =>
  (await readRecord(BODY, uuid, world.store))?.state

/** Copies one certificate with both of its commits, so that there are many without many signatures. */
function copier(world: World) {
  const [first, second] = world.store.appended.filter(({ stream }) => stream.includes('/certificate/'))
  if (first === undefined || second === undefined) throw new Error('no certificate to copy')
  return async (name: string, at: Date) => {
    const stream = streams.certificate(BODY, name)
    const recordedAt = at.toISOString()
    const index = `PENDING#${recordedAt.slice(0, 10)}` as const
    await world.store.append({ ...first, stream, recordedAt, index })
    await world.store.append({ ...second, stream, recordedAt: new Date(at.getTime() + SECOND).toISOString() })
  }
}

function counted(store: CommitStore) {
  const { port, calls } = withFaults(store, [])
  return { store: port, reads: () => calls('read') + calls('latest') + calls('list') }
}

describe('the sweeper costs as much as there is new', () => {
  /** The reads of a run five minutes after the last one, over so many finished certificates of a month, and so many new ones. */
  async function readsOfARun(old: number, fresh: number, unfinished: number): Promise<number> {
    const world = await aWorld()
    await world.issue()
    const copy = copier(world)
    for (let at = 0; at < old; at++) await copy(`old-${at}`, after(-((at + 1) / (old + 1)) * 28 * DAY_MS))
    await sweepReservations(world.at(after(10 * MINUTE)))
    for (let at = 0; at < fresh; at++) await copy(`new-${at}`, after(7 * MINUTE + at))
    for (let at = 0; at < unfinished; at++) await reserved(world, after(7 * MINUTE + at))
    const { store, reads } = counted(world.store)
    expect(await sweepReservations({ ...world.at(after(15 * MINUTE)), store })).toBe(unfinished)
    return reads()
  }

  test('a run reads the new and the unfinished certificates, however many finished ones there are', async () => {
    const few = await readsOfARun(20, 30, 3)
    expect(await readsOfARun(3_000, 30, 3)).toBe(few)
    expect(few).toBeLessThanOrEqual(30 + 3 + 10)
    expect(await readsOfARun(20, 60, 3)).toBe(few + 30)
    expect(await readsOfARun(20, 30, 8)).toBe(few + 5)
  })

  test('no hour and no midnight reads more', async () => {
    const world = await aWorld()
    await world.issue()
    const copy = copier(world)
    for (let minute = -3 * 24 * 60; minute < 0; minute += 5) await copy(`at-${-minute}`, after(minute * MINUTE))
    await sweepReservations(world.at(after(5 * MINUTE)))
    const costs = new Set<number>()
    for (let minute = 10; minute < 25 * 60; minute += 5) {
      const { store, reads } = counted(world.store)
      await copy(`new-${minute}`, after((minute - 7) * MINUTE))
      await sweepReservations({ ...world.at(after(minute * MINUTE)), store })
      costs.add(reads())
    }
    expect(Math.max(...costs)).toBeLessThanOrEqual(10)
  })
})

describe('F9: the cursor of the sweeper skips nothing that is unfinished', () => {
  test('a reservation that an index shows within five minutes is abandoned by the next run', async () => {
    const world = await aWorld()
    let now = after(0).getTime()
    const store = laggingIndex(world.store, { now: () => now, lag: () => 5 * MINUTE })
    const uuid = await reserved(world, after(0), { store })
    for (const minute of [4, 6, 11]) {
      now = after(minute * MINUTE).getTime()
      await sweepReservations({ ...world.at(new Date(now)), store })
    }
    expect(await stateOf(world, uuid)).toBe('burned')
  })

  test('a reservation that an index shows hours late is abandoned a day later', async () => {
    const world = await aWorld()
    let now = after(0).getTime()
    const store = laggingIndex(world.store, { now: () => now, lag: () => 20 * HOUR_MS })
    const uuid = await reserved(world, after(0), { store })
    for (const hour of [1, 2, 21]) {
      now = after(hour * HOUR_MS).getTime()
      await sweepReservations({ ...world.at(new Date(now)), store })
    }
    expect(await stateOf(world, uuid)).toBe('reserved')
    now = after(25 * HOUR_MS).getTime()
    expect(await sweepReservations({ ...world.at(new Date(now)), store })).toBe(1)
    expect(await stateOf(world, uuid)).toBe('burned')
  })

  test('an operator has the sweeper read again from a moment, for what an index showed later still', async () => {
    const world = await aWorld()
    const hidden = await reserved(world, after(0))
    expect(await sweepReservations(world.at(after(40 * DAY_MS)))).toBe(0)
    expect(await sweepReservations({ ...world.at(after(40 * DAY_MS)), since: after(-MINUTE) })).toBe(1)
    expect(await stateOf(world, hidden)).toBe('burned')
  })

  test('a certificate that cannot be finished fails the run, keeps no other from being finished, and is tried again', async () => {
    const world = await aWorld()
    const [bad, good] = [await reserved(world, after(0)), await reserved(world, after(SECOND))]
    let isBroken = true
    const store: CommitStore = {
      ...counted(world.store).store,
      read: <E>(stream: StreamId) => {
        if (isBroken && stream.endsWith(bad)) throw new RegistryError('internal', 'a record is not complete')
        return world.store.read<E>(stream)
      },
      latest: (stream) => world.store.latest(stream),
      list: (index, page) => world.store.list(index, page),
      append: (commit) => world.store.append(commit),
      claim: (...claim) => world.store.claim(...claim),
    }
    for (const day of [0, 3])
      await expect(sweepReservations({ ...world.at(after(10 * MINUTE + day * DAY_MS)), store })).rejects.toMatchObject({
        code: 'internal',
      })
    expect([await stateOf(world, bad), await stateOf(world, good)]).toEqual(['reserved', 'burned'])
    isBroken = false
    expect(await sweepReservations({ ...world.at(after(4 * DAY_MS)), store })).toBe(1)
    expect(await sweepReservations({ ...world.at(after(4 * DAY_MS + MINUTE)), store })).toBe(0)
  })

  test('after a long pause each run continues where the time of the one before ended', async () => {
    const world = await aWorld()
    await world.issue()
    const copy = copier(world)
    await sweepReservations(world.at(after(10 * MINUTE)))
    for (let at = 0; at < 7_000; at++) await copy(`p-${at}`, after(15 * MINUTE + at * 100))
    const late = await reserved(world, after(40 * MINUTE))
    const abandoned: number[] = []
    for (let run = 0; run < 5; run++)
      abandoned.push(await sweepReservations({ ...world.at(after(60 * MINUTE + run)), remaining: () => 0 }))
    expect(abandoned).toEqual([0, 0, 0, 1, 0])
    expect(await stateOf(world, late)).toBe('burned')
  })

  const minutes = (most: number) => fc.integer({ min: 0, max: most })
  const steps = fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          /** How late the index shows it, and how far the clock of its machine is off. */
          lateMinutes: fc.oneof(minutes(6), minutes(20 * 60)),
          skewSeconds: fc.integer({ min: -15, max: 15 }),
          replaces: fc.boolean(),
          /** The write before which the process of the request is killed. */
          killedBefore: fc.oneof(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 5, max: 9 })),
        }),
      },
      { weight: 3, arbitrary: fc.record({ pass: fc.oneof(minutes(8), minutes(12 * 60)) }) },
      {
        weight: 4,
        arbitrary: fc.record({
          runs: fc.integer({ min: 1, max: 2 }),
          killedAt: fc.option(fc.integer({ min: 1, max: 12 })),
        }),
      },
      { weight: 1, arbitrary: fc.record({ repeat: fc.nat() }) },
    ),
    { minLength: 10, maxLength: 30, size: 'max' },
  )

  test('in any order of late indexes, clocks that differ, and kills between any two steps, each is finished in the end', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const world = await aWorld()
        let now = after(0).getTime()
        let late = 0
        const store = laggingIndex(world.store, { now: () => now, lag: () => late })
        const patience = { ...world.issuing.patience, pause: async () => {} }
        const requests: (() => Promise<unknown>)[] = []
        const sweep = (over: CommitStore) => sweepReservations({ ...world.at(new Date(now)), patience, store: over })
        for (const step of sequence) {
          if ('pass' in step) now += step.pass * MINUTE
          else if ('repeat' in step) await requests[step.repeat % requests.length]?.().catch(() => {})
          else if ('runs' in step) {
            const { port } = withFaults(store, step.killedAt === null ? [] : killedFrom(step.killedAt))
            await Promise.allSettled(Array.from({ length: step.runs }, () => sweep(port)))
          } else {
            const key = `r-${requests.length}`
            const former = world.store.events('issued').at(-1)?.stream.split('/').at(-1)
            const change = {
              certificateNumber: `R-${requests.length}`,
              ...(step.replaces && former !== undefined && { replaces: former }),
            }
            late = step.lateMinutes * MINUTE
            const request = (over: CommitStore) =>
              world.issue(change, { key, deps: { store: over, now: new Date(now + step.skewSeconds * SECOND) } })
            requests.push(() => request(store))
            await request(withFaults(store, killedFrom(step.killedBefore, 'append')).port).catch(() => {})
          }
        }
        for (const hours of [21, 25, 25]) {
          now += hours * HOUR_MS
          await sweep(store)
        }
        for (const { stream, replaces } of world.store.events('reserved')) {
          const state = await stateOf(world, String(stream.split('/').at(-1)))
          expect(state).not.toBe('reserved')
          if (typeof replaces === 'string' && state !== 'burned' && state !== 'revoked')
            expect(await stateOf(world, replaces)).toBe('revoked')
        }
      }),
      { numRuns: runs(40, 300) },
    )
  })
})

/** Every call from this one on fails, as if the process were gone. */
function killedFrom(call: number, only?: 'append') {
  const methods = only === undefined ? (['read', 'latest', 'list', 'append'] as const) : ([only] as const)
  return methods.flatMap((method) =>
    Array.from({ length: 40 }, (_, later) => ({ method, call: call + later, outcome: 'fails-before' as const })),
  )
}

import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { MemoryStore } from '../../../../test/support/memory-store.ts'
import { logs } from '../log/logs.ts'
import { nextCommit, streams } from '../stream.ts'
import { joinJoint, leaveJoint, proposeJoint } from './decide-joint.ts'
import type { JointText, Party } from './events.ts'
import { jointAt, jointHash, type RemoteDecision, readJoint } from './joint-at.ts'

const here = 'samudra.example'
const party = (id: string, registry = here): Party => ({ registry, id })
const [one, two, three] = ['council', 'ministry', 'board'].map((id) => party(id)) as [Party, Party, Party]
const far = party('agency', 'pantai.example')
const START = Date.parse('2026-03-02T12:00:00.000Z')
/** The moment of day `n`. */
const day = (n: number) => new Date(START + n * 86_400_000).toISOString()

let store: MemoryStore
beforeEach(() => {
  store = new MemoryStore()
})
const text = (change: Partial<JointText> = {}): JointText => ({
  kind: 'comparison',
  id: 'council.bricks',
  number: 1,
  parties: [one, two],
  content: { rows: [] },
  ...change,
})
const on = (n: number) => ({ store, now: new Date(day(n)) })
const by = (who: Party, n: number) => ({ by: who, actor: 'officer', effectiveAt: day(n) })
const propose = (n = 0, change: Partial<JointText> = {}, who = one) => proposeJoint(text(change), by(who, n), on(n))
const named = (change: Partial<JointText> = {}) => ({ ...text(change), hash: jointHash(text(change)) })
const join = (who: Party, n: number, change: Partial<JointText> = {}, effective = n) =>
  joinJoint(named(change), by(who, effective), on(n))
const leave = (who: Party, n: number, change: Partial<JointText> = {}) =>
  leaveJoint({ ...named(change), basis: 'Resolution 4' }, by(who, n), on(n))
const at = async (n: number, { recorded = 999, elsewhere = [] as RemoteDecision[] } = {}) =>
  jointAt(await readJoint(text(), store), { effective: day(n), recorded: day(recorded) }, elsewhere)

describe('a joint version', () => {
  test('is the proposer’s alone, then joint from the last join, and ended for all from the first leaving', async () => {
    const parties = [one, two, three]
    await propose(1, { parties })
    await join(two, 2, { parties })
    await join(three, 4, { parties })
    await leave(two, 6, { parties })
    const states = await Promise.all([0, 1, 2, 3, 4, 5, 6, 9].map(async (n) => (await at(n))?.state))
    expect(states).toEqual([undefined, 'alone', 'waiting', 'waiting', 'joint', 'joint', 'ended', 'ended'])
    expect(await at(9)).toMatchObject({ jointFrom: day(4), endedFrom: day(6), missing: [], left: [{ party: two }] })
    // Another party that leaves later ends nothing anew.
    await leave(three, 8, { parties })
    expect(await at(9)).toMatchObject({ endedFrom: day(6), left: [{ party: two }, { party: three }] })
  })

  test('never counts before it is on record, whatever day a join names', async () => {
    await propose(1)
    await join(two, 5, {}, 0)
    expect((await at(4))?.state).toBe('alone')
    expect(await at(5)).toMatchObject({ state: 'joint', jointFrom: day(5) })
    await leaveJoint({ ...named(), basis: 'b' }, by(one, 2), on(8))
    expect((await at(7))?.state).toBe('joint')
    expect((await at(8))?.endedFrom).toBe(day(8))
  })

  test('counts later where a join names a later day, and what was on record then is still known', async () => {
    await propose(1)
    await join(two, 2, {}, 9)
    expect((await at(8))?.state).toBe('alone')
    expect((await at(9))?.state).toBe('joint')
    expect((await at(9, { recorded: 1 }))?.state).toBe('alone')
    expect(await at(9, { recorded: 0 })).toBeUndefined()
  })

  test('cannot be joined after a party has left, and a further version follows', async () => {
    await propose(1)
    await leave(one, 2)
    await expect(join(two, 3)).rejects.toMatchObject({ code: 'conflict' })
    expect(await at(4)).toMatchObject({ state: 'ended', missing: [two] })
    await propose(3, { number: 2 })
  })

  test('with a party in another registry waits until its decision is known here, for the same hash', async () => {
    const parties = [one, far]
    await propose(1, { parties })
    expect(await at(9)).toMatchObject({ state: 'alone', missing: [far] })
    const { hash } = named({ parties })
    const known = { party: far, effectiveAt: day(2), recordedAt: day(3), type: 'joined', hash } as const
    expect(await at(9, { elsewhere: [known] })).toMatchObject({ state: 'joint', jointFrom: day(3) })
    expect((await at(9, { elsewhere: [{ ...known, hash: 'other' }] }))?.state).toBe('alone')
    const left = { ...known, type: 'left', basis: 'b', recordedAt: day(5) } as const
    expect(await at(9, { elsewhere: [known, left] })).toMatchObject({ state: 'ended', endedFrom: day(5) })
  })

  test('is never joined for a party of this registry from elsewhere', async () => {
    await propose(1)
    const forged = { party: two, effectiveAt: day(2), recordedAt: day(2), type: 'joined', hash: named().hash } as const
    expect((await at(9, { elsewhere: [forged] }))?.state).toBe('alone')
  })

  test('of one party is never joint', async () => {
    await propose(1, { parties: [one] })
    expect((await at(9))?.state).toBe('alone')
  })
})

describe('what is refused', () => {
  test('joining or leaving by another, twice, or another text', async () => {
    await propose()
    for (const decide of [join, leave]) {
      await expect(decide(three, 1)).rejects.toMatchObject({ code: 'not-found' })
      await expect(decide(far, 1)).rejects.toMatchObject({ code: 'not-found' })
      await expect(decide(two, 1, { content: { rows: [1] } })).rejects.toMatchObject({ code: 'conflict' })
    }
    await expect(leave(two, 1)).rejects.toMatchObject({ code: 'conflict' })
    await expect(join(one, 1)).rejects.toMatchObject({ code: 'conflict' })
    await join(two, 1)
    await expect(join(two, 2)).rejects.toMatchObject({ code: 'conflict' })
    await leave(two, 3)
    await expect(leave(two, 4)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('parties twice, too many of them, another’s proposal, and numbers that do not follow', async () => {
    const pointer = (work: Promise<unknown>) =>
      work.then(
        () => undefined,
        ({ faults }) => faults[0]?.pointer,
      )
    expect(await pointer(propose(0, { parties: [one, one] }))).toBe('/parties')
    const many = Array.from({ length: 11 }, (_, n) => party(`p-${n}`))
    expect(await pointer(propose(0, { parties: many }))).toBe('/parties')
    expect(await pointer(propose(0, { parties: [] }))).toBe('/parties/0')
    expect(await pointer(propose(0, {}, two))).toBe('/parties/0')
    for (const number of [0, -1, 1.5, 2, 1000]) expect(await pointer(propose(0, { number }))).toBe('/number')
    await propose()
    await expect(propose(1)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('of two that decide at once, one', async () => {
    const done = await Promise.allSettled([propose(), propose()])
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const joined = await Promise.allSettled([join(two, 1), join(two, 1)])
    expect(joined.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

test('H002: a record with an event of a later version, or with a changed text, is not read', async () => {
  await propose()
  const stream = streams.joint('comparison', 'council.bricks', 1)
  const commits = await readJoint(text(), store)
  const [{ events, ...first }] = commits as unknown as [(typeof commits)[0]]
  const changed = [{ ...first, events: [{ ...events[0], hash: 'x' }] }] as unknown as typeof commits
  expect(() => jointAt(changed, { effective: day(9), recorded: day(9) })).toThrow()
  const event = { type: 'joint-paused' }
  await store.append(nextCommit(stream, commits, { events: [event], actor: 'officer', now: new Date(day(1)) }))
  await expect(at(9)).rejects.toMatchObject({ code: 'dependency-unavailable' })
})

test('the log of the catalogue holds each decision, without the officer', async () => {
  await propose()
  const [commit] = await readJoint(text(), store)
  const { index = '' } = commit ?? {}
  expect(logs.catalogue.sources(new Date(0), new Date(0))).toContain(index)
  const logged = commit && logs.catalogue.logged(commit)
  expect(logged?.record).toContain('joint-proposed')
  expect(logged?.record).not.toContain('officer')
})

test('however three parties decide, it is joint only while all have joined and none has left', async () => {
  const all = [one, two, three]
  const step = fc.record({ who: fc.constantFrom(two, three), verb: fc.constantFrom('join', 'leave') })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      store = new MemoryStore()
      await propose(0, { parties: all })
      const joined = new Set(['council'])
      let hasEnded = false
      for (const [n, { who, verb }] of steps.entries()) {
        const decide = verb === 'join' ? join : leave
        const isDone = await decide(who, n + 1, { parties: all }).then(
          () => true,
          () => false,
        )
        if (isDone && verb === 'join') joined.add(who.id)
        if (isDone && verb === 'leave') hasEnded = true
        expect((await at(n + 1))?.state === 'joint').toBe(joined.size === 3 && !hasEnded)
      }
    }),
    { numRuns: 20 },
  )
})

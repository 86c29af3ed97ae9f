import { expect, test } from 'vitest'
import { MemoryStore } from '../../../test/support/memory-store.ts'
import { RegistryError } from './errors.ts'
import { type Patience, untilWon } from './lost-race.ts'
import { nextCommit, streams } from './stream.ts'

const stream = streams.members('tesda')
const EPOCH = Date.parse('2026-03-02T12:00:00.000Z')
/** The duration of a read, and of a write. */
const ROUND_TRIP_MS = 2

/** A clock that moves only while every writer waits. */
class Waiting {
  now = EPOCH
  #waiting: { at: number; go: () => void }[] = []
  clock = () => new Date(this.now)
  pause = (milliseconds: number) => new Promise<void>((go) => this.#waiting.push({ at: this.now + milliseconds, go }))

  async until(everybody: Promise<unknown>): Promise<void> {
    let done = false
    void everybody.finally(() => {
      done = true
    })
    while (!done) {
      await new Promise((settled) => setImmediate(settled))
      const at = Math.min(...this.#waiting.map((one) => one.at))
      if (at === Number.POSITIVE_INFINITY) continue
      this.now = at
      const due = this.#waiting.filter((one) => one.at === at)
      this.#waiting = this.#waiting.filter((one) => one.at > at)
      for (const { go } of due) go()
    }
  }
}

/** Each writer has its own numbers, the same in every run. */
function drawing(seed: number): Patience['random'] {
  let state = seed * 2_654_435_761 + 1
  return (bytes) =>
    Uint8Array.from({ length: bytes }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    })
}

async function race(writers: number, chance: (writer: number) => Patience['random']) {
  const store = new MemoryStore()
  const waiting = new Waiting()
  let refused = 0
  const append = async (writer: number) => {
    const history = await store.read(stream)
    await waiting.pause(ROUND_TRIP_MS)
    const commit = nextCommit(stream, history, { events: [{ writer }], actor: 'a', now: waiting.clock() })
    await store.append(commit).catch((error) => {
      refused += 1
      throw error
    })
  }
  const all = Promise.allSettled(
    Array.from({ length: writers }, (_, writer) =>
      untilWon(() => append(writer), { ...waiting, random: chance(writer) }),
    ),
  )
  await waiting.until(all)
  const outcomes = await all
  const written = (await store.read<{ writer: number }>(stream)).flatMap(({ events }) => events)
  return {
    lost: outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[],
    written: written.map(({ writer }) => writer),
    took: waiting.now - EPOCH,
    refused,
  }
}

test('F4: a hundred writers of one stream all succeed within the budget, each once', async () => {
  for (const seed of [1, 2, 3]) {
    const { lost, written, took, refused } = await race(100, (writer) => drawing(seed * 1_000 + writer))
    expect(lost).toEqual([])
    expect(written.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, writer) => writer))
    expect(took).toBeLessThan(5_000)
    // Without pauses there would be 99 + 98 + … refusals.
    expect(refused).toBeLessThan(1_500)
  }
})

test('F4: a writer that cannot succeed gets an error within the budget, and has written nothing', async () => {
  // All draw the same numbers, so all retry together each time. The random pause exists to prevent this.
  const { lost, written, took } = await race(100, () => drawing(1))
  expect(lost.length).toBeGreaterThan(0)
  for (const { reason } of lost) expect(reason).toMatchObject({ code: 'write-conflict' })
  expect(written).toHaveLength(100 - lost.length)
  expect(new Set(written).size).toBe(written.length)
  expect(took).toBeLessThanOrEqual(5_000 + ROUND_TRIP_MS)
})

test('only a lost race is retried after a pause', async () => {
  const waiting = { random: drawing(1), clock: () => new Date(EPOCH), pause: () => Promise.reject(new Error('waits')) }
  expect(await untilWon(async () => 'done', waiting)).toBe('done')
  const down = new RegistryError('dependency-unavailable', 'down')
  await expect(untilWon(() => Promise.reject(down), waiting)).rejects.toBe(down)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareInTurns, hoursBetween, PART_TAKES_MS } from './audit-turns.ts'

/** A run of the given hour over so many parts, which has time for so many. */
async function run(hour: number, { count, hours, time }: { count: number; hours: number; time: number }) {
  const compared: number[] = []
  const compare = async (place: number) => {
    compared.push(place)
    return []
  }
  const remaining = () => (compared.length < time ? PART_TAKES_MS : 0)
  const { missed } = await compareInTurns([{ count, hours, compare }], { hour, remaining })
  return { compared, missed }
}

describe('F22: the audit of the past goes by turns', () => {
  test('a run begins with the parts to which a stopped run did not come', async () => {
    const parts = { count: 10, hours: 2, time: 7 }
    // The five parts of the hour before, and two of its own.
    expect(await run(100, parts)).toEqual({ compared: [1, 3, 5, 7, 9, 0, 2], missed: 0 })
    expect(await run(101, parts)).toEqual({ compared: [8, 6, 4, 2, 0, 9, 7], missed: 0 })
  })

  test('a run that does not come to what was due an hour ago says how many parts it missed', async () => {
    expect(await run(100, { count: 10, hours: 2, time: 3 })).toEqual({ compared: [1, 3, 5], missed: 2 })
    expect(await run(101, { count: 10, hours: 1, time: 0 })).toMatchObject({ missed: 10 })
  })

  test('a run compares as many parts as an hour may have, and as many again for the hour before', async () => {
    for (const count of [1, 20, 21, 100, 1_000]) {
      const hours = hoursBetween(count, 20)
      for (let hour = 0; hour < hours; hour++)
        expect((await run(hour, { count, hours, time: 1_000 })).compared.length).toBeLessThanOrEqual(40)
    }
  })

  const registries = fc.record({
    first: fc.integer({ min: 0, max: 1_000 }),
    most: fc.integer({ min: 1, max: 6 }),
    start: fc.integer({ min: 1, max: 60 }),
    growth: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 64, maxLength: 64 }),
    /** Every second run is stopped after so many parts. */
    stops: fc.array(fc.nat({ max: 6 }), { minLength: 32, maxLength: 32 }),
  })

  test('however a registry grows, and wherever every second run is stopped, each part comes within its hours and one more', async () => {
    await fc.assert(
      fc.asyncProperty(registries, async ({ first, most, start, growth, stops }) => {
        const comparedAt = new Map<number, number>()
        let count = start
        for (const [at, more] of growth.entries()) {
          const hour = first + at
          for (let place = 0; place < count; place++) if (!comparedAt.has(place)) comparedAt.set(place, hour)
          const hours = hoursBetween(count, most)
          const isStopped = at % 2 === 0
          const time = isStopped ? (stops[at / 2] ?? 0) : Number.POSITIVE_INFINITY
          const { compared } = await run(hour, { count, hours, time })
          for (const place of compared) comparedAt.set(place, hour)
          // Not asked after a stopped run, because the next one compares the same parts.
          if (!isStopped) for (const last of comparedAt.values()) expect(hour - last).toBeLessThanOrEqual(hours + 1)
          count += more
        }
      }),
    )
  })

  test('even if each run has time for only half of the parts, two runs in a row compare them all', async () => {
    for (const count of [1, 2, 7, 40]) {
      const time = Math.ceil(count / 2)
      const both = [await run(8, { count, hours: 1, time }), await run(9, { count, hours: 1, time })]
      expect(new Set(both.flatMap(({ compared }) => compared)).size).toBe(count)
    }
  })
})

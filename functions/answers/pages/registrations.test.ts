import { expect, test } from 'vitest'
import { keptShortly } from './registrations.ts'

const at = (seconds: number) => new Date(Date.parse('2026-03-02T12:00:00Z') + seconds * 1_000)

test('F19: what reads everybody is read once in ten seconds, however often strangers ask', async () => {
  let reads = 0
  const everybody = keptShortly(async () => ++reads)
  expect(await Promise.all([0, 1, 9.9].map((seconds) => everybody(at(seconds))))).toEqual([1, 1, 1])
  expect(await everybody(at(10))).toBe(2)
  // A clock that was put back does not make an old answer good for ever.
  expect(await everybody(at(-30))).toBe(3)
})

test('a failure is not kept', async () => {
  let reads = 0
  const everybody = keptShortly(async () => {
    if (++reads === 1) throw new Error('away')
    return reads
  })
  await expect(everybody(at(0))).rejects.toThrow('away')
  expect(await everybody(at(1))).toBe(2)
})

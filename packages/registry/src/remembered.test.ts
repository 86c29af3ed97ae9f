import { expect, test } from 'vitest'
import { remembered } from './remembered.ts'

test('F19: what reads everybody is read once in ten seconds, however often strangers ask', async () => {
  let reads = 0
  let seconds = 0
  const everybody = remembered(
    async () => ++reads,
    () => seconds * 1_000,
  )
  const at = (moment: number) => {
    seconds = moment
    return everybody()
  }
  expect(await Promise.all([0, 1, 9.9].map(at))).toEqual([1, 1, 1])
  expect(await at(10)).toBe(2)
  // A clock that was put back does not make an old answer good for ever.
  expect(await at(-30)).toBe(3)
})

test('a failure is not kept', async () => {
  let reads = 0
  const everybody = remembered(
    async () => {
      if (++reads === 1) throw new Error('away')
      return reads
    },
    () => 0,
  )
  await expect(everybody()).rejects.toThrow('away')
  expect(await everybody()).toBe(2)
})

import { expect, test } from 'vitest'
import { remembered, rememberedEach } from './remembered.ts'

test('F19: many callers within ten seconds cause only one read', async () => {
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
  // After the clock is set back, the old answer expires all the same.
  expect(await at(-30)).toBe(3)
})

test('a failure is not cached', async () => {
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

test('each question has its own cached answer, up to the limit', async () => {
  let reads = 0
  const each = rememberedEach<number>(() => 0, { ms: 1_000, most: 2 })
  const ask = (name: string) => each(name, async () => ++reads)
  expect(await Promise.all(['a', 'b', 'a', 'b'].map(ask))).toEqual([1, 2, 1, 2])
  // A third question evicts the first.
  expect(await ask('c')).toBe(3)
  expect([await ask('b'), await ask('a')]).toEqual([2, 4])
})

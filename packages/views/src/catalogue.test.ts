import { expect, test } from 'vitest'
import { listCatalogue } from '../../../test/support/list-catalogue.ts'
import { MemoryStore } from '../../../test/support/memory-store.ts'
import { recordsToday, titlesToday } from './catalogue.ts'

const now = new Date('2026-03-02T12:00:00.000Z')

test('the records of one list are folded once for a moment, and anew for another moment or list', async () => {
  const lists = [await listCatalogue(new MemoryStore()), await listCatalogue(new MemoryStore())] as const
  const of = (list: number, moment = now) =>
    recordsToday({ qualifications: async () => lists[list as 0 | 1], now: moment })
  const first = await of(0)
  expect(await of(0)).toBe(first)
  expect(await of(1)).not.toBe(first)
  expect(await of(0, new Date(now.getTime() + 1))).not.toBe(first)
  expect((await titlesToday({ qualifications: async () => lists[0], now }))('ph-masonry-nc2')).toBe('Masonry NC II')
})

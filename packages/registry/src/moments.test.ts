import { expect, test } from 'vitest'
import { earlierOf, endOfDay, startOfDay, startOrNow } from './moments.ts'

const day = '2026-03-02'

test('a day has every moment from its start to its end, and no other', () => {
  expect(new Date(Date.parse(startOfDay(day)) - 1).toISOString()).toBe(endOfDay('2026-03-01'))
  expect(new Date(Date.parse(endOfDay(day)) + 1).toISOString()).toBe(startOfDay('2026-03-03'))
  for (const moment of [startOfDay(day), endOfDay(day)]) expect(new Date(moment).toISOString()).toBe(moment)
})

test('the earlier of two moments is found in either order', () => {
  expect(earlierOf(startOfDay(day), endOfDay(day))).toBe(startOfDay(day))
  expect(earlierOf(endOfDay(day), startOfDay(day))).toBe(startOfDay(day))
  expect(earlierOf(endOfDay(day), endOfDay(day))).toBe(endOfDay(day))
})

test('a change on another day counts from the start of that day, and a change today counts from now', () => {
  const now = '2026-03-02T08:30:00.000Z'
  expect(startOrNow('2026-03-02', now)).toBe(now)
  for (const other of ['2026-03-01', '2026-03-03']) expect(startOrNow(other, now)).toBe(startOfDay(other))
})

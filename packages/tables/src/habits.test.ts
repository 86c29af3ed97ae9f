import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lostZeros, ordersIn, readDay, zawgyiIn } from './index.ts'

test.each([
  ['2026-11-18', '2026-11-18'],
  ['2026/11/18', '2026-11-18'],
  ['18/11/2026', '2026-11-18'],
  ['18.11.2026', '2026-11-18'],
  ['11/18/2026', '2026-11-18'],
  ['18 Nov 2026', '2026-11-18'],
  ['18-november-2026', '2026-11-18'],
  ['๑๘/๑๑/๒๐๒๖', '2026-11-18'],
  ['០៥/០៥/២០២៦', '2026-05-05'],
  ['2026-11-18 00:00:00', '2026-11-18'],
])('%s is a day', (text, day) => {
  expect(readDay(text)).toEqual({ day, isBuddhist: false })
})

test.each(['18/11/2569', '18 พ.ย. 2569', '๑๘ พฤศจิกายน ๒๕๖๙', '2569-11-18'])('%s has a Buddhist year', (text) => {
  expect(readDay(text)).toEqual({ day: '2026-11-18', isBuddhist: true })
})

test.each([
  ['03/04/2026', 'order'],
  ['18/11/26', 'short-year'],
  ['31/02/2026', 'no-day'],
  ['29/02/2570', 'no-day'],
  ['yesterday', 'no-day'],
  ['', 'no-day'],
  ['18/11', 'no-day'],
])('%s is no certain day: %s', (text, doubt) => {
  expect(readDay(text)).toEqual({ doubt })
})

test('the order is asked once, and a column in two orders shows both', () => {
  expect(readDay('03/04/2026', 'day-month')).toEqual({ day: '2026-04-03', isBuddhist: false })
  expect(readDay('03/04/2026', 'month-day')).toEqual({ day: '2026-03-04', isBuddhist: false })
  expect(readDay('18/11/2026', 'month-day')).toEqual({ day: '2026-11-18', isBuddhist: false })
  expect([...ordersIn(['03/04/2026', '2026-01-30'])]).toEqual([])
  expect([...ordersIn(['18/11/2026', '11/18/2026'])]).toEqual(['day-month', 'month-day'])
})

test('each day of a century reads back from each way of writing it', () => {
  const days = fc
    .integer({ min: 0, max: 36_000 })
    .map((n) => new Date(Date.UTC(1950, 0, 1 + n)).toISOString().slice(0, 10))
  fc.assert(
    fc.property(days, (day) => {
      const [year = '', month = '', date = ''] = day.split('-')
      expect(readDay(day)).toEqual({ day, isBuddhist: false })
      expect(readDay(`${date}/${month}/${year}`, 'day-month')).toEqual({ day, isBuddhist: false })
      expect(readDay(`${Number(month)}/${Number(date)}/${year}`, Number(date) > 12 ? undefined : 'month-day')).toEqual({
        day,
        isBuddhist: false,
      })
      expect(readDay(`${date}/${month}/${Number(year) + 543}`, 'day-month')).toEqual({ day, isBuddhist: true })
    }),
  )
})

test('numbers that lost their zeros are found by their neighbours, and numbers that count are left alone', () => {
  expect([...lostZeros(['HCC-004416', 'HCC-4417', 'HCC-004418', undefined, 'OTHER-1'])]).toEqual([[1, 'HCC-004417']])
  expect([...lostZeros(['000123', '124', '000125'])]).toEqual([[1, '000124']])
  const counting = Array.from({ length: 1_200 }, (_, at) => String(at + 1))
  expect(lostZeros(counting).size).toBe(0)
  expect(lostZeros(['A-0001', 'A-2', 'A-3', 'A-4', 'A-5']).size).toBe(0)
})

/** The library's own pairs of one text in both codings. */
const pairs = (() => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('myanmar-tools')), 'resources')
  const lines = (name: string) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean)
  return { zawgyi: lines('mmgov_zawgyi_src.txt').slice(0, 60), unicode: lines('mmgov_unicode_out.txt').slice(0, 60) }
})()

test('a column in Zawgyi is offered in Unicode, and a column in Unicode is left alone', () => {
  const found = zawgyiIn(pairs.zawgyi)
  expect(found.size).toBeGreaterThan(20)
  for (const [place, text] of found) expect(text).not.toBe(pairs.zawgyi[place])
  expect(zawgyiIn(pairs.unicode).size).toBe(0)
  expect(zawgyiIn(['ANA EXAMPLE', 'นางสาว', undefined]).size).toBe(0)
})

test('single names in Unicode, which score up to 0.82, are not taken for Zawgyi', () => {
  for (const name of ['ဒေါ်ခင်မြတ်နိုး', 'ကိုအောင်မျိုးသန့်ဇင်', 'သီရိမာလာ', 'မေ', 'ဦးဘ']) expect(zawgyiIn([name]).size, name).toBe(0)
})

import { expect, test, vi } from 'vitest'
import { day, dayOrLess } from './dates.ts'

test.each([
  ['2025-03-14', '14 Mar 2025', '14 มี.ค. 2025 (พ.ศ. 2568)'],
  ['2024-02-29T23:59:59Z', '29 Feb 2024', '29 ก.พ. 2024 (พ.ศ. 2567)'],
  ['2026-09-30T23:30:00-07:00', '1 Oct 2026', '1 ต.ค. 2026 (พ.ศ. 2569)'],
  ['not a date', 'not a date', 'not a date'],
])('%s is written as %s, and in Thai as %s', (text, english, thai) => {
  expect([day(text, 'en'), day(text, 'th')]).toEqual([english, thai])
})

test.each([
  ['2018', '2018', '2018 (พ.ศ. 2561)'],
  ['2018-12', 'Dec 2018', 'ธ.ค. 2018 (พ.ศ. 2561)'],
  ['2018-12-05', '5 Dec 2018', '5 ธ.ค. 2018 (พ.ศ. 2561)'],
])('no more is filled in than %s says: %s, and in Thai %s', (text, english, thai) => {
  expect([dayOrLess(text, 'en'), dayOrLess(text, 'th')]).toEqual([english, thai])
})

test('a hundred dates make one format for each language, because making one costs more than a page', () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat')
  for (let at = 0; at < 100; at++) {
    day('2025-03-14', 'en')
    day('2025-03-14', 'th')
  }
  expect(made.mock.calls.length).toBeLessThanOrEqual(2)
  made.mockRestore()
})

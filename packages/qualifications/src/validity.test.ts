import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endOfValidity } from './index.ts'

const years = (n: number) => ({ validity: { years: n } })
const months = (n: number) => ({ validity: { months: n } })
const dayOf = (date: Date) => date.toISOString().slice(0, 10)
const oneDay = 86_400_000

test.each([
  ['2025-03-14', years(5), '2030-03-13T23:59:59Z'],
  ['2025-01-01', years(5), '2029-12-31T23:59:59Z'],
  ['2023-03-01', years(1), '2024-02-29T23:59:59Z'],
  ['2024-03-01', years(1), '2025-02-28T23:59:59Z'],
  ['2024-02-29', years(5), '2029-02-28T23:59:59Z'],
  ['2024-02-29', years(4), '2028-02-28T23:59:59Z'],
  ['2096-02-29', years(4), '2100-02-28T23:59:59Z'],
  ['2025-08-31', months(6), '2026-02-28T23:59:59Z'],
  ['2025-08-28', months(6), '2026-02-27T23:59:59Z'],
  ['2025-12-15', months(6), '2026-06-14T23:59:59Z'],
])('awarded on %s for %o, a certificate ends at %s', (awardedOn, scheme, end) => {
  expect(endOfValidity(scheme, awardedOn)).toBe(end)
})

test('a scheme without a term has no end', () => {
  expect(endOfValidity({ validity: 'none' }, '2025-03-14')).toBeUndefined()
})

test.each(['', '2025-02-29', '2025-13-01', '2025-3-1', '2025-03-14T00:00:00Z', '+02025-03-14'])(
  '%j is refused as a day',
  (text) => {
    expect(() => endOfValidity(years(5), text)).toThrow(TypeError)
    expect(() => endOfValidity({ validity: 'none' }, text)).toThrow(TypeError)
  },
)

test('an end after the year 9999 is refused', () => {
  expect(() => endOfValidity(years(5), '9995-01-02')).toThrow(RangeError)
})

const awards = fc
  .date({ min: new Date('1901-01-01T00:00:00Z'), max: new Date('2399-12-31T00:00:00Z'), noInvalidDate: true })
  .map(dayOf)
const lengths = fc.integer({ min: 1, max: 240 })

test('the day after the end is the same day of the month as the award, or the first if that month has no such day', () => {
  fc.assert(
    fc.property(awards, lengths, (awardedOn, length) => {
      const end = endOfValidity(months(length), awardedOn) ?? ''
      const next = dayOf(new Date(Date.parse(end) + 1000))
      const monthsBetween =
        (Number(next.slice(0, 4)) - Number(awardedOn.slice(0, 4))) * 12 +
        (Number(next.slice(5, 7)) - Number(awardedOn.slice(5, 7)))
      if (next.slice(8) === awardedOn.slice(8)) expect(monthsBetween).toBe(length)
      else {
        expect(next.slice(8)).toBe('01')
        expect(monthsBetween).toBe(length + 1)
        expect(Number(awardedOn.slice(8))).toBeGreaterThan(28)
      }
    }),
  )
})

test('an award one day later ends at most four days later, and never earlier', () => {
  fc.assert(
    fc.property(awards, lengths, (awardedOn, length) => {
      const nextDay = dayOf(new Date(Date.parse(awardedOn) + oneDay))
      const [first, second] = [awardedOn, nextDay].map((day) => Date.parse(endOfValidity(months(length), day) ?? ''))
      const later = ((second ?? 0) - (first ?? 0)) / oneDay
      expect(later).toBeGreaterThanOrEqual(0)
      // The award after 28 February is of 1 March, so its anniversary may skip the days 29 to 31.
      expect(later).toBeLessThanOrEqual(4)
    }),
  )
})

test('a year is twelve months', () => {
  fc.assert(
    fc.property(awards, fc.integer({ min: 1, max: 20 }), (awardedOn, length) => {
      expect(endOfValidity(years(length), awardedOn)).toBe(endOfValidity(months(12 * length), awardedOn))
    }),
  )
})

test('a term of years has 365 days for each year, and one more for each 29 February in it', () => {
  fc.assert(
    fc.property(awards, fc.integer({ min: 1, max: 20 }), (awardedOn, length) => {
      const end = endOfValidity(years(length), awardedOn) ?? ''
      let leapDays = 0
      let days = 0
      for (let at = Date.parse(awardedOn); at <= Date.parse(end); at += oneDay, days += 1)
        if (dayOf(new Date(at)).endsWith('-02-29')) leapDays += 1
      expect(days).toBe(365 * length + leapDays)
    }),
  )
})

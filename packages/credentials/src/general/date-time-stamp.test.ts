import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDateTimeStamp } from './date-time-stamp.ts'

test.each([
  '2024-02-29T23:59:59Z',
  '2024-01-01T00:00:00.123456Z',
  '2024-01-01T00:00:00-06:00',
  '9999-12-31T23:59:59+14:00',
  '0001-01-01T00:00:00Z',
])('%s is a moment', (text) => {
  expect(readDateTimeStamp(text)).toBe(Date.parse(text))
})

test.each([
  '2026-01-01',
  '2026-01-01T00:00:00',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:00:60Z',
  '+275761-01-01T00:00:00Z',
  '-0001-01-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '2026-00-10T00:00:00Z',
  '2026-01-01T00:00:00z',
  '2026-01-01t00:00:00Z',
  '2026-01-01T00:00:00+14:01',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00Z',
  ' 2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00Z\n',
  '٢٠٢٦-01-01T00:00:00Z',
  0,
  null,
])('%j is none (V113)', (text) => {
  expect(readDateTimeStamp(text)).toBeUndefined()
})

test('every moment in JavaScript’s format is read as that moment', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
      (date) => {
        expect(readDateTimeStamp(date.toISOString())).toBe(date.getTime())
      },
    ),
  )
})

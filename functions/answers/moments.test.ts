import { expect, test } from 'vitest'
import { beginningOf, momentOf, timeOf } from './moments.ts'

const now = new Date('2026-03-02T12:00:00.000Z')
const LAST = '9999-12-31T23:59:59-01:00'
const FIRST = '0000-01-01T00:00:00+01:00'

test('R010: a moment that its offset moves past the year 9999 lies in the future, like every other future moment', () => {
  for (const text of [LAST, '9999-12-31T23:59:59Z', '2026-03-02T12:00:00.001Z'])
    expect(() => momentOf(text, '/recorded', now), text).toThrow(
      expect.objectContaining({
        code: 'validation-failed',
        faults: [{ pointer: '/recorded', detail: 'lies in the future' }],
      }),
    )
  expect(() => timeOf(LAST, '/as-of', now)).toThrow(expect.objectContaining({ code: 'malformed-request' }))
  expect(momentOf('2026-03-02T13:00:00+01:00', '/recorded', now)).toBe(now.toISOString())
})

test('a moment whose text in UTC would not sort by time is refused, and the fault names its place', () => {
  const refusal = { faults: [{ pointer: '/from', detail: 'must lie in the years 0000 to 9999, in UTC' }] }
  expect(() => momentOf(FIRST, '/from', now)).toThrow(expect.objectContaining(refusal))
  for (const text of [FIRST, LAST])
    expect(() => beginningOf(text, '/from'), text).toThrow(
      expect.objectContaining({ code: 'malformed-request', ...refusal }),
    )
  expect(beginningOf('2099-01-01', '/from')).toBe('2099-01-01T00:00:00.000Z')
})

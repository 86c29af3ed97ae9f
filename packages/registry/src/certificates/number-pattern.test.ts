import { describe, expect, test } from 'vitest'
import { countIn, lastCount, numberBy, parseNumberPattern } from './number-pattern.ts'

const now = new Date('2026-03-02T12:00:00Z')

describe('the pattern of numbers', () => {
  test.each([
    ['TH-YYYY-00000', 7, 'TH-2026-00007'],
    ['YY/MAS 000', 12, '26/MAS 012'],
    ['THYYYY000000.A', 1, 'TH2026000001.A'],
    ['BODY 10-000', 1, 'BODY 10-001'],
    ['กพร-0000', 40, 'กพร-0040'],
    ['Y-000', 3, 'Y-003'],
  ])('%s counts on to %i as %s, and finds the count in it again', (text, count, number) => {
    const pattern = parseNumberPattern(text, now)
    if (pattern === undefined) throw new Error('no pattern')
    expect([numberBy(pattern, count), countIn(pattern, number)]).toEqual([number, count])
  })

  test.each([
    'TH-YYYY',
    'TH-00',
    '000-000',
    'TH-0000000000',
    'YYYY-YY-000',
    'YYY-000',
    ' TH-000',
    'TH-000\u202e',
    'TH<000>',
    `${'A'.repeat(62)}000`,
  ])('%s is none', (text) => {
    expect(parseNumberPattern(text, now)).toBeUndefined()
  })

  test('counts nothing in a number of another year, another length or another text', () => {
    const pattern = parseNumberPattern('TH-YYYY-000', now)
    if (pattern === undefined) throw new Error('no pattern')
    expect(
      ['TH-2025-001', 'TH-2026-0001', 'TH-2026-01A', 'TH-2026-', 'X'].map((each) => countIn(pattern, each)),
    ).toEqual(Array(5).fill(undefined))
    expect(lastCount(pattern)).toBe(999)
  })
})

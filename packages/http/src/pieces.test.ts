import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { day, identifier, instant, text } from './pieces.ts'

const takes = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success

test('I021: a day must exist in the calendar', () => {
  expect(['2026-03-02', '2024-02-29'].every((value) => takes(day, value))).toBe(true)
  for (const value of [
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-3-2',
    '+275761-01-01',
    '2026-03-02T00:00:00Z',
    '',
    20260302,
  ])
    expect(takes(day, value)).toBe(false)
})

test('I021: a moment must be in UTC, to the second, and must exist', () => {
  expect(takes(instant, '2026-03-02T08:30:00Z')).toBe(true)
  for (const value of [
    '2026-03-02T08:30:00',
    '2026-03-02T08:30:00.000Z',
    '2026-03-02T08:30Z',
    '2026-03-02T08:30:00+07:00',
    '2026-03-02T24:00:00Z',
    '2026-12-31T23:59:60Z',
    '2026-02-30T00:00:00Z',
    '-0001-01-01T00:00:00Z',
  ])
    expect(takes(instant, value)).toBe(false)
})

describe('text', () => {
  test.each(['Suharto', "Siti Nur'aini binti Abdul-Rahman", 'ស្រី', 'မြန်မာ', `${'ก'.repeat(120)}`])(
    'I020: takes the name %s',
    (name) => {
      expect(text(120).parse(name)).toBe(name.normalize('NFC'))
    },
  )

  test('I020: is normalised to NFC and trimmed', () => {
    expect(text(50).parse(` ${'Nguyễn'.normalize('NFD')} `)).toBe('Nguyễn'.normalize('NFC'))
  })

  test('has a length in code points, as JSON Schema counts: a character beyond U+FFFF is one', () => {
    const [maxLength, tooLong] = ['\u{20000}'.repeat(120), '\u{20000}'.repeat(121)]
    expect(takes(text(120), maxLength)).toBe(true)
    expect(takes(text(120), tooLong)).toBe(false)
    expect(z.toJSONSchema(text(120), { io: 'input' })).toMatchObject({ type: 'string', minLength: 1, maxLength: 120 })
  })

  test.each([
    '',
    '   ',
    'a\u202eb',
    'a\u2066b',
    'a\u0000b',
    'a\nb',
    'a\ud800b',
    'a\u200bb',
    'A\u200dB',
    `a${'\u0301'.repeat(9)}`,
    '\u0301a',
    'x'.repeat(121),
    5,
    null,
  ])('refuses %o', (value) => {
    expect(takes(text(120), value)).toBe(false)
  })
})

test('an identifier has the form that paths and DIDs contain', () => {
  for (const value of ['a', 'bnsp-lsp-1', 'x'.repeat(64)]) expect(takes(identifier, value)).toBe(true)
  for (const value of ['', '-a', 'a-', 'A', 'a_b', 'a/b', 'a\n', 'x'.repeat(65), '__proto__'])
    expect(takes(identifier, value)).toBe(false)
})

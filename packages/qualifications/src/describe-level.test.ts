import { expect, test } from 'vitest'
import { describedLanguages, describeLevel, referenceFramework } from './index.ts'

const levels = Array.from({ length: referenceFramework.levels }, (_, index) => index + 1)

test('each level has two short English sentences, of at most 18 words (R-054)', () => {
  for (const level of levels) {
    const sentences = describeLevel(level, 'en').split(/(?<=\.) /)
    expect(sentences).toHaveLength(2)
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z][^.]+\.$/)
      expect(sentence.split(' ').length).toBeLessThanOrEqual(18)
    }
  }
})

test('each level has a description in Thai script only', () => {
  for (const level of levels) expect(describeLevel(level, 'th')).toMatch(/^[\u0e00-\u0e7f ]{40,}$/)
})

test('no two levels have the same description', () => {
  for (const language of describedLanguages)
    expect(new Set(levels.map((level) => describeLevel(level, language))).size).toBe(referenceFramework.levels)
})

test('a level may be a number or, as in a statement, a text', () => {
  expect(describeLevel('2', 'en')).toBe(describeLevel(2, 'en'))
})

test.each([0, 9, 1.5, Number.NaN, '', '02', 'two'])('%o is refused as a level', (level) => {
  expect(() => describeLevel(level, 'en')).toThrow(RangeError)
})

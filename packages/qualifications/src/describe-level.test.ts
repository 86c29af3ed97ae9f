import { expect, test } from 'vitest'
import { describedLanguages, describeLevel, referenceFramework } from './index.ts'

const every = Array.from({ length: referenceFramework.levels }, (_, index) => index + 1)

test('each level has two English sentences, short enough to read at a counter (R-054)', () => {
  for (const level of every) {
    const sentences = describeLevel(level, 'en').split(/(?<=\.) /)
    expect(sentences).toHaveLength(2)
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z][^.]+\.$/)
      expect(sentence.split(' ').length).toBeLessThanOrEqual(18)
    }
  }
})

test('each level has its words in Thai script alone', () => {
  for (const level of every) expect(describeLevel(level, 'th')).toMatch(/^[\u0e00-\u0e7f ]{40,}$/)
})

test('no two levels say the same', () => {
  for (const language of describedLanguages)
    expect(new Set(every.map((level) => describeLevel(level, language))).size).toBe(referenceFramework.levels)
})

test('a level may be given as it stands in a statement', () => {
  expect(describeLevel('2', 'en')).toBe(describeLevel(2, 'en'))
})

test.each([0, 9, 1.5, Number.NaN, '', '02', 'two'])('%o is no level', (level) => {
  expect(() => describeLevel(level, 'en')).toThrow(RangeError)
})

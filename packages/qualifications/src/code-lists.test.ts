import { expect, test } from 'vitest'
import { codeLists } from './code-lists.ts'
import { type DescribedLanguage, describeLevel } from './describe-level.ts'
import { referenceFramework } from './framework.ts'
import { referencingCriteria } from './referencing-criteria.ts'

test('each list names its version and where it is published', () => {
  for (const { name, version, source } of codeLists) {
    expect(version, name).toMatch(/^(?:19|20)\d\d$/)
    expect(source, name).toMatch(/^https:\/\//)
  }
  expect(codeLists.map(({ name }) => name)).toContain('ISO 3166-1')
})

test.each(['en', 'th'] as const)('eight levels and eleven criteria have words in %s', (language: DescribedLanguage) => {
  const criteria = referencingCriteria(language)
  expect([criteria.length, new Set(criteria).size]).toEqual([11, 11])
  expect(criteria.every((each) => /[\u0e00-\u0e7f]/.test(each) === (language === 'th'))).toBe(true)
  for (let level = 1; level <= referenceFramework.levels; level++)
    expect(describeLevel(String(level), language)).toMatch(/\S/)
})

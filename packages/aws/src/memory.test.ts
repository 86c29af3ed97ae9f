import { expect, test } from 'vitest'
import { memoryOf } from './memory.ts'

test('an answer is remembered until its time ends', () => {
  let clock = 0
  const memory = memoryOf<string>({ ms: 100, entries: 2, now: () => new Date(clock) })
  memory.keep('a', 'A')
  clock = 99
  expect(memory.find('a')).toBe('A')
  clock = 100
  expect(memory.find('a')).toBeUndefined()
})

test('a full memory forgets its oldest answer', () => {
  const memory = memoryOf<string>({ ms: 100, entries: 2, now: () => new Date(0) })
  for (const key of ['a', 'b', 'a', 'c']) memory.keep(key, key)
  expect(['a', 'b', 'c'].map((key) => memory.find(key))).toEqual(['a', undefined, 'c'])
})

import { expect, test } from 'vitest'
import { suggestUnits } from './suggest-units.ts'

const unit = (code: string, title: string) => ({ code, title })

test('units with the same code or the same words come first, and none is left out', () => {
  const offered = [
    unit('A1', 'Set out work'),
    unit('A2', 'Plaster and render walls'),
    unit('B7', 'Work safely'),
    unit('A3', 'WALLS'),
  ]
  const found = suggestUnits(unit('B7', 'Plaster walls and ceilings'), offered)
  expect(found.map(({ unit: { code }, words, isSameCode }) => [code, words, isSameCode])).toEqual([
    ['B7', 0, true],
    ['A2', 2, false],
    ['A3', 1, false],
    ['A1', 0, false],
  ])
})

test('M001: a hundred titles of one letter, and titles that are all alike, cost little', () => {
  const alike = Array.from({ length: 100 }, (_, at) => unit(`A${at}`, 'x'.repeat(10_000)))
  const start = performance.now()
  for (const asked of alike) suggestUnits(asked, alike.slice(0, 10))
  expect(suggestUnits(unit('B', 'lay bricks '.repeat(1_000)), alike)).toHaveLength(100)
  expect(performance.now() - start).toBeLessThan(1_000)
})

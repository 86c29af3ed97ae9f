import { expect, test } from 'vitest'
import { levelsSideBySide, referenceFramework } from './index.ts'
import { findFramework, listFrameworks } from './shipped-baseline.ts'

const framework = (id: string) => {
  const found = findFramework(id)
  if (found === undefined) throw new Error(`no record ${id}`)
  return found
}
const sideBySide = (one: string, other: string) => levelsSideBySide(framework(one), framework(other))

test('R-121: levels of two states are compared through the AQRF, the highest first', () => {
  const levels = sideBySide('PQF', 'MQF')
  expect(levels?.rows.map(({ aqrf }) => aqrf)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
  expect(levels?.rows.at(-2)).toEqual({ aqrf: 2, one: [2], other: [2] })
  expect(levels?.unknown).toEqual({ one: [], other: [] })
})

test('a level without a known AQRF level is in no row', () => {
  const levels = sideBySide('IQF', 'PQF')
  expect(levels?.rows.find(({ aqrf }) => aqrf === 7)).toEqual({ aqrf: 7, one: [8], other: [7] })
  expect(levels?.unknown).toEqual({ one: [7], other: [] })
  expect(sideBySide('PQF', 'IQF')?.unknown).toEqual({ one: [], other: [7] })
})

test('levels are compared only if both referencings were endorsed', () => {
  for (const one of listFrameworks()) {
    for (const other of listFrameworks()) {
      const endorsed = [one, other].every(({ referencing }) => referencing.status === 'endorsed')
      expect(levelsSideBySide(one, other) !== undefined).toBe(endorsed)
    }
  }
})

test('every level of both frameworks appears once, in a row or as unknown', () => {
  const { rows, unknown } = sideBySide('VQF', 'IQF') ?? { rows: [], unknown: { one: [], other: [] } }
  expect(rows).toHaveLength(referenceFramework.levels)
  const all = (side: 'one' | 'other') => [...rows.flatMap((row) => row[side]), ...unknown[side]].sort((a, b) => a - b)
  expect(all('one')).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(all('other')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

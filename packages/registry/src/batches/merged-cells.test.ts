import type { Merged, Table } from '@sijil/tables'
import { expect, test } from 'vitest'
import { mergedCells } from './merged-cells.ts'

const text = (value: string) => ({ kind: 'text', text: value }) as const
const tableOf = (rows: number, merged: readonly Merged[]): Table => ({
  format: 'xlsx',
  rows: Array.from({ length: rows }, (_, at) => ({ line: at + 1, cells: [text(`A${at + 1}`), text(`B${at + 1}`)] })),
  merged,
  otherSheets: 0,
})

test('a place in merged cells has the value of their first cell, and the first cell has none but its own', () => {
  const find = mergedCells(
    tableOf(9, [
      { lines: [6, 8], columns: [1, 1] },
      { lines: [2, 4], columns: [0, 1] },
    ]),
  )
  const found = [2, 3, 4, 5, 6, 7, 8, 9].map((line) => [0, 1].map((column) => find(line, column)))
  expect(found).toEqual([
    [undefined, undefined],
    [text('A2'), text('A2')],
    [text('A2'), text('A2')],
    [undefined, undefined],
    [undefined, undefined],
    [undefined, text('B6')],
    [undefined, text('B6')],
    [undefined, undefined],
  ])
})

test('I51: ten thousand merged cells in 100,000 rows cost less than a second', () => {
  const merged = Array.from(
    { length: 10_000 },
    (_, at): Merged => ({ lines: [at * 10 + 1, at * 10 + 10], columns: [0, 255] }),
  )
  const begun = process.cpuUsage()
  const find = mergedCells({ ...tableOf(1, merged) })
  for (let line = 1; line <= 100_000; line++) find(line, line % 256)
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1_000_000).toBeLessThan(1)
})

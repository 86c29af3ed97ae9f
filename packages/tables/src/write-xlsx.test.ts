import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readTable, writeXlsx } from './index.ts'

const columns = [
  { name: 'qualification', width: 22, values: ['ph-masonry-nc2'] },
  { name: 'number', width: 22 },
]
const ours = writeXlsx({ columns, rows: [['ph-masonry-nc2', '000441']], openRows: 3 })
/** Ours, filled in, and saved by LibreOffice (make.py). */
const saved = readFileSync(new URL('../../../test/fixtures/tables/libreoffice-template.xlsx', import.meta.url))

/** Whether the sheet is protected, and whether each cell of each row can be changed. Cells are locked unless their style says no (ECMA-376, 18.8.33). */
function locks(bytes: Uint8Array) {
  const parts = unzipSync(bytes)
  const part = (name: string) => strFromU8(parts[name] ?? new Uint8Array())
  const [, used = ''] = /<cellXfs[^>]*>(.*)<\/cellXfs>/s.exec(part('xl/styles.xml')) ?? []
  const isOpen = [...used.matchAll(/<xf [^>]*?(?:\/>|>(.*?)<\/xf>)/gs)].map(([, inside = '']) =>
    /<protection[^>]* ?locked="(?:0|false)"/.test(inside),
  )
  const sheet = part('xl/worksheets/sheet1.xml')
  const rows = [...sheet.matchAll(/<row .*?<\/row>/gs)].map(([row]) =>
    [...row.matchAll(/<c [^>]*s="(\d+)"/g)].map(([, style]) => isOpen[Number(style)]),
  )
  return { isProtected: /<sheetProtection[^>]* ?sheet="(?:1|true)"/.test(sheet), rows }
}

test.each([
  ['as we write it', ours, 4],
  ['as LibreOffice saves it', new Uint8Array(saved), 2],
])('the sheet is protected, its column names are locked, and every other cell is open: %s', (_, bytes, least) => {
  const { isProtected, rows } = locks(bytes)
  const [names = [], ...others] = rows
  expect([isProtected, new Set(names), new Set(others.flat())]).toEqual([true, new Set([false]), new Set([true])])
  expect(others.length).toBeGreaterThanOrEqual(least)
  expect(others.slice(0, 2).every((row) => row.length === names.length)).toBe(true)
})

test('a filled-in template that LibreOffice saved has the texts as they were typed: zeros, formulas and days', () => {
  const { rows } = readTable(new Uint8Array(saved), { rows: 100, bytes: 1_000_000, cells: 10_000 })
  const [names, ...filled] = rows.map(({ cells }) => cells.map((cell) => (cell?.kind === 'text' ? cell.text : cell)))
  const shown = filled.map((cells) =>
    ['qualification', 'name', 'number', 'awardedOn', 'assessor'].map((name) => cells[names?.indexOf(name) ?? -1]),
  )
  expect(shown).toEqual([
    ['ph-masonry-nc2', 'ANA EXAMPLE', '000441', '2026-11-18', '=1+1'],
    ['ph-masonry-nc2', 'BEN EXAMPLE', '03/04/05', '18/11/2569', '1E5'],
  ])
})

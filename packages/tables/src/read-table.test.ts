import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTable, type Table, writeXlsx } from './index.ts'

const limits = { rows: 1_000, bytes: 50_000_000, cells: 100_000 }
const fixture = (name: string) => readFileSync(new URL(`../../../test/fixtures/tables/${name}`, import.meta.url))
const csv = (text: string) => new TextEncoder().encode(text)
const shown = ({ rows }: Pick<Table, 'rows'>) =>
  rows.map(({ line, cells }) => [line, ...cells.map((cell) => (cell?.kind === 'faulty' ? cell.fault : cell?.text))])
const THAI = 'นางสาวกมลวรรณ ตัวอย่าง'

test.each([
  ['libreoffice.xlsx', undefined],
  ['libreoffice-1904.xlsx', undefined],
  ['openpyxl.xlsx', 'formula'],
  ['openpyxl-1904.xlsx', 'formula'],
])(
  '%s: titles above, shared strings, either date system, zeros of a format, merged and calculated cells',
  (name, full) => {
    const table = readTable(fixture(name), limits)
    expect(shown(table).slice(1)).toEqual([
      [3, 'Name', 'Number', 'Assessed', 'Centre', 'Full'],
      [4, 'ANA EXAMPLE', 'HCC-004417', '2026-11-18', 'centre-1', full ?? 'ANA EXAMPLE'],
      [5, 'BEN EXAMPLE', 'HCC-004418', '2026-11-18', undefined, full ?? 'BEN EXAMPLE'],
      [6, THAI, '000777', '2026-11-18', undefined, full ?? THAI],
    ])
    expect(table.merged).toContainEqual({ lines: [4, 5], columns: [3, 3] })
    expect(table.otherSheets).toBe(1)
  },
)

test('xlsxwriter.xlsx: texts inside the cells, without a table of strings', () => {
  expect(shown(readTable(fixture('xlsxwriter.xlsx'), limits))).toEqual([
    [1, 'name', 'number', 'awardedOn'],
    [2, 'ANA EXAMPLE', '000123', '2026-11-18'],
    [3, THAI, '000124', '2026-11-18'],
  ])
})

test('libreoffice-semicolon.csv: semicolons, UTF-8, blank lines that count', () => {
  expect(shown(readTable(fixture('libreoffice-semicolon.csv'), limits))).toContainEqual([
    6,
    THAI,
    '000777',
    '18/11/2026',
    undefined,
    THAI,
  ])
})

test.each([
  ['libreoffice.xls', 'old-format'],
  ['libreoffice.ods', 'not-a-table'],
])('%s is refused with what to do', (name, code) => {
  expect(() => readTable(fixture(name), limits)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining('.xlsx') }),
  )
})

test.each([
  [
    'commas and a mark',
    '\ufeffname,number\r\nANA,"1,2"\r\n',
    [
      [1, 'name', 'number'],
      [2, 'ANA', '1,2'],
    ],
  ],
  [
    'a note of Excel',
    'sep=;\nname;number\nA,B;1\n',
    [
      [2, 'name', 'number'],
      [3, 'A,B', '1'],
    ],
  ],
  [
    'tabs',
    'name\tnumber\nA\t1\n',
    [
      [1, 'name', 'number'],
      [2, 'A', '1'],
    ],
  ],
  [
    'blank lines',
    '\n\nname,number\n,\nA,1\n',
    [
      [3, 'name', 'number'],
      [5, 'A', '1'],
    ],
  ],
  [
    'zeros kept by a formula',
    'name,number\nA,"=""00441"""\n',
    [
      [1, 'name', 'number'],
      [2, 'A', '00441'],
    ],
  ],
  [
    'formulas',
    'name,number\n=1+1,＝1\n',
    [
      [1, 'name', 'number'],
      [2, 'formula', 'formula'],
    ],
  ],
  [
    'lost digits',
    'name,number\nA,1.23E+12\n',
    [
      [1, 'name', 'number'],
      [2, 'A', 'lost-digits'],
    ],
  ],
  [
    'an error value',
    'name,number\nA,#REF!\n',
    [
      [1, 'name', 'number'],
      [2, 'A', 'error-value'],
    ],
  ],
  [
    'rows of another length',
    'name,number\nA\nB,2,3\n',
    [
      [1, 'name', 'number'],
      [2, 'A'],
      [3, 'B', '2', '3'],
    ],
  ],
])('CSV with %s', (_, text, rows) => {
  expect(shown(readTable(csv(text), limits))).toEqual(rows)
})

test('Unicode text of Excel is UTF-16 with tabs', () => {
  const text = Buffer.from('\ufeffname\tnumber\nANA\t1\n', 'utf16le')
  expect(shown(readTable(text, limits))).toEqual([
    [1, 'name', 'number'],
    [2, 'ANA', '1'],
  ])
})

test.each([
  ['nothing', '', 'no-rows'],
  ['column names alone', 'name,number\n', 'no-rows'],
  ['an open quote', 'name,number\n"A,1\n', 'csv-syntax'],
  ['more rows than allowed', `name\n${'A\n'.repeat(1_001)}`, 'too-many-rows'],
])('a file with %s is refused', (_, text, code) => {
  expect(() => readTable(csv(text), limits)).toThrow(expect.objectContaining({ code }))
})

test('a file of another coding is refused, and no cell is repeated', () => {
  expect(() => readTable(Uint8Array.of(0x41, 0xe9, 0x0a, 0x42), limits)).toThrow(
    expect.objectContaining({ code: 'not-utf-8' }),
  )
  const fault = (() => {
    try {
      return readTable(csv('name\n"Ana SECRET" x\n'), limits)
    } catch (error) {
      return error
    }
  })()
  expect(JSON.stringify([fault, String(fault), (fault as Error).cause ?? ''])).not.toContain('SECRET')
  expect(fault).toMatchObject({ code: 'csv-syntax', line: 2 })
})

test('N008: a huge cell and a row of 40,000 cells are faults of their row, and the neighbours are read', () => {
  const text = `name,number\nA,1\n${'x'.repeat(65_536)},2\n${'c,'.repeat(40_000)}\n__proto__,\u0000\nB,3\n`
  const { rows } = readTable(csv(text), limits)
  expect(rows.map(({ isTooWide }) => isTooWide)).toEqual([undefined, undefined, undefined, true, undefined, undefined])
  expect(rows[2]?.cells[0]).toEqual({ kind: 'faulty', fault: 'too-long' })
  expect(rows[3]?.cells.length).toBe(256)
  expect(shown({ rows: rows.slice(-1) })).toEqual([[6, 'B', '3']])
})

const letters = fc.string({
  unit: fc.constantFrom('A', 'é', 'ก', '0', ' ', '"', ';', ',', '<', '&', '=', '\u{1f600}'),
  maxLength: 12,
})
const sheets = fc.array(fc.tuple(letters, letters, letters), { minLength: 1, maxLength: 8 })
const trimmed = (rows: readonly string[][]) =>
  rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ''))
const textsOf = ({ rows }: Table) =>
  rows.map(({ cells }) => [0, 1, 2].map((at) => (cells[at]?.kind === 'text' ? cells[at].text : '')))

test('what we write as a workbook reads back as it was, every cell as text', () => {
  fc.assert(
    fc.property(sheets, (rows) => {
      const columns = ['a', 'b', 'c'].map((name) => ({ name, width: 10 }))
      fc.pre(trimmed(rows).length > 0)
      const table = readTable(writeXlsx({ columns, rows, openRows: 3 }), limits)
      expect(textsOf(table)).toEqual([['a', 'b', 'c'], ...trimmed(rows)])
    }),
    { numRuns: 40 },
  )
})

test('any bytes end with rows or with a fault of the table', () => {
  const book = [...writeXlsx({ columns: [{ name: 'a', width: 9 }], rows: [['1'], ['2']], openRows: 1 })]
  const damaged = fc
    .array(fc.tuple(fc.nat(book.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    .map((changes) => {
      const bytes = Uint8Array.from(book)
      for (const [at, byte] of changes) bytes[at] = byte
      return bytes
    })
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
      try {
        expect(readTable(bytes, limits).rows.length).toBeGreaterThan(1)
      } catch (error) {
        expect(error).toMatchObject({ name: 'TableFault' })
      }
    }),
    { numRuns: 300 },
  )
})

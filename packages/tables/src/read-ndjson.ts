import { type Cell, cellCount, MOST_CELLS, type Table, type TableLimits, type TableRow, textCell } from './table.ts'
import { decode, TableFault } from './table-fault.ts'

/** The first byte of an object, after a byte order mark and blanks. No CSV file of an office begins so. */
export const isNdjson = (bytes: Uint8Array): boolean => {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const first = bytes.subarray(start).find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)
  return first === 0x7b
}

/**
 * One JSON object a line. The names of all members are the columns, in the order in which they first occur, as a row above line 1. A line that
 * is no object is a row with a fault, and its neighbours are read.
 */
export function readNdjson(bytes: Uint8Array, limits: TableLimits): Table {
  if (bytes.length > limits.bytes) throw new TableFault('too-large')
  const columns = new Map<string, number>()
  const rows: TableRow[] = []
  const count = cellCount(limits)
  for (const [at, text] of decode(bytes, 'utf-8')
    .split(/\r\n|\n/)
    .entries()) {
    if (text.trim() === '') continue
    if (rows.length >= limits.rows) throw new TableFault('too-many-rows')
    const row = rowOf(text, at + 1, columns)
    if (row.cells.every((cell) => cell === undefined)) continue
    count(row.cells)
    rows.push(row)
  }
  const names: TableRow = { line: 0, cells: [...columns.keys()].map(textCell) }
  return { format: 'ndjson', rows: [names, ...rows], merged: [], otherSheets: 0 }
}

function rowOf(text: string, line: number, columns: Map<string, number>): TableRow {
  const members = membersOf(text)
  if (members === undefined) return { line, cells: [{ kind: 'faulty', fault: 'no-object' }] }
  const cells: (Cell | undefined)[] = []
  let isTooWide = false
  for (const [name, value] of members) {
    const column = columns.get(name) ?? columns.size
    if (column >= MOST_CELLS) {
      isTooWide = true
      continue
    }
    columns.set(name, column)
    cells[column] = cellOf(value)
  }
  return { line, cells: Array.from(cells), ...(isTooWide && { isTooWide }) }
}

/** Undefined for anything but an object. The error of the parser quotes the line, so it goes nowhere. */
function membersOf(text: string): [name: string, value: unknown][] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? Object.entries(value) : undefined
  } catch {
    return undefined
  }
}

function cellOf(value: unknown): Cell | undefined {
  if (value === null) return undefined
  if (typeof value === 'string')
    return value.isWellFormed() ? textCell(value.trim()) : { kind: 'faulty', fault: 'no-text' }
  if (typeof value !== 'number') return { kind: 'faulty', fault: 'no-text' }
  // A number of JSON keeps no zeros before it, and no more than 15 digits for sure.
  return Math.abs(value) >= 1e15 ? { kind: 'faulty', fault: 'lost-digits' } : { kind: 'number', text: String(value) }
}

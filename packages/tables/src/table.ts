import { TableFault } from './table-fault.ts'

/** Why one cell has no value that could be used. */
export type CellFault =
  /** `#N/A`, `#REF!` and the like. */
  | 'error-value'
  /** Its formula was never calculated, or the cell of a CSV file holds a formula. */
  | 'formula'
  | 'too-long'
  /** The program that wrote the file kept 15 digits only, or wrote 1.23E+12. */
  | 'lost-digits'
  /** A list, an object, true, false or half a character in a file of JSON. */
  | 'no-text'
  /** A line of a file of JSON that is no object. */
  | 'no-object'

export type Cell =
  | { kind: 'text'; text: string }
  /** A number, with the leading zeros that its format shows. */
  | { kind: 'number'; text: string }
  /** A day of the calendar that the program itself knew as a date: `YYYY-MM-DD`. */
  | { kind: 'day'; text: string }
  | { kind: 'faulty'; fault: CellFault }

/** A row that is not blank. */
export interface TableRow {
  /** The number that a spreadsheet shows beside it. A row of a CSV file whose cells have several lines counts once. */
  line: number
  cells: readonly (Cell | undefined)[]
  /** It has more cells than a row may have. The further ones are left out. */
  isTooWide?: true
}

/** Merged cells. Both ends belong to it. Only its first cell has a value. Columns begin at 0. */
export interface Merged {
  lines: [from: number, to: number]
  columns: [from: number, to: number]
}

export type TableFormat = 'csv' | 'xlsx' | 'ndjson'

export interface Table {
  format: TableFormat
  rows: readonly TableRow[]
  merged: readonly Merged[]
  /** Further sheets that a person sees. Only the first one is read. */
  otherSheets: number
}

export interface TableLimits {
  /** Rows that are not blank, with the lines above them. */
  rows: number
  /** Bytes of the unpacked file. */
  bytes: number
  /** Cells of all rows together, which take the most memory. */
  cells: number
}

/** Counts the cells of a file while they are read. */
export function cellCount({ cells }: TableLimits): (row: readonly unknown[]) => void {
  let left = cells
  return ({ length }) => {
    left -= length
    if (left < 0) throw new TableFault('too-many-cells')
  }
}

/** Of one row. */
export const MOST_CELLS = 256
/** Of one cell, in units of UTF-16. */
const MOST_CHARACTERS = 4_000

export const textCell = (text: string): Cell | undefined => {
  if (text === '') return undefined
  return text.length > MOST_CHARACTERS ? { kind: 'faulty', fault: 'too-long' } : { kind: 'text', text }
}

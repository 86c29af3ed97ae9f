import { numberCell, type Shown } from './number-formats.ts'
import { readXml } from './read-xml.ts'
import {
  type Cell,
  cellCount,
  type Merged,
  MOST_CELLS,
  type Table,
  type TableLimits,
  type TableRow,
  textCell,
} from './table.ts'
import { TableFault } from './table-fault.ts'
import { unzip } from './unzip.ts'
import { readWorkbook, textReader, type Workbook } from './workbook.ts'

/** More merged cells than this are no form that a person made. */
const MOST_MERGED = 10_000
const UNSTYLED: Shown = { as: 'number', before: '', digits: 0, after: '' }

/** The rows of the first visible sheet of an Excel workbook (ECMA-376). Formulas count with the value that was calculated last. */
export function readXlsx(bytes: Uint8Array, limits: TableLimits): Table {
  const workbook = readWorkbook(bytes, limits.bytes)
  const rows: TableRow[] = []
  const merged: Merged[] = []
  let isThere = false
  unzip(bytes, limits.bytes, (name) => {
    if (name !== workbook.sheet) return undefined
    isThere = true
    return sheetReader(workbook, limits, rows, merged)
  })
  if (!isThere) throw new TableFault('damaged')
  return { format: 'xlsx', rows, merged, otherSheets: workbook.otherSheets }
}

interface Open {
  column: number
  type: string
  style: number
  value: string
  inline: string | undefined
  hasFormula: boolean
}

function sheetReader({ strings, styles, is1904 }: Workbook, limits: TableLimits, rows: TableRow[], merged: Merged[]) {
  const count = cellCount(limits)
  let line = 0
  let next = 0
  let cells: (Cell | undefined)[] = []
  let isTooWide = false
  let cell: Open | undefined
  let isValue = false
  const inline = textReader((text) => {
    if (cell !== undefined) cell.inline = text
  }, 'is')

  return readXml({
    open(name, attributes) {
      if (name === 'row') {
        line = Number(attributes.r ?? line + 1)
        ;[next, cells, isTooWide] = [0, [], false]
      } else if (name === 'c') {
        const column = columnOf(attributes.r) ?? next
        next = column + 1
        const { t: type = 'n', s: style = '-1' } = attributes
        cell = { column, type, style: Number(style), value: '', inline: undefined, hasFormula: false }
      } else if (name === 'f' && cell !== undefined) cell.hasFormula = true
      else if (name === 'v') isValue = true
      else if (name === 'mergeCell') merge(attributes.ref)
      inline.open(name)
    },
    text(piece) {
      if (isValue && cell !== undefined) cell.value += piece
      inline.text(piece)
    },
    close(name) {
      inline.close(name)
      if (name === 'v') isValue = false
      if (name === 'c' && cell !== undefined) {
        if (cell.column >= MOST_CELLS) isTooWide ||= contentOf(cell) !== undefined
        else cells[cell.column] = contentOf(cell)
        cell = undefined
      }
      if (name === 'row') keep()
    },
  })

  function keep(): void {
    if (cells.every((one) => one === undefined)) return
    count(cells)
    if (rows.length >= limits.rows) throw new TableFault('too-many-rows')
    rows.push({ line, cells: Array.from(cells), ...(isTooWide && { isTooWide }) })
  }

  function contentOf({ type, style, value, inline: text, hasFormula }: Open): Cell | undefined {
    if (type === 'inlineStr') return textCell((text ?? '').trim())
    if (value === '') return hasFormula && type !== 'str' ? { kind: 'faulty', fault: 'formula' } : undefined
    if (type === 's') return textCell(strings[Number(value)]?.trim() ?? '')
    if (type === 'str') return textCell(value.trim())
    if (type === 'd') return { kind: 'day', text: value.slice(0, 10) }
    if (type === 'e') return { kind: 'faulty', fault: 'error-value' }
    if (type === 'b') return { kind: 'text', text: value === '1' ? 'TRUE' : 'FALSE' }
    return numberCell(value, styles[style] ?? UNSTYLED, is1904)
  }

  function merge(range = ''): void {
    const [, fromColumn, from, toColumn, to] = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(range) ?? []
    if (fromColumn === undefined || toColumn === undefined) return
    if (merged.length >= MOST_MERGED) throw new TableFault('damaged')
    merged.push({ lines: [Number(from), Number(to)], columns: [lettersOf(fromColumn), lettersOf(toColumn)] })
  }
}

const lettersOf = (letters: string): number =>
  Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** Returns the column of a reference such as `AB12`, beginning at 0. */
function columnOf(reference: string | undefined): number | undefined {
  const [letters] = /^[A-Z]{1,3}(?=\d)/.exec(reference ?? '') ?? []
  return letters === undefined ? undefined : lettersOf(letters)
}

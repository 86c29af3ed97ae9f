import { CsvError, type InfoRecord, parse } from 'csv-parse/sync'
import { type Cell, cellCount, MOST_CELLS, type Table, type TableLimits, type TableRow, textCell } from './table.ts'
import { decode, TableFault } from './table-fault.ts'

/** The rows of a CSV file: commas, semicolons or tabs; UTF-8, or UTF-16 with a byte order mark. */
export function readCsv(bytes: Uint8Array, limits: TableLimits): Table {
  if (bytes.length > limits.bytes) throw new TableFault('too-large')
  const { text, delimiter, skipped } = separated(decode(bytes, codingOf(bytes)))
  const count = cellCount(limits)
  const rows = rowsOf(text, delimiter, limits, (record, line): TableRow | undefined => {
    const cells = record.slice(0, MOST_CELLS).map(cellOf)
    if (cells.every((cell) => cell === undefined)) return undefined
    count(cells)
    return { line: line + skipped, cells, ...(record.length > MOST_CELLS && { isTooWide: true }) }
  })
  return { format: 'csv', rows, merged: [], otherSheets: 0 }
}

/** Excel writes "Unicode text" as UTF-16. */
function codingOf([first, second]: Uint8Array): string {
  return first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

type Delimiter = ',' | ';' | '\t'

/**
 * Finds the separator of the cells. Spreadsheets write semicolons in countries where numbers have a decimal comma. Excel reads a first
 * line `sep=;` as a note, so it is one here.
 */
function separated(text: string): { text: string; delimiter: Delimiter; skipped: number } {
  const [note = '', stated] = /^sep=([,;\t])(?:\r\n|\r|\n)/i.exec(text) ?? []
  if (stated !== undefined) return { text: text.slice(note.length), delimiter: stated as Delimiter, skipped: 1 }
  const first = /^\s*([^\r\n]*)/.exec(text)?.[1] ?? ''
  const outside = first.replace(/"[^"]*"/g, '')
  const count = (delimiter: Delimiter) => outside.split(delimiter).length
  const delimiter = ([',', ';', '\t'] as const).reduce((most, next) => (count(next) > count(most) ? next : most))
  return { text, delimiter, skipped: 0 }
}

type Place = Pick<InfoRecord, 'records' | 'empty_lines'>

/** Makes each record a row as soon as it is read, so that a long file is in memory once. Both counts of its place start at the file's beginning. */
function rowsOf(
  text: string,
  delimiter: Delimiter,
  limits: TableLimits,
  rowOf: (record: readonly string[], line: number) => TableRow | undefined,
): TableRow[] {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: limits.rows + 1,
      on_record: (record: string[], { records, empty_lines }: Place) => {
        if (records > limits.rows) throw new TableFault('too-many-rows')
        // The parser leaves out what is null. Its types do not know that a record may become something else.
        return (rowOf(record, records + empty_lines) ?? null) as string[] | null
      },
    }) as unknown as TableRow[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // The message of this error may quote a cell, so it is no cause.
    throw new TableFault('csv-syntax', { line: Number(error.lines) })
  }
}

/** Offices write `="00441"` to keep zeros. Any other formula would have to be calculated. */
const KEPT_TEXT = /^="([^"]*)"$/
const FORMULA = /^[=＝]/
/** What a spreadsheet writes for a number that its column is too narrow for. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+\d{2,3}$/
const ERROR_VALUE = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|#+)$/

function cellOf(text: string): Cell | undefined {
  const kept = KEPT_TEXT.exec(text)?.[1]
  if (kept !== undefined) return textCell(kept.trim())
  if (FORMULA.test(text)) return { kind: 'faulty', fault: 'formula' }
  if (SHORTENED.test(text)) return { kind: 'faulty', fault: 'lost-digits' }
  if (ERROR_VALUE.test(text)) return { kind: 'faulty', fault: 'error-value' }
  return textCell(text)
}

import { readFile } from 'node:fs/promises'
import { CsvError, type InfoRecord, parse } from 'csv-parse/sync'
import { usageFailure } from './failure.ts'

/** A row that is not blank. */
export interface Cells {
  /** The line number in a spreadsheet: a row whose cells have several lines counts once. */
  line: number
  cells: readonly string[]
}

/** The rows of a CSV file (RFC 4180, UTF-8, with commas or semicolons). The first one has the column names. */
export async function readCells(path: string): Promise<Cells[]> {
  const text = await readFile(path).then(decode, (error: NodeJS.ErrnoException) => {
    throw usageFailure(`${path} cannot be read (${error.code ?? 'unknown'})`)
  })
  return recordsOf(path, text, separatorOf(path, text))
}

/**
 * Returns the separator of the cells, as the line of the column names shows it. Spreadsheets write semicolons in countries where numbers
 * have a decimal comma.
 */
function separatorOf(path: string, text: string): ',' | ';' {
  const [first = ''] = text.split(/[\r\n]/, 1)
  if (first.includes(',')) return ','
  if (first.includes('\t'))
    throw usageFailure(
      `The cells of ${path} are separated by tabs, not by commas or semicolons`,
      'Save it as CSV with commas between the cells.',
    )
  return first.includes(';') ? ';' : ','
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw usageFailure('The file is not UTF-8 text', 'Save it as "CSV UTF-8".')
  }
}

interface ParsedRecord {
  record: string[]
  /** Both counts start at the beginning of the file and include this record. */
  info: Pick<InfoRecord, 'records' | 'empty_lines'>
}

/** Leaves out blank rows, but counts their lines. */
function recordsOf(path: string, text: string, delimiter: ',' | ';'): Cells[] {
  try {
    // The types of csv-parse do not include the result of `info`.
    const records = parse(text, {
      delimiter,
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as ParsedRecord[]
    return records
      .map(({ record, info }) => ({ cells: record, line: info.records + info.empty_lines }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // The message of this error may quote a cell, so only its code is shown.
    throw usageFailure(`${path} is not CSV at line ${Number(error.lines)} (${error.code})`)
  }
}

/** Why a whole file cannot be read. A fault of one cell or one row does not end the reading. */
export type TableFaultCode =
  | 'not-a-table'
  | 'old-format'
  | 'encrypted'
  | 'damaged'
  /** Its bytes, unpacked. */
  | 'too-large'
  | 'too-many-cells'
  | 'too-many-rows'
  | 'not-utf-8'
  | 'csv-syntax'
  | 'no-rows'

const messages: Readonly<Record<TableFaultCode, string>> = {
  'not-a-table': 'The file is neither CSV nor XLSX nor NDJSON. Save it as "CSV UTF-8" or as an Excel workbook (.xlsx).',
  'old-format': 'The file is an old Excel file, or it has a password. Save it as .xlsx without a password.',
  encrypted: 'A part of the file is encrypted. Save it without a password.',
  damaged: 'The file is damaged or was not written by a spreadsheet program. Open it, and save it again.',
  'too-large': 'The file is too large once it is unpacked. Delete pictures and formats, or split it.',
  'too-many-cells': 'The file has too many cells. Delete the columns that no field needs, or split it.',
  'too-many-rows': 'The file has too many rows. Split it.',
  'not-utf-8': 'The file is not UTF-8 text. Save it as "CSV UTF-8".',
  'csv-syntax': 'The quotes of a line are not those of CSV. Correct that line.',
  'no-rows': 'The file has no rows below its column names.',
}

/** Its message names no cell, because a cell may be about a person. */
export class TableFault extends Error {
  override readonly name = 'TableFault'
  readonly code: TableFaultCode
  /** The line of a CSV file, if the fault is in one. */
  readonly line: number | undefined
  constructor(code: TableFaultCode, options: ErrorOptions & { line?: number } = {}) {
    super(messages[code], options)
    this.code = code
    this.line = options.line
  }
}

/** Throws `not-utf-8` for bytes that are no text. */
export function decode(bytes: Uint8Array, coding: string): string {
  try {
    return new TextDecoder(coding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new TableFault('not-utf-8', { cause })
  }
}

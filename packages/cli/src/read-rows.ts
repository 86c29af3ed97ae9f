import { readFile } from 'node:fs/promises'
import { CsvError, type InfoRecord, parse } from 'csv-parse/sync'
import { usageFailure } from './failure.ts'
import { type InputOptions, inputColumns, inputFromOptions } from './issue-input.ts'

/** One certificate of a spreadsheet. */
export interface Row {
  /** As a spreadsheet counts: the names of the columns are line 1, and a row of cells with several lines is one. */
  line: number
  certificateNumber: string
  input: Record<string, unknown>
}

const MOST_ROWS = 5_000

/**
 * The rows of a CSV file (RFC 4180, UTF-8) whose first line names its columns as the options of `sijil issue` are named, in whatever
 * order. All of it is read before anything is issued: a wrong column or a missing cell is told at once, with its line.
 */
export async function readRows(path: string): Promise<Row[]> {
  const text = await readFile(path).then(decode, (error: NodeJS.ErrnoException) => {
    throw usageFailure(`${path} cannot be read (${error.code ?? 'unknown'})`)
  })
  const [head, ...records] = recordsOf(path, text)
  const names = head?.cells
  if (names === undefined || records.length === 0) throw usageFailure(`${path} has no rows below its column names`)
  if (records.length > MOST_ROWS)
    throw usageFailure(`${path} has ${records.length} rows, and one file may have ${MOST_ROWS}`, 'Divide it.')
  const unknown = names.findIndex((name) => !inputColumns.includes(name))
  if (unknown >= 0 || new Set(names).size !== names.length)
    throw usageFailure(
      unknown < 0
        ? `${path} names a column twice`
        : `${path} has a column that is none of a certificate: column ${unknown + 1}${nameOf(unknown, names)}`,
      `Its columns are some of: ${inputColumns.join(', ')}.`,
    )
  const rows = records.map(({ cells, line }) => rowOf(names, cells, line))
  const numbers = Map.groupBy(rows, ({ certificateNumber }) => certificateNumber)
  for (const same of numbers.values())
    if (same.length > 1)
      throw usageFailure(`Lines ${same.map(({ line }) => line).join(' and ')} have the same certificate number`)
  return rows
}

/** Where others of the line are names of columns, it is one too. Of a file without names the first line may be a person. */
function nameOf(place: number, names: readonly string[]): string {
  const name = names[place] ?? ''
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
  const meant = inputColumns.find((known) => bare(known) === bare(name))
  if (meant !== undefined) return `; ${meant} is meant, perhaps`
  return names.some((other) => inputColumns.includes(other)) && name !== '' ? `, ${JSON.stringify(name)}` : ''
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw usageFailure('The file is not UTF-8 text', 'Save it as "CSV UTF-8".')
  }
}

interface Told {
  record: string[]
  /** Both counted from the file's beginning, this record included. */
  info: Pick<InfoRecord, 'records' | 'empty_lines'>
}

interface Cells {
  line: number
  cells: readonly string[]
}

/** Without the rows that are blank, whose lines count all the same. */
function recordsOf(path: string, text: string): Cells[] {
  try {
    // csv-parse's types leave out what `info` adds.
    const records = parse(text, { info: true, skip_empty_lines: true, trim: true }) as unknown as Told[]
    return records
      .map(({ record, info }) => ({ cells: record, line: info.records + info.empty_lines }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // Its message may quote a cell.
    throw usageFailure(`${path} is not CSV at line ${Number(error.lines)} (${error.code})`)
  }
}

function rowOf(names: readonly string[], cells: readonly string[], line: number): Row {
  const options: InputOptions = {}
  for (const [place, name] of names.entries()) {
    const cell = cells[place] ?? ''
    if (cell === '') continue
    Object.assign(options, { [name]: name === 'unit' ? cell.split(';').map((code) => code.trim()) : cell })
  }
  const missing = ['qualification', 'name', 'number'].filter((name) => !Object.hasOwn(options, name))
  if (missing.length > 0) throw usageFailure(`Line ${line} has no ${missing.join(' and no ')}`)
  if (options.centreName !== undefined && options.centreId === undefined)
    throw usageFailure(`Line ${line} has a centreName and no centreId`)
  return { line, certificateNumber: String(options.number), input: inputFromOptions(options) }
}

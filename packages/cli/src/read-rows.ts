import { readFile } from 'node:fs/promises'
import { foldNumber } from '@sijil/credentials/fold-number'
import {
  assessmentMethodValues,
  assessmentRouteValues,
  methodInputs,
  OTHER,
  routeInputs,
} from '@sijil/qualifications/assessment'
import { CsvError, type InfoRecord, parse } from 'csv-parse/sync'
import { CommandFailure, usageFailure } from './failure.ts'
import { findUuid } from './identifiers.ts'
import { type InputOptions, inputColumns, inputFromOptions } from './issue-input.ts'

/** One certificate of a spreadsheet. */
export interface Row {
  /** As a spreadsheet counts: the names of the columns are line 1, and a row of cells with several lines is one. */
  line: number
  certificateNumber: string
  input: Record<string, unknown>
}

const MOST_ROWS = 5_000
/** Told of one file: whoever has more of them knows where to begin. */
const MOST_FAULTS = 100

/**
 * The rows of a CSV file (RFC 4180, UTF-8) whose first line names its columns as the options of `sijil issue` are named, in whatever
 * order. All of it is read before anything is issued: what is wrong with it is told at once, each with its line.
 */
export async function readRows(path: string): Promise<Row[]> {
  const text = await readFile(path).then(decode, (error: NodeJS.ErrnoException) => {
    throw usageFailure(`${path} cannot be read (${error.code ?? 'unknown'})`)
  })
  requireCommas(path, text)
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
  const given = records.map(({ cells, line }) => ({ line, options: optionsOf(names, cells) }))
  const faults = given.flatMap(({ line, options }) =>
    faultsOf(options).map((detail) => ({ pointer: `Line ${line}`, detail })),
  )
  const numbers = Map.groupBy(given, ({ options }) => options.number && foldNumber(String(options.number)))
  for (const [number, same] of numbers)
    if (number !== undefined && same.length > 1)
      faults.push({
        pointer: `Lines ${same.map(({ line }) => line).join(' and ')}`,
        detail: 'have the same certificate number',
      })
  if (faults.length > 0)
    throw new CommandFailure('usage', {
      title: `Nothing was sent: ${path} has rows that cannot be issued`,
      ...(faults.length > MOST_FAULTS && { detail: `These are the first ${MOST_FAULTS} of ${faults.length} reasons.` }),
      errors: faults.slice(0, MOST_FAULTS),
    })
  return given.map(({ line, options }) => ({
    line,
    certificateNumber: String(options.number),
    input: inputFromOptions(options),
  }))
}

/** As many spreadsheets write it where a comma is in numbers. */
function requireCommas(path: string, text: string): void {
  const [first = ''] = text.split(/[\r\n]/, 1)
  const divider = first.includes(',') ? undefined : /[;\t]/.exec(first)?.[0]
  if (divider !== undefined)
    throw usageFailure(
      `${path} has its cells divided by ${divider === ';' ? 'semicolons' : 'tabs'}, not by commas`,
      'Save it as CSV with commas between the cells.',
    )
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

interface Given {
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
    const records = parse(text, { info: true, skip_empty_lines: true, trim: true }) as unknown as Given[]
    return records
      .map(({ record, info }) => ({ cells: record, line: info.records + info.empty_lines }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // Its message may quote a cell.
    throw usageFailure(`${path} is not CSV at line ${Number(error.lines)} (${error.code})`)
  }
}

function optionsOf(names: readonly string[], cells: readonly string[]): InputOptions {
  const options: InputOptions = {}
  for (const [place, name] of names.entries()) {
    const cell = cells[place] ?? ''
    if (cell === '') continue
    Object.assign(options, { [name]: name === 'unit' ? cell.split(';').map((code) => code.trim()) : cell })
  }
  return options
}

/** What is wrong whatever the registry holds; nothing of the cells is repeated. */
function faultsOf(options: InputOptions): string[] {
  const cell = (name: keyof InputOptions) => String(options[name] ?? '')
  const faults = (['qualification', 'name', 'number'] as const)
    .filter((name) => options[name] === undefined)
    .map((name) => `has no ${name}`)
  if (options.awardedOn === undefined && options.assessedOn === undefined)
    faults.push('has neither awardedOn nor assessedOn')
  if (options.centreName !== undefined && options.centreId === undefined)
    faults.push('has a centreName and no centreId')
  for (const name of ['birthDate', 'assessedOn', 'awardedOn', 'validUntil'] as const)
    if (options[name] !== undefined && !isDay(cell(name)))
      faults.push(`${name} must be a day of the calendar, YYYY-MM-DD`)
  for (const name of ['name', 'nativeName', 'signatoryName'] as const)
    if (options[name] !== undefined && !/\p{L}/u.test(cell(name))) faults.push(`${name} has no letter`)
  for (const [name, free, values, stated] of lists) {
    if (options[name] !== undefined && !stated.some((value) => value === cell(name)))
      faults.push(`${name} must be one of ${values.join(', ')}`)
    if ((cell(name) === OTHER) !== (options[free] !== undefined))
      faults.push(
        cell(name) === OTHER ? `has no ${free}, as ${name} is other` : `has ${free}, and ${name} is not other`,
      )
  }
  if (options.replaces !== undefined && findUuid(cell('replaces')) === undefined)
    faults.push('replaces must be the id of a certificate, a UUID with or without urn:uuid: before it')
  return faults
}

const lists = [
  ['route', 'otherRoute', assessmentRouteValues, routeInputs],
  ['method', 'otherMethod', assessmentMethodValues, methodInputs],
] as const

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

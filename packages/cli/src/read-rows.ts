import { foldNumber } from '@sijil/credentials/fold-number'
import {
  assessmentMethodValues,
  assessmentRouteValues,
  methodInputs,
  OTHER,
  routeInputs,
} from '@sijil/qualifications/assessment'
import { CommandFailure, usageFailure } from './failure.ts'
import { findUuid } from './identifiers.ts'
import { type InputOptions, inputColumns, inputFromOptions } from './issue-input.ts'
import { readCells } from './read-cells.ts'

/** A row of a spreadsheet: one certificate. */
export interface Row {
  /** The line number in a spreadsheet. The column names are line 1, and a row whose cells have several lines counts once. */
  line: number
  certificateNumber: string
  input: Record<string, unknown>
}

const MAX_ROWS = 5_000
/** The largest number of faults to report for a file. */
const MAX_FAULTS = 100

/**
 * The rows of a CSV file (RFC 4180, UTF-8, with commas or semicolons). Its first line has the column names, which are those of the options
 * of `sijil issue`, in any order. The whole file is checked before anything is issued, and all faults are reported together, each with its
 * line.
 */
export async function readRows(path: string): Promise<Row[]> {
  const [head, ...records] = await readCells(path)
  const names = head?.cells
  if (names === undefined || records.length === 0) throw usageFailure(`${path} has no rows below its column names`)
  if (records.length > MAX_ROWS)
    throw usageFailure(`${path} has ${records.length} rows, but a file may have at most ${MAX_ROWS}`, 'Split the file.')
  const unknown = names.findIndex((name) => !inputColumns.includes(name))
  if (unknown >= 0 || new Set(names).size !== names.length)
    throw usageFailure(
      unknown < 0
        ? `${path} has the same column twice`
        : `${path} has a column that certificates do not have: column ${unknown + 1}${nameOf(unknown, names)}`,
      `The columns are: ${inputColumns.join(', ')}.`,
    )
  const rows = records.map(({ cells, line }) => ({ line, options: optionsOf(names, cells) }))
  const faults = rows.flatMap(({ line, options }) =>
    faultsOf(options).map((detail) => ({ pointer: `Line ${line}`, detail })),
  )
  const numbers = Map.groupBy(rows, ({ options }) => options.number && foldNumber(String(options.number)))
  for (const [number, same] of numbers)
    if (number !== undefined && same.length > 1)
      faults.push({
        pointer: `Lines ${same.map(({ line }) => line).join(' and ')}`,
        detail: 'have the same certificate number',
      })
  if (faults.length > 0)
    throw new CommandFailure('usage', {
      title: `Nothing was sent, because ${path} has rows that cannot be issued`,
      ...(faults.length > MAX_FAULTS && { detail: `These are the first ${MAX_FAULTS} of ${faults.length} faults.` }),
      errors: faults.slice(0, MAX_FAULTS),
    })
  return rows.map(({ line, options }) => ({
    line,
    certificateNumber: String(options.number),
    input: inputFromOptions(options),
  }))
}

/**
 * The text about an unknown column. Its name is repeated only if another cell of the line is a column name. Otherwise the line may be
 * a row about a person.
 */
function nameOf(place: number, names: readonly string[]): string {
  const name = names[place] ?? ''
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')
  const meant = inputColumns.find((known) => bare(known) === bare(name))
  if (meant !== undefined) return `. Did you mean ${meant}?`
  return names.some((other) => inputColumns.includes(other)) && name !== '' ? `, ${JSON.stringify(name)}` : ''
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

/** Faults that do not depend on the registry. No cell is repeated. */
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
  for (const [name, free, values, accepted] of lists) {
    if (options[name] !== undefined && !accepted.some((value) => value === cell(name)))
      faults.push(`${name} must be one of ${values.join(', ')}`)
    if ((cell(name) === OTHER) !== (options[free] !== undefined))
      faults.push(
        cell(name) === OTHER
          ? `has no ${free}, although ${name} is other`
          : `has ${free}, although ${name} is not other`,
      )
  }
  if (options.replaces !== undefined && findUuid(cell('replaces')) === undefined)
    faults.push('replaces must be the id of a certificate: a UUID, with or without the prefix urn:uuid:')
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

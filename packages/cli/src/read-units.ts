import { CommandFailure, type Problem, usageFailure } from './failure.ts'
import { readCells } from './read-table.ts'

/** The units of an edition, and the line of the spreadsheet on which each stands. */
export interface UnitRows {
  units: { code: string; title: string }[]
  lines: number[]
}

const columns = ['code', 'title'] as const
const MAX_LENGTH = { code: 64, title: 200 } as const

/** The units of a CSV file with the columns `code` and `title`, in any order. All faults are reported together, each with its line. */
export async function readUnits(path: string): Promise<UnitRows> {
  const [head, ...records] = await readCells(path)
  const names = head?.cells ?? []
  if (names.length !== columns.length || !columns.every((column) => names.includes(column)))
    throw usageFailure(`${path} must have the columns code and title`, 'Its first line names them: code,title')
  if (records.length === 0) throw usageFailure(`${path} has no units below its column names`)
  const rows = records.map(({ line, cells }) => {
    const cell = (column: (typeof columns)[number]) => cells[names.indexOf(column)] ?? ''
    return { line, code: cell('code'), title: cell('title') }
  })
  const first = new Map<string, number>()
  const faults = rows.flatMap(({ line, ...unit }) => {
    const found = columns.flatMap((column) => cellFault(unit[column], MAX_LENGTH[column], place(line, column)))
    const before = first.get(unit.code)
    if (before === undefined) first.set(unit.code, line)
    else if (unit.code !== '')
      found.push({ pointer: place(line, 'code'), detail: `is also the code of line ${before}` })
    return found
  })
  if (faults.length > 0)
    throw new CommandFailure('usage', {
      title: `Nothing was sent, because ${path} has units that cannot be stated`,
      errors: faults,
    })
  return { units: rows.map(({ code, title }) => ({ code, title })), lines: rows.map(({ line }) => line) }
}

const place = (line: number, column: string): string => `Line ${line}, column ${column}`

function cellFault(cell: string, most: number, pointer: string): NonNullable<Problem['errors']> {
  if (cell === '') return [{ pointer, detail: 'is empty' }]
  return cell.length > most ? [{ pointer, detail: `has more than ${most} characters` }] : []
}

/** Gives a fault that the registry found in a unit the line and the column of the spreadsheet. */
export function withLines(error: unknown, path: string, { lines }: Pick<UnitRows, 'lines'>): unknown {
  if (!(error instanceof CommandFailure) || error.problem.errors === undefined) return error
  const errors = error.problem.errors.map(({ pointer, ...fault }) => {
    const [, at, column] = /^\/edition\/units(?:\/(\d+)(?:\/(\w+))?)?$/.exec(pointer) ?? []
    if (!pointer.startsWith('/edition/units')) return { ...fault, pointer }
    const line = at === undefined ? undefined : lines[Number(at)]
    return { ...fault, pointer: line === undefined ? path : place(line, column ?? 'code') }
  })
  return new CommandFailure(error.kind, { ...error.problem, errors }, { cause: error })
}

import { type Fault, RegistryError } from '@sijil/registry'

/** A row of pasted cells, and the line of the text on which it begins, counted from 0. */
export interface PastedRow {
  line: number
  cells: readonly string[]
}

/** Words that stand above the columns in spreadsheets. A first line that has only these is left out. */
const HEADINGS =
  /^(?:code|title|language|unit code|unit title|unit|principle|met|theme|note|evidence|accepts|isco|isco-08|description|roles|area|occupations|qualifications|sha-256|sha256|address|รหัส|ชื่อ|หน่วยสมรรถนะ|ภาษา)$/iu

/**
 * The rows of a text that was pasted from a spreadsheet. Cells are separated by tabs, or else by the semicolon or the comma that stands
 * first. A cell in quotes may contain the separator, line ends, and doubled quotes (RFC 4180). Empty lines are left out.
 */
export function pastedRows(text: string): PastedRow[] {
  const filled = pastedLines(text)
  const [first] = filled
  const isHeading = first?.cells.every((each) => each === '' || HEADINGS.test(each))
  return isHeading ? filled.slice(1) : filled
}

/** The same with a first line of headings. */
export function pastedLines(text: string): PastedRow[] {
  const separator = separatorOf(text)
  const quoted = `"((?:[^"]|"")*)" *(?=${separator}|\\r?\\n|$)`
  const cell = new RegExp(`${quoted}|([^${separator}\\r\\n]*)`, 'y')
  const rows: PastedRow[] = []
  let [at, line] = [0, 0]
  while (at <= text.length) {
    const row = { line, cells: [] as string[] }
    for (;;) {
      cell.lastIndex = at
      const [whole = '', inQuotes, plain = ''] = cell.exec(text) ?? []
      row.cells.push((inQuotes?.replaceAll('""', '"') ?? plain).trim())
      line += whole.split('\n').length - 1
      at += whole.length
      if (text[at] === undefined || /[\r\n]/.test(text[at] ?? '')) break
      at += 1
    }
    rows.push(row)
    at += text.startsWith('\r\n', at) ? 2 : 1
    line += 1
  }
  return rows.filter(({ cells }) => cells.some((each) => each !== ''))
}

function separatorOf(text: string): '\t' | ';' | ',' {
  if (text.includes('\t')) return '\t'
  const quoted = /^\s*"(?:[^"]|"")*"/.exec(text)?.[0].length ?? 0
  return /[;,]/.exec(text.slice(quoted))?.[0] === ';' ? ';' : ','
}

/** Text as it would be pasted. A form that comes back with it reads as the same rows. */
export const pastedText = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((cells) => cells.map((each) => (each.includes('"') ? `"${each.replaceAll('"', '""')}"` : each)).join('\t'))
    .join('\n')

/**
 * The rows as members of the API, and what is wrong with lines. The pointer of such a fault counts lines of the text. A column with `?` at
 * its end may stay empty.
 */
export function readPasted(
  text: string,
  { columns, pointer }: { columns: readonly string[]; pointer: string },
): { items: Record<string, string>[]; lines: number[]; faults: Fault[] } {
  const rows = pastedRows(text)
  const faults = rows.flatMap(({ line, cells }): Fault[] => {
    if (cells.slice(columns.length).some((each) => each !== ''))
      return [
        { pointer: `${pointer}/${line}`, detail: `has more than ${columns.length} cells`, reason: 'too-many-cells' },
      ]
    return columns.flatMap((column, at) =>
      (cells[at] ?? '') === '' && !column.endsWith('?')
        ? [{ pointer: `${pointer}/${line}/${column}`, detail: 'is missing', reason: 'missing' }]
        : [],
    )
  })
  return {
    items: rows.map(({ cells }) =>
      Object.fromEntries(
        columns.flatMap((column, at) => {
          const cell = cells[at] ?? ''
          return cell === '' && column.endsWith('?') ? [] : [[column.replace('?', ''), cell]]
        }),
      ),
    ),
    lines: rows.map(({ line }) => line),
    faults,
  }
}

/** The items of one cell, with semicolons or line ends between them. */
export const cellsIn = (cell: unknown): string[] =>
  String(cell ?? '')
    .split(/[;\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '')

/** Does the work. Its faults count rows, which are renamed to the lines of the text that was pasted. */
export const inLines = <T>(
  lines: Readonly<Record<string, readonly number[]>>,
  work: () => T | Promise<T>,
): Promise<T> => renamingFaults((pointer) => lineOf(pointer, lines), work)

/** Does the work. Its faults point at members of the API, which the form can have at another place. */
export async function renamingFaults<T>(rename: (pointer: string) => string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RegistryError) || error.faults.length === 0) throw error
    const faults = error.faults.map((fault) => ({ ...fault, pointer: rename(fault.pointer) }))
    const { code, message, reason } = error
    throw new RegistryError(code, message, { faults, ...(reason && { reason }), cause: error })
  }
}

function lineOf(pointer: string, lines: Readonly<Record<string, readonly number[]>>): string {
  for (const [list, counted] of Object.entries(lines)) {
    const [row = '', ...rest] = pointer.startsWith(`${list}/`) ? pointer.slice(list.length + 1).split('/') : []
    const line = counted[Number(row)]
    if (row !== '' && line !== undefined) return [list, line, ...rest].join('/')
  }
  return pointer
}

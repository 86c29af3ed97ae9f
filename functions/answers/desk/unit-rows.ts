import type { Fault } from '@sijil/registry'
import type { DraftRow } from '@sijil/views/desk'
import type { TypedFields } from '@sijil/web'
import { type PastedRow, pastedLines, pastedText } from './pasted-rows.ts'

/** The field with a row for each unit of the host that was compared, as text of a spreadsheet. It is the whole draft. */
export const UNIT_ROWS = 'comparison.rows'
/** The fields of the page on which one unit is compared. They become a row of the draft with the next press, whatever it is. */
export const ofUnit = { code: 'unit.code', result: 'unit.result', by: 'unit.by:', note: 'unit.note', goTo: 'unit.goTo' }

type Column = 'unit' | 'result' | 'by' | 'note'
const COLUMNS: readonly Column[] = ['unit', 'result', 'by', 'note']

/** Words above the columns. A table that was downloaded from a comparison has more columns, which are left out. */
const HEADINGS: Readonly<Record<string, Column>> = {
  unit: 'unit',
  'unit code': 'unit',
  หน่วย: 'unit',
  result: 'result',
  ผล: 'result',
  by: 'by',
  closest: 'by',
  note: 'note',
  why: 'note',
  เหตุผล: 'note',
}

/** What spreadsheets say for a result, besides the words of the API. */
const RESULTS: Readonly<Record<string, string>> = {
  'match in part': 'partial',
  'in part': 'partial',
  missing: 'gap',
  'not compared': 'not-compared',
  ตรงกัน: 'match',
  ตรงกันบางส่วน: 'partial',
  ไม่มี: 'gap',
  ขาด: 'gap',
  ยังไม่ได้เปรียบเทียบ: 'not-compared',
}

/** A table that we made marks a cell that could be a formula. */
const unmarked = (cell: string): string => cell.replace(/^'(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/u, '')

const columnsOf = ([first]: readonly PastedRow[]): readonly (Column | undefined)[] | undefined => {
  const found = (first?.cells ?? []).map((cell) => HEADINGS[cell.toLowerCase()])
  return found.includes('unit') && found.includes('result') ? found : undefined
}

/** Every row of the text with the line on which it begins. A first line of headings says which cell is which. */
function draftRows(text: string): { line: number; row: DraftRow; isTooLong: boolean }[] {
  const lines = pastedLines(text)
  const headed = columnsOf(lines)
  return (headed ? lines.slice(1) : lines).map(({ line, cells }) => {
    const cell = (column: Column) => unmarked(cells[(headed ?? COLUMNS).indexOf(column)] ?? '')
    const stated = cell('result').toLowerCase()
    const result = RESULTS[stated] ?? stated
    const by = cell('by')
      .split(/[;\n]/)
      .map((code) => code.trim())
      .filter((code) => code !== '')
    const isTooLong = headed === undefined && cells.slice(COLUMNS.length).some((each) => each !== '')
    return { line, row: { unit: cell('unit'), result, by, note: cell('note') }, isTooLong }
  })
}

export const draftOf = (typed: TypedFields): readonly DraftRow[] =>
  draftRows(typed[UNIT_ROWS] ?? '').map(({ row }) => row)

/** Nothing is said of the unit. With a note or a closest unit, a row without a result was begun, and is not dropped in silence. */
const isSilent = ({ result, by, note }: DraftRow): boolean =>
  (result === '' || result === 'not-compared') && by.length === 0 && note === ''

/** The text of a draft, which reads as the same rows. */
export const draftText = (rows: readonly DraftRow[]): string =>
  pastedText(rows.map(({ unit, result, by, note }) => [unit, result, by.join('; '), note]))

/**
 * The rows as the API takes them. Rows of units that were not compared are left out: they say nothing. `lines`: where each of the others
 * begins.
 */
export function readUnitRows(
  text: string,
  pointer: string,
): { items: Record<string, unknown>[]; lines: number[]; faults: Fault[] } {
  const rows = draftRows(text).filter(({ row, isTooLong }) => !isSilent(row) || isTooLong)
  const faults = rows.flatMap(({ line, row, isTooLong }): Fault[] => [
    ...(isTooLong
      ? [{ pointer: `${pointer}/${line}`, detail: 'has more than 4 cells', reason: 'too-many-cells' as const }]
      : []),
    ...(['unit', 'result'] as const).flatMap((column) =>
      row[column] === '' || row[column] === 'not-compared'
        ? [{ pointer: `${pointer}/${line}/${column}`, detail: 'is missing', reason: 'missing' as const }]
        : [],
    ),
  ])
  const items = rows.map(({ row: { note, ...row } }) => ({ ...row, ...(note !== '' && { note }) }))
  return { items, lines: rows.map(({ line }) => line), faults }
}

/** A note is one line of a spreadsheet. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

type Form = Readonly<Record<string, unknown>>

/**
 * The form with what was said of one unit in its draft. The rows of other units stay as they are, also those with mistakes, so that no press
 * loses anything.
 */
export function withUnitSaved(form: Form): Form {
  const { [ofUnit.code]: code, [ofUnit.result]: result = '', [ofUnit.note]: note = '', ...others } = form
  if (typeof code !== 'string') return form
  const isOfUnit = (name: string) => name.startsWith(ofUnit.by) || name === ofUnit.goTo
  const by = Object.keys(others).flatMap((name) => (name.startsWith(ofUnit.by) ? [name.slice(ofUnit.by.length)] : []))
  const rest = Object.fromEntries(Object.entries(others).filter(([name]) => !isOfUnit(name)))
  const text = typeof rest[UNIT_ROWS] === 'string' ? rest[UNIT_ROWS] : ''
  const stated: DraftRow = { unit: code, result: String(result), by, note: oneLine(String(note)) }
  const rows = draftRows(text).map(({ row }) => row)
  const known = rows.some(({ unit }) => unit === code)
  const saved = known ? rows.map((row) => (row.unit === code ? stated : row)) : [...rows, stated]
  return { ...rest, [UNIT_ROWS]: draftText(isSilent(stated) ? saved.filter(({ unit }) => unit !== code) : saved) }
}

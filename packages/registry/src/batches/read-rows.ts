import { foldNumber, personNameFault } from '@sijil/credentials'
import { methodInputs, routeInputs } from '@sijil/qualifications'
import { type Cell, lostZeros, ordersIn, readDay, type Table, type TableRow, zawgyiIn } from '@sijil/tables'
import { type Act, isStatusAct } from './acts.ts'
import type { BatchAnswers, FaultKind, OfferKind, RowFault } from './answers.ts'
import { type Columns, dayFields, type Field, type Header, headersIn } from './columns.ts'
import { listedFaults } from './listed-row.ts'
import { mergedCells } from './merged-cells.ts'

/** A row of the file with everything that can be said of it without asking the register. */
export interface ReadRow {
  line: number
  /** The texts as they will be used. */
  texts: Partial<Record<Field, string>>
  faults: RowFault[]
}

export interface RowsRead {
  headers: readonly Header[]
  columns: Columns
  rows: readonly ReadRow[]
  /** The order of days and months was not answered, and some days depend on it. */
  asksOrder: boolean
  /** The days of the file are surely in two orders, so no answer fits all of them. */
  isInTwoOrders: boolean
}

/** Reads the rows of a file by what people said about it. Nothing is converted that they did not accept. */
export function readRows(table: Table, columns: Columns, answers: BatchAnswers, act: Act): RowsRead {
  const { headers, below } = headersIn(table, act)
  const accepted: ReadonlySet<OfferKind> = new Set(answers.accepted)
  const written = new Map<number, Texts>()
  for (const { line, field, text } of answers.cells ?? []) written.set(line, { ...written.get(line), [field]: text })
  const firstOf = mergedCells(table)
  const same = answers.same ?? {}
  const fields = Object.keys({ ...same, ...columns }) as Field[]
  const rows = below.map((row) => new RowReader(row, { firstOf, columns, fields, same }, written.get(row.line)))
  const mapped = Object.keys(columns) as Field[]
  offer(rows, 'number', 'lost-zeros', lostZeros, accepted)
  for (const field of ['name', 'nativeName'] as const) offer(rows, field, 'zawgyi', zawgyiIn, accepted)
  const days = rows.flatMap((row) => dayFields.flatMap((field) => row.dayText(field) ?? []))
  const orders = ordersIn(days)
  const order = answers.order ?? (orders.size === 1 ? [...orders][0] : undefined)
  for (const row of rows) {
    row.readMerged(mapped, accepted)
    row.readDays(order, accepted)
    if (isStatusAct(act)) row.faults.push(...listedFaults(row, act))
    else row.check()
  }
  if (act === 'issue') markRepeats(rows)
  return {
    headers,
    columns,
    rows,
    asksOrder: rows.some(({ faults }) => faults.some(({ kind }) => kind === 'day-order')),
    isInTwoOrders: orders.size > 1,
  }
}

/** Offers other texts for a column, which is judged as a whole. */
function offer(
  rows: readonly RowReader[],
  field: Field,
  kind: OfferKind,
  judge: (texts: readonly (string | undefined)[]) => ReadonlyMap<number, string>,
  accepted: ReadonlySet<OfferKind>,
): void {
  const found = judge(rows.map((row) => (row.isWritten(field) ? undefined : row.texts[field])))
  for (const [place, text] of found) rows[place]?.take(field, kind, text, accepted)
}

/** Numbers that mean the same, however they are spelled. Each of these rows has the fault, as any of them may be the wrong one. */
function markRepeats(rows: readonly RowReader[]): void {
  const byNumber = Map.groupBy(rows, ({ texts }) => texts.number && foldNumber(texts.number))
  for (const [number, same] of byNumber)
    if (number !== undefined && same.length > 1) for (const row of same) row.fault('number-twice', 'number')
}

const needed: readonly Field[] = ['qualification', 'name', 'number']
const listed = { route: routeInputs, method: methodInputs } as const

type FirstOf = ReturnType<typeof mergedCells>
type Texts = Partial<Record<Field, string>>

/** What all rows share. */
interface Reading {
  firstOf: FirstOf
  columns: Columns
  /** Those that have a column or one value for all rows. */
  fields: readonly Field[]
  same: Texts
}

const nothingWritten: Texts = {}

class RowReader implements ReadRow {
  readonly line: number
  readonly texts: Texts = {}
  readonly faults: RowFault[] = []
  readonly #row: TableRow
  readonly #reading: Reading
  /** Cells of this row that a person wrote anew. */
  readonly #written: Texts

  constructor(row: TableRow, reading: Reading, written = nothingWritten) {
    this.line = row.line
    this.#row = row
    this.#reading = reading
    this.#written = written
    for (const field of reading.fields) this.#readCell(field, reading.same[field])
    for (const [field, text] of Object.entries(written) as [Field, string][]) if (text !== '') this.texts[field] = text
    if (row.isTooWide) this.fault('too-many-cells')
    // The fault of a line that is no object lies in its first cell, whose column may have no field.
    const [first] = row.cells
    if (first?.kind === 'faulty' && first.fault === 'no-object' && this.faults.length === 0) this.fault('no-object')
  }

  #cell(field: Field): Cell | undefined {
    const column = this.#reading.columns[field]
    return column === undefined ? undefined : this.#row.cells[column]
  }

  #readCell(field: Field, same: string | undefined): void {
    if (this.isWritten(field)) return
    const cell = this.#cell(field)
    if (cell?.kind === 'faulty') this.fault(cell.fault, field)
    else {
      const text = (cell?.text ?? same)?.normalize('NFC')
      if (text !== undefined) this.texts[field] = text
    }
  }

  isWritten(field: Field): boolean {
    return this.#written[field] !== undefined
  }

  fault(kind: FaultKind, field?: Field, offer?: string): void {
    this.faults.push({ kind, ...(field && { field }), ...(offer !== undefined && { offer }) })
  }

  take(field: Field, kind: OfferKind, text: string, accepted: ReadonlySet<OfferKind>): void {
    if (accepted.has(kind)) this.texts[field] = text
    else this.fault(kind, field, text)
  }

  /** The text of a day that a person wrote, or that the file holds as text. */
  dayText(field: Field): string | undefined {
    return this.isWritten(field) || this.#cell(field)?.kind !== 'day' ? this.texts[field] : undefined
  }

  /** Merged cells have a value in the first one only. Whether it counts for all of them, only a person knows. */
  readMerged(mapped: readonly Field[], accepted: ReadonlySet<OfferKind>): void {
    for (const field of mapped) {
      const column = this.#reading.columns[field]
      if (this.texts[field] !== undefined || column === undefined) continue
      const first = this.#reading.firstOf(this.line, column)
      if (first !== undefined && first.kind !== 'faulty') this.take(field, 'merged', first.text, accepted)
    }
  }

  readDays(order: 'day-month' | 'month-day' | undefined, accepted: ReadonlySet<OfferKind>): void {
    for (const field of dayFields) {
      const text = this.texts[field]
      if (text === undefined) continue
      const read = readDay(text, order)
      if ('doubt' in read) this.fault(read.doubt === 'order' ? 'day-order' : read.doubt, field)
      else if (read.isBuddhist) this.take(field, 'buddhist-year', read.day, accepted)
      else this.texts[field] = read.day
    }
  }

  check(): void {
    const { texts } = this
    const isFaulty = (field: Field) => this.faults.some((fault) => fault.field === field)
    for (const field of needed) if (!texts[field] && !isFaulty(field)) this.fault('missing', field)
    if (!texts.awardedOn && !texts.assessedOn && !isFaulty('awardedOn') && !isFaulty('assessedOn'))
      this.fault('missing', 'awardedOn')
    for (const field of ['name', 'nativeName', 'signatoryName'] as const) {
      const text = texts[field]
      // Names of people have no digits. Issuing itself is not so strict, because a document of old may have one.
      if (text && (personNameFault(text) !== undefined || /\p{Nd}/u.test(text))) this.fault('name', field)
    }
    for (const field of ['route', 'method'] as const) {
      const text = texts[field]
      if (text && !listed[field].some((value) => value === text)) this.fault('not-in-list', field)
    }
    const { replaces } = texts
    if (replaces && !/^(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(replaces))
      this.fault('malformed', 'replaces')
    if (Boolean(texts.signatoryName) !== Boolean(texts.signatoryPosition))
      this.fault('missing', texts.signatoryName ? 'signatoryPosition' : 'signatoryName')
  }
}

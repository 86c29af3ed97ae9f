import type { Table, TableRow } from '@sijil/tables'
import type { Act } from './acts.ts'

/** The fields of a certificate that a column can hold, as `sijil issue` names them, with other words for them in files of offices. */
const issueFields = {
  qualification: ['qualification id', 'คุณวุฒิ'],
  edition: ['edition id'],
  name: ['full name', 'name as printed', 'name of candidate', 'candidate', 'holder', 'ชื่อ', 'ชื่อ-สกุล', 'ชื่อ-นามสกุล'],
  nativeName: ['native name', 'name in thai', 'local name', 'ชื่อภาษาไทย'],
  birthDate: ['date of birth', 'born', 'dob', 'วันเกิด', 'วัน เดือน ปีเกิด'],
  number: [
    'certificate number',
    'certificate no',
    'cert no',
    'cert number',
    'no of certificate',
    'เลขที่ใบรับรอง',
    'เลขที่',
  ],
  registerNumber: ['register number', 'registration number', 'เลขทะเบียน'],
  assessedOn: ['assessed', 'date assessed', 'assessment date', 'date of assessment', 'วันที่ประเมิน'],
  awardedOn: ['awarded', 'date awarded', 'award date', 'date of award', 'issue date', 'วันที่ออก'],
  validUntil: ['valid until', 'expires', 'expiry', 'expiry date', 'วันหมดอายุ'],
  route: ['assessment route'],
  otherRoute: ['other route'],
  method: ['assessment method'],
  otherMethod: ['other method'],
  assessor: ['assessor reference'],
  centreId: ['centre', 'center', 'assessment centre', 'ac code', 'ศูนย์ประเมิน'],
  unit: ['units', 'unit codes', 'หน่วยสมรรถนะ'],
  limits: ['limits of scope'],
  signatoryName: ['signatory', 'signed by'],
  signatoryPosition: ['position of signatory'],
  language: ['lang'],
  replaces: ['replaced certificate'],
} as const satisfies Record<string, readonly string[]>

/** The fields of a list of certificates whose status changes. Each row has an id or a number. */
const statusFields = {
  certificate: ['certificate id', 'id', 'uuid', 'รหัสใบรับรอง'],
  number: issueFields.number,
  reason: ['reason for revocation', 'reason for suspension', 'why', 'เหตุผล'],
} as const satisfies Record<string, readonly string[]>

export type Field = keyof typeof issueFields | keyof typeof statusFields
/** The fields of a certificate that is issued. */
export const fieldNames = Object.keys(issueFields) as (keyof typeof issueFields)[]
const statusFieldNames = Object.keys(statusFields) as (keyof typeof statusFields)[]
/** The fields that a file of this kind has. */
export const fieldsOf = (act: Act): readonly Field[] => (act === 'issue' ? fieldNames : statusFieldNames)
export const everyField: readonly Field[] = [...new Set([...fieldNames, ...statusFieldNames])]
export const isField = (text: string): text is Field => everyField.some((field) => field === text)
export const dayFields: readonly Field[] = ['birthDate', 'assessedOn', 'awardedOn', 'validUntil']
const nameFields: readonly Field[] = ['name', 'nativeName', 'signatoryName']

/** Makes the spellings of one column name equal. */
export const foldHeader = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s._\-/()*:]+/gu, ' ')
    .trim()

const byHeaderOf = (fields: Partial<Record<Field, readonly string[]>>): ReadonlyMap<string, Field> =>
  new Map(
    (Object.entries(fields) as [Field, readonly string[]][]).flatMap(([field, names]) =>
      [field, field.replace(/[A-Z]/g, ' $&'), ...names].map((name) => [foldHeader(name), field] as const),
    ),
  )
const issueHeaders = byHeaderOf(issueFields)
const statusHeaders = byHeaderOf(statusFields)

/** A column of the file and its name. */
export interface Header {
  column: number
  text: string
  /** The field that its name says. */
  field?: Field
}

/** Lines above the column names: a title, the date of the list. */
const MOST_LINES_ABOVE = 20

/**
 * Finds the row of the column names: the one of the first rows in which most cells name a field. Without any, it is the first row with two
 * or more texts.
 */
export function headersIn({ rows, format }: Table, act: Act): { headers: Header[]; below: readonly TableRow[] } {
  // Members of JSON have their names themselves.
  const first = rows.slice(0, format === 'ndjson' ? 1 : MOST_LINES_ABOVE)
  const headersOf = (row: TableRow) => headersFor(row, act === 'issue' ? issueHeaders : statusHeaders)
  const known = first.map((row) => headersOf(row).filter(({ field }) => field !== undefined).length)
  const most = Math.max(...known)
  const at =
    most > 0
      ? known.indexOf(most)
      : Math.max(
          0,
          first.findIndex((row) => headersOf(row).length > 1),
        )
  const row = rows[at]
  return { headers: row === undefined ? [] : headersOf(row), below: rows.slice(at + 1) }
}

const headersFor = ({ cells }: TableRow, byHeader: ReadonlyMap<string, Field>): Header[] =>
  cells.flatMap((cell, column) => {
    if (cell?.kind !== 'text') return []
    const field = byHeader.get(foldHeader(cell.text))
    return [{ column, text: cell.text, ...(field && { field }) }]
  })

/** Which column holds which field. */
export type Columns = Partial<Record<Field, number>>

/** A field that two columns name is taken by the first. */
export function columnsOf(
  headers: readonly Header[],
  act: Act,
  remembered: (header: string) => Field | undefined,
): Columns {
  const columns: Columns = {}
  const fields = fieldsOf(act)
  for (const { column, text, field } of headers) {
    const meant = [remembered(foldHeader(text)), field].find((each) => each !== undefined && fields.includes(each))
    if (meant !== undefined) columns[meant] ??= column
  }
  return columns
}

/** Half of the values of a column must fit its field. */
const FITTING = 0.5
const MOST_SAMPLES = 200

/** Fields whose column holds something else, such as names in the place of numbers (N015). Nothing is read from such a file. */
export function misfits(columns: Columns, below: readonly TableRow[]): Field[] {
  const sample = below.slice(0, MOST_SAMPLES)
  return (Object.entries(columns) as [Field, number][]).flatMap(([field, column]) => {
    const cells = sample.flatMap(({ cells: all }) => all[column] ?? []).filter(({ kind }) => kind !== 'faulty')
    const fits = cells.filter((cell) => 'text' in cell && fitsField(field, cell.kind, cell.text))
    return cells.length > 0 && fits.length < cells.length * FITTING ? [field] : []
  })
}

function fitsField(field: Field, kind: string, text: string): boolean {
  if (dayFields.includes(field)) return kind === 'day' || /\p{Nd}/u.test(text)
  if (kind === 'day') return false
  if (nameFields.includes(field)) return /\p{L}/u.test(text) && !/\p{Nd}{3}/u.test(text)
  // A number of a person and a number of a certificate look alike, but a name has no digit.
  if (field === 'number') return /\p{Nd}/u.test(text)
  if (field === 'certificate') return /[0-9a-f]{4}-/i.test(text)
  return true
}

/** The look of a value without what it says, for a page that shows no person: `Aaa Aaaaa`, `99/99/9999`. */
export const shapeOf = (text: string): string =>
  text
    .slice(0, 40)
    .replace(/\p{M}/gu, '')
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{L}/gu, (letter) => (letter === 'A' ? letter : 'a'))
    .replace(/\p{Nd}/gu, '9')

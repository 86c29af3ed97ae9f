import { csvOf } from '@sijil/credentials/csv'
import { inputColumns } from './issue-input.ts'

/** Excel reads a file as UTF-8 only if it begins with this mark. */
const BYTE_ORDER_MARK = '\ufeff'

/** Values of the example row. The person does not exist, and a number with this beginning belongs to nobody. */
const example: Readonly<Record<string, string>> = {
  name: 'JUANA EXAMPLE',
  birthDate: '1996-04-02',
  number: 'EXAMPLE-0001',
}

/** A spreadsheet with every column and one example row. Cells that a certificate may leave out are empty. `today`: `YYYY-MM-DD`. */
export function rowsTemplate(qualification: string, today: string): string {
  const values: Readonly<Record<string, string>> = { ...example, qualification, assessedOn: today, awardedOn: today }
  return `${BYTE_ORDER_MARK}${csvOf(inputColumns, [inputColumns.map((column) => values[column] ?? '')])}`
}

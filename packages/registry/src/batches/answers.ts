import type { DayOrder } from '@sijil/tables'
import type { Columns, Field } from './columns.ts'

/** Faults that come with an offer. A person accepts it for all rows at once, or writes another value into a cell. */
export const offerKinds = ['buddhist-year', 'lost-zeros', 'zawgyi', 'merged'] as const
export type OfferKind = (typeof offerKinds)[number]

export const faultKinds = [
  ...offerKinds,
  // Of the cell itself.
  'day-order',
  'short-year',
  'no-day',
  'formula',
  'error-value',
  'lost-digits',
  'no-text',
  'no-object',
  'too-long',
  'too-many-cells',
  // Of what it says.
  'missing',
  'name',
  'not-in-list',
  'malformed',
  // Of the register.
  'number-twice',
  'number-in-use',
  'already-issued',
  'qualification',
  'edition',
  'units',
  'centre',
  'not-accredited',
  'days',
  'other',
  // Of the certificate that a list names.
  'unknown-certificate',
  'number-differs',
  'listed-twice',
  'already-revoked',
  'already-suspended',
  'not-suspended',
  'suspended-by-authority',
] as const
export type FaultKind = (typeof faultKinds)[number]

export interface RowFault {
  kind: FaultKind
  field?: Field
  /** What the cell would become. */
  offer?: string
  /** The certificate that holds the number, or that the row names. */
  certificate?: string
}

/** What people said about the file. It may name a person, so it is stored sealed. */
export interface BatchAnswers {
  columns?: Columns
  /** One value for all rows, such as the qualification. A cell of the file comes before it. */
  same?: Partial<Record<Field, string>>
  /** Asked once for the whole file. */
  order?: DayOrder
  /** Kinds of faults whose offers were accepted for every row. */
  accepted?: readonly OfferKind[]
  /** Single cells, written anew. */
  cells?: readonly { line: number; field: Field; text: string }[]
}

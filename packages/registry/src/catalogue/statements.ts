import type { StatedBy } from '@sijil/qualifications'
import type { QualificationHistory } from './qualification-at.ts'

/** One statement with its two moments, and with the name that its owner had then. */
export interface RecordedStatement {
  type: 'qualification-stated' | 'edition-stated' | 'qualification-retired'
  /** Id of the edition, of a statement about one. */
  edition?: string
  /** The reason for a retirement. */
  basis?: string
  statedBy: StatedBy
  /** The moment from which it counts. */
  effectiveAt: string
  recordedAt: string
}

/** Every statement ever recorded about a qualification, in the order of the records. */
export const statementsOf = ({ commits }: QualificationHistory): readonly RecordedStatement[] =>
  commits.flatMap(({ events, effectiveAt, recordedAt }) =>
    events.map((event) => ({
      type: event.type,
      ...(event.type === 'edition-stated' && { edition: event.edition.id }),
      ...(event.type === 'qualification-retired' && { basis: event.basis }),
      statedBy: event.statedBy,
      effectiveAt,
      recordedAt,
    })),
  )

import type { Placement, StatedBy } from '@sijil/qualifications'
import type { CatalogueEvent } from './events.ts'
import type { QualificationHistory } from './qualification-at.ts'

/** One statement with its two moments, and with the name that its owner had then. */
export interface RecordedStatement {
  type: Exclude<CatalogueEvent['type'], 'baseline-stated'>
  /** Id of the edition, of a statement about one. */
  edition?: string
  /** The reason for a retirement, an assignment, or the end of a placement. */
  basis?: string
  /** Where the authority of a framework placed the edition. */
  placement?: Placement
  statedBy: StatedBy
  /** The moment from which it counts. */
  effectiveAt: string
  recordedAt: string
}

/** Every statement of an owner ever recorded about a qualification, in the order of the records. */
export const statementsOf = ({ commits }: QualificationHistory): readonly RecordedStatement[] =>
  commits.flatMap(({ events, effectiveAt, recordedAt }) =>
    events.flatMap((event) =>
      event.type === 'baseline-stated'
        ? []
        : {
            type: event.type,
            ...(event.type === 'edition-stated' && { edition: event.edition.id }),
            ...((event.type === 'edition-placed' || event.type === 'placement-ended') && { edition: event.edition }),
            ...(event.type === 'edition-placed' && { placement: event.placement }),
            ...('basis' in event && { basis: event.basis }),
            statedBy: event.statedBy,
            effectiveAt,
            recordedAt,
          },
    ),
  )

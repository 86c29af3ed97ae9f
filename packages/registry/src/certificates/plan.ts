import type { Day, Instant, Unit } from '@sijil/credentials'
import type { Qualification } from '@sijil/qualifications'
import type { QualificationHistory } from '../catalogue/qualification-at.ts'
import type { IssueInput } from './issue-input.ts'

/** The request, checked against its qualification. Every fault is found before anything is written. */
export interface Plan {
  input: IssueInput
  qualification: Qualification
  /** Everything recorded about the qualification, for questions of other moments. */
  history: QualificationHistory
  units: readonly Unit[]
  /** True if it has some of the units only. */
  part: boolean
  /** The day from which validity counts. */
  award: Day
  validUntil: Instant | undefined
  /** The name is that of the registry. `requireCentre` sets it. */
  centre?: { id: string; name: string }
}

import type { Day, Instant, Unit } from '@sijil/credentials'
import type { Qualification } from '@sijil/qualifications'
import type { IssueInput } from './issue-input.ts'

/** The input, read against the qualification that it names: everything that can be wrong with it is known before anything is written. */
export interface Plan {
  input: IssueInput
  qualification: Qualification
  units: readonly Unit[]
  /** Some units only. */
  part: boolean
  /** The day from which validity counts. */
  award: Day
  validUntil: Instant | undefined
  /** As the registry names it; `requireCentre` fills it in. */
  centre?: { id: string; name: string }
}

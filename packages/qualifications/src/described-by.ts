import type { Day } from './day.ts'
import type { StatedBy } from './qualification.ts'

/**
 * Who says what a description says: its owner, from a day on, or nobody. Then it was read from public sources on `readOn`, and it is
 * unconfirmed.
 */
export type DescribedBy = { readOn: Day } | { statedBy: StatedBy; recordedOn: Day; effectiveOn: Day }

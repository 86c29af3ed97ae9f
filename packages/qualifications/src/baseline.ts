import type { Arrangement } from './arrangement.ts'
import type { Certifier } from './certifier.ts'
import type { Day } from './day.ts'
import type { Framework } from './framework.ts'
import type { Qualification } from './qualification.ts'
import type { ReportedCorridor } from './reported-corridor.ts'
import type { StateRecord } from './state-profile.ts'

/**
 * What a registry knows before anybody states anything: read from public sources, and confirmed by nobody. It is a file that is loaded
 * into the registry as records. No function imports it.
 */
export interface Baseline {
  /** 1, 2, 3 … A corrected file has the next one. */
  version: number
  /** The day on which its sources were read. */
  readOn: Day
  qualifications: readonly Qualification[]
  frameworks: readonly Framework[]
  bodies: readonly Certifier[]
  arrangements: readonly Arrangement[]
  states: readonly StateRecord[]
  /** Absent in versions before the second. */
  corridors?: readonly ReportedCorridor[]
}

import type { PinnedEdition } from './comparison.ts'
import type { PartyState } from './corridor.ts'

/** What step 7b of a track leaves behind: the level that two states agree on for one edition, in their corridor alone. */
export interface LevelRecord {
  corridor: string
  track: string
  edition: PinnedEdition
  /** 1 to 8. Agreed by both states, and endorsed by nobody else. */
  aqrf: number
  /** The level in the framework of the receiving state, where both agree on one. */
  hostLevel?: number
  /** Where both states published it. */
  source: string
  /** Of the edition. */
  origin: PartyState
  /** The only state for which it is shown. */
  host: PartyState
}

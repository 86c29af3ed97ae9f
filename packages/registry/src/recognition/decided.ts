import type { Grounds } from '../trust/events.ts'
import type { AppealState, CertificateClass, DecisionTerms, HostAuthority, JointParty } from './events.ts'

/** An edition of a standard. */
export interface RecognisedEdition {
  /** Its id, for one of this registry. Its address, `{registry}/qualifications/{id}`, for one of another. */
  qualification: string
  edition: string
}

/** Who decides together, and how far they are. */
export interface Jointly {
  /** What each party joins. */
  hash: string
  /** Those that joined, the proposer first. */
  parties: readonly JointParty[]
  /** Ids of those that have not. */
  missing: readonly string[]
  left: readonly string[]
  /** The last join. Absent: it counts for nobody yet, or never will. */
  from?: string
}

/** One class decision with all that was recorded about it. */
export interface ClassDecision {
  id: string
  of: RecognisedEdition
  host: HostAuthority
  class: CertificateClass
  terms: DecisionTerms
  /** Absent: the host decided alone. */
  jointly?: Jointly
  from: string
  recordedAt: string
  appeals: readonly { state: AppealState; note: string; at: string }[]
  ended?: { from: string; recordedAt: string } & Grounds
}

import type { Fitting } from '../recognition/count-fitting.ts'
import type { RecognisedEdition } from '../recognition/decided.ts'
import type { AppealState, CertificateClass, DecisionTerms } from '../recognition/events.ts'
import type { Grounds } from '../trust/events.ts'

/** What an authority decides about every certificate of one edition that a class covers, or about an earlier decision of its own. */
export type RecognitionChange = {
  recognised: RecognisedEdition
  /** Unique within the record of the edition. */
  decision: string
  /** RFC 3339 UTC. */
  effectiveAt: string
  /** Number of commits that the proposal was made on. A later decision makes it fail. */
  version?: number
} & (
  | {
      verb: 'recognise-class'
      class: CertificateClass
      terms: DecisionTerms
      /** Ids of the authorities that can join. Absent: the host decides alone. */
      jointly?: readonly string[]
      /** How many certificates fit, as the proposal says it. */
      fitting?: Fitting
    }
  /** Of the text with this hash. No later decision about the edition changes it, so it depends on no number of commits. */
  | { verb: 'join-recognition'; hash: string }
  | ({ verb: 'end-recognition' } & Grounds)
  | { verb: 'record-appeal'; state: AppealState; note: string }
)

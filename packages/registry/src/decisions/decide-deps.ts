import type { KeyMaker, SecretMaker } from '../ports.ts'
import type { CommitReader, CommitStore } from '../stream.ts'
import type { Grounds } from '../trust/events.ts'
import type { TrustPolicy } from '../trust/policy.ts'

/** The fields of every decision about a grant. */
export interface Decision extends Grounds {
  /** Id of the holder of the grant: a body, a centre, or an authority below another. */
  grantee: string
  /** Id of the grant, unique within the grantee's stream. */
  grant: string
  actor: string
  /** The moment it counts from, RFC 3339, UTC. */
  effectiveAt: string
}

/** Dependencies of questions about decisions. They only read. */
export interface DecideReader {
  store: CommitReader
  policy: TrustPolicy
  now: Date
}

export interface DecideDeps extends DecideReader {
  store: CommitStore
}

export interface CarryOutDeps extends DecideDeps {
  keys: KeyMaker
  secrets: SecretMaker
  baseUrl: string
  /** Set in a dry run (`rehearsal`), where the store writes nothing. */
  rehearsal?: true
}

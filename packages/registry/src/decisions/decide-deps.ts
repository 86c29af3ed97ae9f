import type { KeyMaker, SecretMaker } from '../ports.ts'
import type { CommitReader, CommitStore } from '../stream.ts'
import type { Grounds } from '../trust/events.ts'
import type { TrustPolicy } from '../trust/policy.ts'

/** What every decision about a grant says. */
export interface Decision extends Grounds {
  /** Whose grant it is: a body, a centre, or an authority below another. */
  grantee: string
  /** Names this grant within the grantee's stream. */
  grant: string
  actor: string
  /** The day it counts from, RFC 3339 UTC. */
  effectiveAt: string
}

/** What a question about decisions reads. */
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
  /** Only asks whether it could be done: its store writes nothing. */
  rehearsal?: true
}

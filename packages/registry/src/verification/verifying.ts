import type { BoxReader } from '../ports.ts'
import type { CommitReader } from '../stream.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { TrustReader } from '../trust/reader.ts'
import type { Elsewhere } from './elsewhere.ts'
import type { Endorsement, Verification } from './verification.ts'

/** What verifying needs, and all that it is granted: it can write nothing and decrypt nothing. */
export interface Verifying {
  reader: CommitReader
  boxes: BoxReader
  trust: TrustReader
  policy: TrustPolicy
  baseUrl: string
  /** Once a request. */
  now: Date
  /**
   * By when an outside witness had cosigned a log that holds this document's hash (RFC 3339 UTC); nothing where none had. Absent
   * where there is no log: then nothing survives the compromise of its key.
   */
  witnessed?: (hash: string) => Promise<string | undefined>
  /** How far the public logs are signed; absent where it cannot be read. From memory: a verdict waits for no read of its own. */
  treeSizes?: () => Promise<Verification['log']>
  /** The list that speaks for a DID which is none of this registry's own; absent where there are none. */
  elsewhere?: (did: string) => Promise<Elsewhere | undefined>
  /** What regional lists say of an issuer and a qualification; absent where there are none. */
  endorsements?: (did: string, qualification: string) => Promise<Endorsement[]>
  /** For documents of others only; a chunk of its own, loaded when it is needed. */
  general: () => Promise<typeof import('@sijil/credentials/general')>
}

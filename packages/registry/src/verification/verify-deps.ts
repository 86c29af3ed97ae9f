import type { BoxReader } from '../ports.ts'
import type { CommitReader } from '../stream.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { TrustReader } from '../trust/reader.ts'
import type { RemoteRegistry } from './remote-registry.ts'
import type { Endorsement, Verification } from './verification.ts'

/** All that verifying is given: it can write nothing and decrypt nothing. What a deployment does not have is `undefined`, and said so. */
export interface VerifyDeps {
  reader: CommitReader
  boxes: BoxReader
  trust: TrustReader
  policy: TrustPolicy
  baseUrl: string
  /** Once a request. */
  now: Date
  /**
   * By when an outside witness had cosigned a log that holds this document's hash (RFC 3339 UTC); nothing where none had. Without a log
   * nothing survives the compromise of its key.
   */
  witnessed: ((hash: string) => Promise<string | undefined>) | undefined
  /** How far the public logs are signed; nothing where it cannot be read. From memory: a verdict waits for no read of its own. */
  treeSizes: (() => Promise<Verification['log']>) | undefined
  /** The registry whose list speaks for a DID that is none of this registry's own. */
  findRemote: ((did: string) => Promise<RemoteRegistry | undefined>) | undefined
  /** What regional lists say of an issuer and a qualification. */
  endorsements: ((did: string, qualification: string) => Promise<Endorsement[]>) | undefined
  /** For documents of others only; a chunk of its own, loaded when it is needed. */
  general: () => Promise<typeof import('@sijil/credentials/general')>
}

/** For a verifier that asks neither a log nor another registry. */
export const storeOnly = {
  witnessed: undefined,
  treeSizes: undefined,
  findRemote: undefined,
  endorsements: undefined,
} as const satisfies Partial<VerifyDeps>

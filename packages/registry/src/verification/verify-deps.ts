import type { CatalogueReader } from '../catalogue/reader.ts'
import type { BoxReader } from '../ports.ts'
import type { RecognitionReader } from '../recognition/reader.ts'
import type { CommitReader } from '../stream.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { TrustReader } from '../trust/reader.ts'
import type { RemoteRegistry } from './remote-registry.ts'
import type { Endorsement, Verification } from './verification.ts'

/** Everything that verification uses. It cannot write or decrypt. A part that a deployment lacks must be passed as `undefined`. */
export interface VerifyDeps {
  reader: CommitReader
  boxes: BoxReader
  trust: TrustReader
  catalogue: CatalogueReader
  policy: TrustPolicy
  baseUrl: string
  /** The server's clock, read once a request. */
  now: Date
  /**
   * The time by which an outside witness had cosigned a log with this document's hash (RFC 3339 UTC). `undefined` if none had. Without
   * a log no certificate survives the compromise of its key.
   */
  witnessed: ((hash: string) => Promise<string | undefined>) | undefined
  /** Signed sizes of the public logs. `undefined` if they cannot be read. They are cached, so that a verdict does not wait for a read. */
  treeSizes: (() => Promise<Verification['log']>) | undefined
  /** Finds the registry whose accepted list names a DID that is not of this registry. */
  findRemote: ((did: string) => Promise<RemoteRegistry | undefined>) | undefined
  /** Statements of regional lists about an issuer and a qualification. */
  endorsements: ((did: string, qualification: string) => Promise<Endorsement[]>) | undefined
  /** Class decisions of host authorities. */
  recognitions: RecognitionReader | undefined
  /** Used only for documents of other issuers. It is a separate chunk, loaded when needed. */
  general: () => Promise<typeof import('@sijil/credentials/general')>
}

/** For a verifier that reads neither a log nor another registry's list. */
export const storeOnly = {
  witnessed: undefined,
  treeSizes: undefined,
  findRemote: undefined,
  endorsements: undefined,
  recognitions: undefined,
} as const satisfies Partial<VerifyDeps>

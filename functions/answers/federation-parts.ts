import type { CommitReader, Signer, StatementKey } from '@sijil/registry'
import type { VerifyDeps } from '@sijil/registry/verification'

export interface FederationParts extends Pick<VerifyDeps, 'trust' | 'policy' | 'baseUrl'> {
  reader: CommitReader
  signer: Signer
  clock: () => Date
}

/** Whatever one answer is made from: one moment, and one set of keys. */
export interface Speaking extends FederationParts {
  now: Date
  /** The beginning of this minute in seconds since 1970, as JWTs count. */
  issuedAt: number
  key: StatementKey
  /** By which statements that are alive are checked. */
  current: readonly StatementKey[]
  /** All that ever signed, but those that were compromised. */
  believed: readonly StatementKey[]
}

import type { IndependentVerdict } from '@sijil/credentials/independent'
import type { IssueInput } from '../certificates/issue-input.ts'
import type { Patience } from '../lost-race.ts'
import type { BoxStore, NoteSealer, SecretReader, Signer } from '../ports.ts'
import type { CommitStore } from '../stream.ts'
import type { DidDocument } from '../trust/did-document.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { IssuingQuota } from './quota.ts'

export interface IssueRequest {
  issuer: string
  /** Subject of the access token. */
  subject: string
  idempotencyKey: string
  input: IssueInput
  /** The edition that a batch was approved with. If another one counts by now, the request is refused. */
  approvedEdition?: string
  /** True if a second person approved a batch with this very row. Only a batch says so, and the brake holds all the same. */
  hasSecond?: boolean
  /** The id of the batch of which it is a row. Batches have a lane of their own, so they are not counted in the quota. */
  batch?: string
}

export interface IssueDeps {
  store: CommitStore
  boxes: BoxStore
  signer: Signer
  secrets: SecretReader
  /** Seals the links of letters of good standing for the officers of the authority that they are for. */
  sealer: NoteSealer
  policy: TrustPolicy
  baseUrl: string
  /** Verifies a signed document with a library of another project. A certificate that it refuses is not released. */
  verifyIndependently: (document: object, by: { didDocument: DidDocument; now: Date }) => Promise<IndependentVerdict>
  now: Date
  random: (bytes: number) => Uint8Array
  patience: Patience
  quota: IssuingQuota
}

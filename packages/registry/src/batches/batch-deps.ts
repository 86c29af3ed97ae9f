import type { Patience } from '../lost-race.ts'
import type { RangeQueue, SecretReader } from '../ports.ts'
import type { CommitStore } from '../stream.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { UploadDeps } from './uploads.ts'

/** For everything but issuing the rows. */
export interface BatchDeps extends UploadDeps {
  store: CommitStore
  secrets: SecretReader
  policy: TrustPolicy
  queue: RangeQueue
  patience: Patience
  now: Date
}

/** To send the messages of a batch, without opening its rows. */
export type SendDeps = Pick<BatchDeps, 'store' | 'queue' | 'patience' | 'now'>

/** Rows of one file. More of them go up in another way than inside a request. */
export const MOST_ROWS = 500
/** Bytes of one file. */
export const MOST_BYTES = 4 * 1024 * 1024

/** Names one batch and the member who asks. */
export interface BatchRequest {
  issuer: string
  subject: string
  id: string
}

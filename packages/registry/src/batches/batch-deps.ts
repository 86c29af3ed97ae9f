import type { Patience } from '../lost-race.ts'
import type { RangeQueue, SecretReader } from '../ports.ts'
import type { CommitStore } from '../stream.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { RowFault } from './answers.ts'
import type { PieceMemory } from './piece-memory.ts'
import type { UploadDeps } from './uploads.ts'

/** For everything but issuing the rows. */
export interface BatchDeps extends UploadDeps {
  store: CommitStore
  secrets: SecretReader
  policy: TrustPolicy
  queue: RangeQueue
  patience: Patience
  now: Date
  /** What this process counted before. */
  pieces?: PieceMemory
  /** What it judged shortly before. */
  fates?: FateMemory
}

/** What the register says of a row. */
export interface Fate {
  faults: readonly RowFault[]
  /** The edition in which its certificate would be. */
  edition?: string
}

/** `name` is a keyed hash, so no memory holds a person. */
type FateMemory = (name: string, judge: () => Promise<Fate>) => Promise<Fate>

/** To send the messages of a batch, without opening its rows. */
export type SendDeps = Pick<BatchDeps, 'store' | 'pieces' | 'queue' | 'patience' | 'now'>

/** Of a file inside a request. */
export const MOST_ROWS = 500
export const MOST_BYTES = 4 * 1024 * 1024
/** Of a file that was sent to the bucket itself. */
export const MOST_UPLOADED_ROWS = 100_000
export const MOST_UPLOADED_BYTES = 32 * 1024 * 1024
/** Rows that are judged in one call, by the register. A longer file is judged in parts, and read as a whole for each of them. */
export const PART_ROWS = 10_000

/** Names one batch and the member who asks. */
export interface BatchRequest {
  issuer: string
  subject: string
  id: string
}

import type { PauseReason } from './batch.ts'
import type { DoneRow, RejectedRow } from './piece-rows.ts'

/** `stop`: the row has no outcome, and no further row is begun. */
export type RowResult = DoneRow | RejectedRow | { row: number; stop: PauseReason | 'again' }

/** What a batch does with the rows of one piece, by their places. */
export interface RowWork {
  /** Does a row, or says why not. The same row again is done once. */
  begin(row: number): Promise<RowResult>
  /** The certificate of a row that was done, by that certificate's own record. What was begun and not finished is ended. */
  settle(row: number): Promise<string | undefined>
}

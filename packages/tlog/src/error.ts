/** Every reason for which this package refuses its input. */
export type TlogErrorCode =
  /** The caller passed an impossible size, index or time. */
  | 'out-of-range'
  | 'malformed-key'
  | 'malformed-note'
  | 'malformed-checkpoint'
  | 'malformed-tile'
  | 'malformed-entries'
  | 'malformed-proof'
  /** A line names a known key, and its signature does not verify. */
  | 'signature-failed'
  /** None of the known keys signed. */
  | 'not-signed'
  | 'wrong-origin'
  /** No chain of handovers leads from the known key of the log to its current key. */
  | 'not-handed-over'
  /** Hashes, entries or tiles do not belong to the tree. */
  | 'wrong-hash'
  /** The proof does not show that the entry is in the tree. */
  | 'not-included'
  /** Fewer witnesses cosigned than the policy requires. */
  | 'not-witnessed'

/** The message never repeats the input. */
export class TlogError extends Error {
  override readonly name = 'TlogError'
  readonly code: TlogErrorCode
  constructor(code: TlogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

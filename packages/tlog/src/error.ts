/** Everything that this package refuses, by name. */
export type TlogErrorCode =
  /** An argument of ours: a size, an index or a time that cannot be. */
  | 'out-of-range'
  | 'malformed-key'
  | 'malformed-note'
  | 'malformed-checkpoint'
  | 'malformed-tile'
  | 'malformed-entries'
  | 'malformed-proof'
  /** A line names a known key, and its signature does not verify. */
  | 'signature-failed'
  /** No known key signed. */
  | 'not-signed'
  | 'wrong-origin'
  /** The keys of a log do not lead from the one that is known to the one that signs now. */
  | 'not-handed-over'
  /** Hashes, entries or tiles are not those of the tree that they are said to belong to. */
  | 'wrong-hash'
  /** A proof does not show that the entry is in the tree. */
  | 'not-included'
  /** Fewer witnesses cosigned than were asked for. */
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

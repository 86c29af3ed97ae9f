import type { Fault } from '@sijil/registry'

/** What the edge itself refuses, before or beside any decision of the registry. */
export type EdgeErrorCode =
  | 'malformed-request'
  | 'unauthorized'
  | 'insufficient-scope'
  | 'sign-in-required'
  | 'sign-in-failed'
  | 'foreign-form'
  | 'forbidden'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'payload-too-large'
  | 'unsupported-media-type'
  | 'rate-limited'
  | 'not-implemented'
  | 'authority-not-served'
  | 'status-not-retrievable'

/** The message is for the caller, like that of a `RegistryError`: no input, no internals. */
export class EdgeError extends Error {
  override readonly name = 'EdgeError'
  readonly code: EdgeErrorCode
  readonly faults: readonly Fault[]
  /** Sent with the problem: `www-authenticate`, `allow`. */
  readonly headers: Readonly<Record<string, string>>
  constructor(
    code: EdgeErrorCode,
    message: string,
    options: ErrorOptions & { faults?: readonly Fault[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message, options)
    this.code = code
    this.faults = options.faults ?? []
    this.headers = options.headers ?? {}
  }
}

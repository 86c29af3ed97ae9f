import type { Fault } from '@sijil/registry'

/** Refusals of the HTTP layer, independent of any decision of the registry. */
export type EdgeErrorCode =
  | 'malformed-request'
  | 'unauthorized'
  | 'insufficient-scope'
  | 'sign-in-required'
  | 'sign-in-failed'
  /** The sign-in of a person, as stated, does not suffice to approve. */
  | 'stronger-sign-in-required'
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

/** The message is for the caller, as in a `RegistryError`: it contains no input and no internals. */
export class EdgeError extends Error {
  override readonly name = 'EdgeError'
  readonly code: EdgeErrorCode
  readonly faults: readonly Fault[]
  /** Headers of the problem, such as `www-authenticate` and `allow`. */
  readonly headers: Readonly<Record<string, string>>
  /** Each is the whole value of one `Set-Cookie` header. */
  readonly cookies: readonly string[]
  /** The texts of an own form that is too long for a cookie. Only the page that answers this form shows them. */
  readonly unkept: Readonly<Record<string, string>>
  constructor(
    code: EdgeErrorCode,
    message: string,
    options: ErrorOptions & {
      faults?: readonly Fault[]
      headers?: Readonly<Record<string, string>>
      cookies?: readonly string[]
      unkept?: Readonly<Record<string, string>>
    } = {},
  ) {
    super(message, options)
    this.code = code
    this.faults = options.faults ?? []
    this.headers = options.headers ?? {}
    this.cookies = options.cookies ?? []
    this.unkept = options.unkept ?? {}
  }
}

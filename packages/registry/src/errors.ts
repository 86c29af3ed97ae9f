import type { RefusalReason } from './refusal-reasons.ts'

/** Every refusal of the registry. `http/problems.ts` has the HTTP status and title of each. */
export type RegistryErrorCode =
  | 'validation-failed'
  /** A page token that no answer contained. */
  | 'no-such-page'
  | 'malformed-json'
  | 'document-too-complex'
  | 'not-found'
  | 'conflict'
  /** It was here, and is no longer. */
  | 'gone'
  | 'in-progress'
  | 'write-conflict'
  | 'idempotency-key-missing'
  | 'idempotency-key-reuse'
  | 'type-not-in-scope'
  | 'issuer-suspended'
  | 'issuer-not-accredited'
  | 'four-eyes-required'
  | 'fresh-sign-in-required'
  | 'dependency-unavailable'
  /** The store refuses this role. No repeat helps until an operator repairs its policies. */
  | 'store-access-denied'
  /** The clocks of this machine and of the store differ, so no decision is made. */
  | 'clock-astray'
  /** This key refuses to sign: disabled, scheduled for deletion, or its grant revoked. Other keys still sign. */
  | 'signing-key-unavailable'
  /** The registry paused issuing of one qualification by one issuer, as a safety measure. */
  | 'issuing-paused'
  /** A body, or one of its clients, has used its quota of issuing for now. */
  | 'quota-exceeded'
  /** One member has reached the limit for one person for now. Another member can continue. */
  | 'member-limit-reached'
  /** A stored file is missing, or is not the one that the record names. */
  | 'artefact-differs'
  | 'internal'

/** One fault of an input: where (a JSON Pointer, RFC 6901) and how to fix it. Never the value itself. */
export interface Fault {
  pointer: string
  detail: string
  reason?: RefusalReason
}

/** The message is for the caller, so it has no personal data and no internals. `cause` is for the log. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
  readonly code: RegistryErrorCode
  readonly faults: readonly Fault[]
  readonly reason: RefusalReason | undefined
  /** Seconds after which the same request can succeed, if known. */
  readonly retryAfter: number | undefined
  constructor(
    code: RegistryErrorCode,
    message: string,
    options: ErrorOptions & { faults?: readonly Fault[]; retryAfter?: number; reason?: RefusalReason } = {},
  ) {
    super(message, options)
    this.code = code
    this.faults = options.faults ?? []
    this.reason = options.reason
    this.retryAfter = options.retryAfter
  }
}

/** A part of the service is unavailable now. The same question may be answered later. */
export const isAway = (error: unknown): boolean =>
  error instanceof RegistryError && (error.code === 'dependency-unavailable' || error.code === 'store-access-denied')

/** For parts that an answer can omit: undefined while the store is away, so that the answer does not wait for it (F5). */
export async function unlessAway<T>(work: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isAway(error)) return undefined
    throw error
  }
}

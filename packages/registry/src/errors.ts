/** Everything that the registry refuses, by name. What the world is told for each is a table in `http/problems.ts`. */
export type RegistryErrorCode =
  | 'validation-failed'
  /** A place in a list that no page of it gave. */
  | 'no-such-page'
  | 'malformed-json'
  | 'document-too-complex'
  | 'not-found'
  | 'conflict'
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
  /** The clock of this machine and that of the store differ: nothing is decided by it. */
  | 'clock-astray'
  /** The key itself refuses: disabled, to be deleted, its grant withdrawn. Others sign as before. */
  | 'signing-key-unavailable'
  /** Of one qualification by one issuer, by the registry's own safety. */
  | 'issuing-paused'
  /** A body, or one client of it, has had its share of issuing for now. */
  | 'quota-exceeded'
  /** One person has done, or asked for, as much as one person may for now: another one goes on. */
  | 'member-limit-reached'
  | 'internal'

/** One thing that is wrong with an input: where (a JSON Pointer, RFC 6901) and how to mend it. Never the value itself. */
export interface Fault {
  pointer: string
  detail: string
}

/** The message is for the caller: it carries no personal data and no internals. `cause` is for the log. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
  readonly code: RegistryErrorCode
  readonly faults: readonly Fault[]
  /** Seconds, where it is known when the same request can succeed. */
  readonly retryAfter: number | undefined
  constructor(
    code: RegistryErrorCode,
    message: string,
    options: ErrorOptions & { faults?: readonly Fault[]; retryAfter?: number } = {},
  ) {
    super(message, options)
    this.code = code
    this.faults = options.faults ?? []
    this.retryAfter = options.retryAfter
  }
}

/** A part of the service cannot be used now: the same question may be answered later. */
export const isAway = (error: unknown): boolean =>
  error instanceof RegistryError && error.code === 'dependency-unavailable'

/** For what only accompanies an answer: left out while the store is away, so that the answer does not wait for it (F5). */
export async function unlessAway<T>(work: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isAway(error)) return undefined
    throw error
  }
}

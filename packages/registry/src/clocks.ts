/**
 * The tolerances between clocks, and the times that the registry waits for lagging parts. Each number is written only here, except one for
 * documents of others (`general/verify-proofs.ts` in credentials). Skew never extends a validity at its end (I8).
 */

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** The identity provider's clock may be ahead of ours by this much, for access tokens and for sign-ins. */
export const SIGN_IN_TOLERANCE_MS = 5_000

/** The store's clock may differ by this much. The network cannot cause more; less changes nothing, because of `TRUST_SETTLED_MS`. */
export const STORE_TOLERANCE_MS = 5_000

/** The time that a signer states for its signature may differ from our record by this much. */
export const PROOF_TOLERANCE_MS = 5 * 60_000

/**
 * Each machine of this registry may differ from the store by a little over five seconds, so two machines by twice that. Another machine's
 * clock set the moment from which a certificate counts. It counts already if that moment is this much ahead.
 */
export const MACHINES_DIFFER_MS = 15_000

/** A request lasts half a minute at most, and states the moment at which it began. */
export const REQUEST_MS = 30_000

/** The clock of a witness of the logs may be ahead of ours by this much. */
export const WITNESS_TOLERANCE_MS = 60_000

/** The clock of another registry may be ahead of ours by this much. A list from further ahead would outlive every later list. */
export const REGISTRY_TOLERANCE_MS = 10 * MINUTE_MS

/** Caches of reads keep an answer for this long. After it, every reader sees a change. */
export const MEMORY_MS = 10_000

/** Changes are read again this far back, because an index may lag and a clock be ten minutes behind. No older list changes. */
export const INDEX_LAG_MS = 15 * MINUTE_MS

/** A younger commit may be in no log yet. Covers ten runs of the writer and a clock that is slightly ahead. */
export const LOG_LAG_MS = 10 * MINUTE_MS

/** The writer of the logs reads a reservation for the last time at this age. Long before, it is released or abandoned. */
export const LAST_READ_MS = 3 * HOUR_MS

/** Indexes and caches may lag this long. After it, an answer about trust no longer changes. */
export const TRUST_SETTLED_MS = 5 * MINUTE_MS

/** KMS shows a new key and its tags everywhere within five minutes. A younger key that cannot be used is not reported as unusable. */
export const NEW_KEY_MS = 10 * MINUTE_MS

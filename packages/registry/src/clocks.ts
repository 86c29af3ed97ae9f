/**
 * What the registry forgives between clocks, and for how long it waits for what lags. Each number stands here once; documents of others
 * have one more (`general/verify-proofs.ts` in credentials). Skew never extends a validity at its end (I8).
 */

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** The identity provider's clock may be ahead of ours by this much, for access tokens and for sign-ins. */
export const SIGN_IN_TOLERANCE_MS = 5_000

/** The store's clock may differ by this much. More is no accident of the network, and less changes nothing (`TRUST_SETTLED_MS`). */
export const STORE_TOLERANCE_MS = 5_000

/** What a signer states of the time of its signature may differ from our record by this much. */
export const PROOF_TOLERANCE_MS = 5 * 60_000

/**
 * Each machine of this registry may differ from the store by five seconds and a little, so two of them by twice that. The day from which
 * a recorded certificate counts was set by another machine's clock: so much ahead it counts already.
 */
export const MACHINES_DIFFER_MS = 15_000

/** The clock of a witness of the logs may be ahead of ours by this much. */
export const WITNESS_TOLERANCE_MS = 60_000

/** The clock of another registry may be ahead of ours by this much: a list of the time to come would outlive every later one. */
export const REGISTRY_TOLERANCE_MS = 10 * MINUTE_MS

/** Reads keep what they know for this long. A change is seen by all of them after it. */
export const MEMORY_MS = 10_000

/** An index may lag, and a clock be ten minutes behind: changes are looked for again this far back, and no older list changes. */
export const INDEX_LAG_MS = 15 * MINUTE_MS

/** What is younger may be in no log yet: ten runs of the writer, and a clock that is a little ahead. */
export const LOG_LAG_MS = 10 * MINUTE_MS

/** Indexes and memories may lag this long. An older answer about trust does not change. */
export const TRUST_SETTLED_MS = 5 * MINUTE_MS

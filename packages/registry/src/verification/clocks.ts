/** How far clocks may differ, each where it matters. Skew never extends a validity at its end (I8). */

/** What a signer states of the time of its signature, against our record. */
export const PROOF_TOLERANCE_MS = 5 * 60_000

/**
 * Each machine of this registry may differ from the store by five seconds and a little, so two of them by twice that. The day from which
 * a recorded certificate counts was set by another machine's clock: so much ahead it counts already.
 */
export const MACHINES_DIFFER_MS = 15_000

/** A list of another registry that was made so far in our future is still believed. */
export const LIST_TOLERANCE_MS = 10 * 60_000

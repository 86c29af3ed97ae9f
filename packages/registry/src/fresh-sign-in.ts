import { MINUTE_MS, SIGN_IN_TOLERANCE_MS } from './clocks.ts'

/** Longest age of a sign-in that may approve, in milliseconds. */
const FRESH_MS = 10 * MINUTE_MS

/** True if a person signed in recently enough to approve. A sign-in in the future, beyond the tolerance, is not fresh. */
export function isFreshSignIn(signedInAt: Date | undefined, now: Date): boolean {
  const age = signedInAt === undefined ? Number.POSITIVE_INFINITY : now.getTime() - signedInAt.getTime()
  return age <= FRESH_MS && age >= -SIGN_IN_TOLERANCE_MS
}

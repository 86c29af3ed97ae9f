import { MINUTE_MS, SIGN_IN_TOLERANCE_MS } from '../clocks.ts'

/** The sign-in of a person, at most this long ago. */
const FRESH_MS = 10 * MINUTE_MS

/** Does a sign-in allow to approve now? */
export function isFreshSignIn(signedInAt: Date | undefined, now: Date): boolean {
  const age = signedInAt === undefined ? Number.POSITIVE_INFINITY : now.getTime() - signedInAt.getTime()
  return age <= FRESH_MS && age >= -SIGN_IN_TOLERANCE_MS
}

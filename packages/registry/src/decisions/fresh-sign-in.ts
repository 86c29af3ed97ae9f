/** The sign-in of a person, at most this long ago. */
const FRESH_MS = 10 * 60_000
/** As for access tokens. */
const CLOCK_TOLERANCE_MS = 5_000

/** Does a sign-in allow to approve now? */
export function isFreshSignIn(signedInAt: Date | undefined, now: Date): boolean {
  const age = signedInAt === undefined ? Number.POSITIVE_INFINITY : now.getTime() - signedInAt.getTime()
  return age <= FRESH_MS && age >= -CLOCK_TOLERANCE_MS
}

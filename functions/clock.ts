import type { RetryStrategy } from '@sijil/aws'

let milliseconds: () => number = Date.now
let storeRetries: RetryStrategy | undefined

/** The time of this process. All other code gets the time as an argument. */
export const clock = (): Date => new Date(milliseconds())

/** The time of this process, in milliseconds since 1970. */
export const clockMilliseconds = (): number => milliseconds()

/** When and how often this process repeats a failed request to the store. Without it, the AWS SDK decides. */
export const retriesOfStore = (): RetryStrategy | undefined => storeRetries

/**
 * Replaces the clock of this process, in milliseconds since 1970, and the pauses before it repeats a request to the store. Only a local
 * registry does this: no deployed function calls it.
 */
export function runBy(other: () => number, retries?: RetryStrategy): void {
  milliseconds = other
  storeRetries = retries
}

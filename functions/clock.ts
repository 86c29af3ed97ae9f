import type { RetryStrategy, Table } from '@sijil/aws'

let milliseconds: () => number = Date.now
let store: LocalStore = {}

/** The time of this process. All other code gets the time as an argument. */
export const clock = (): Date => new Date(milliseconds())

/** The time of this process, in milliseconds since 1970. */
export const clockMilliseconds = (): number => milliseconds()

/** How this process reaches the store. */
export interface LocalStore {
  /** When and how often a failed request is repeated. Without it, the AWS SDK decides. */
  retries?: RetryStrategy
  /** The client of every request, in place of that of the AWS SDK. */
  client?: Table['client']
}

export const localStore = (): LocalStore => store

/**
 * Replaces the clock of this process, in milliseconds since 1970, and its way to the store. Only a local registry does this: no deployed
 * function calls it.
 */
export function runBy(time: () => number, way: LocalStore = {}): void {
  milliseconds = time
  store = way
}

let milliseconds: () => number = Date.now

/** The time of this process. All other code gets the time as an argument. */
export const clock = (): Date => new Date(milliseconds())

/** The time of this process, in milliseconds since 1970. */
export const clockMilliseconds = (): number => milliseconds()

/** Replaces the clock of this process, in milliseconds since 1970. Only a local registry does this: no deployed function calls it. */
export function runBy(other: () => number): void {
  milliseconds = other
}

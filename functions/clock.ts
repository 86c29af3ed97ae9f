let milliseconds: () => number = Date.now

/** The time of this process. Everything below gets it as an argument. */
export const clock = (): Date => new Date(milliseconds())

/** The same, in milliseconds since 1970. */
export const clockMilliseconds = (): number => milliseconds()

/** Runs this process by another clock, in milliseconds since 1970. Only a local registry does this: no deployed function calls it. */
export function runBy(other: () => number): void {
  milliseconds = other
}

import { RegistryError } from './errors.ts'

/** What coming back after a lost race needs. */
export interface Patience {
  /** Chance, so that those who lost together do not come back together. */
  random: (bytes: number) => Uint8Array
  clock: () => Date
  pause: (milliseconds: number) => Promise<void>
}

/** The most that is waited the first time; twice as much each time, up to the second line. */
const FIRST_PAUSE_MS = 20
const MAX_PAUSE_MS = 640
/** Whoever has not won by then is told (409, Retry-After), so that a request ends well within its time. */
const BUDGET_MS = 5_000

/**
 * A race for one commit has one winner, and whoever lost looks again: after a pause drawn at random, so that a hundred writers end in
 * a row and not in a heap (F4). `attempt` must read afresh what it decides on.
 */
export async function untilWon<T>(attempt: () => Promise<T>, { random, clock, pause }: Patience): Promise<T> {
  const end = clock().getTime() + BUDGET_MS
  for (let round = 0; ; round++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isLostRace(error)) throw error
      const most = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** round)
      const milliseconds = Math.ceil(most * fraction(random))
      if (clock().getTime() + milliseconds > end) throw error
      await pause(milliseconds)
    }
  }
}

export const isLostRace = (error: unknown): boolean => error instanceof RegistryError && error.code === 'write-conflict'

/** From 0 to 1, neither included. */
function fraction(random: Patience['random']): number {
  const [high = 0, low = 0] = random(2)
  return (high * 256 + low + 0.5) / 65_536
}

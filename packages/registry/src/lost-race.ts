import { RegistryError } from './errors.ts'

/** What a retry after a lost race needs. */
export interface Patience {
  /** Randomness, so that requests that lost together do not retry together. */
  random: (bytes: number) => Uint8Array
  clock: () => Date
  pause: (milliseconds: number) => Promise<void>
}

/** The upper limit of the first pause. It doubles each time, up to `MAX_PAUSE_MS`. */
const FIRST_PAUSE_MS = 20
const MAX_PAUSE_MS = 640
/** A request that has not won by then fails (409, Retry-After), so that it ends well within its time limit. */
const BUDGET_MS = 5_000

/**
 * Repeats `attempt` while it loses the race for a commit, after a random pause, so that a hundred writers end one after another (F4).
 * `attempt` must read the state that it decides on again each time. Throws the last `write-conflict` after `BUDGET_MS`.
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

/** A random fraction between 0 and 1, both excluded. */
function fraction(random: Patience['random']): number {
  const [high = 0, low = 0] = random(2)
  return (high * 256 + low + 0.5) / 65_536
}

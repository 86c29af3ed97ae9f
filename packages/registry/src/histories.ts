import { MEMORY_MS } from './clocks.ts'
import { isAway } from './errors.ts'

/** Reads the history of an entity or a record by its id, directly or through a cache. */
export interface HistoryReader<H> {
  (id: string): Promise<H>
  /** Age in seconds of what would be answered now. Absent: nothing is cached. */
  ageOf?(id: string): number
  /** True if a recent answer was older than usual because the store is away. No cache in front may keep such an answer. */
  isBehind?(): boolean
}

/** Cached histories are read again after this time. */
const FRESH_MS = MEMORY_MS
/** How long cached histories count while the store does not answer. A suspension is seen within this time (I22). */
export const MAX_AGE_MS = 60_000
/** As long as `remembered` may keep what was computed from an old answer. */
const BEHIND_MS = MEMORY_MS
/** A store that just failed is not asked for this long. */
const RETRY_MS = 2_000

interface Kept<H> {
  /** When the store was asked. */
  at: number
  history: H
  /** Set after a failure: the store is not asked again before this moment. */
  retryAt?: number
}

interface Limits<H> {
  isKnown: (history: H) => boolean
  most: number
  /** Weight of one history, and the most that all may have together. */
  weigh?: (history: H) => number
  heaviest?: number
}

/**
 * A cache for the read path: histories are at most ten seconds old, or a minute while the store is away (F5). Issuing never uses it.
 * A history that is not known is never cached. So a registration is seen at once, and a flood of invented names cannot evict known
 * histories.
 */
export function cachedHistories<H>(
  /** It may begin with the history that is cached, which may be of any age. */
  read: (id: string, known?: H) => Promise<H>,
  clock: () => number,
  { isKnown, most, weigh = () => 0, heaviest = Number.POSITIVE_INFINITY }: Limits<H>,
): HistoryReader<H> {
  const kept = new Map<string, Kept<H>>()
  let weight = 0
  const forget = (id: string) => {
    const entry = kept.get(id)
    if (entry !== undefined) weight -= weigh(entry.history)
    kept.delete(id)
  }
  const asking = new Map<string, Promise<H>>()
  let behindAt: number | undefined

  async function ask(id: string): Promise<H> {
    const at = clock()
    try {
      const history = await read(id, kept.get(id)?.history)
      forget(id)
      if (isKnown(history)) {
        kept.set(id, { at, history })
        weight += weigh(history)
      }
      // Evict the entries that were read longest ago.
      while (kept.size > most || (weight > heaviest && kept.size > 0)) forget(kept.keys().next().value as string)
      return history
    } catch (error) {
      const hit = kept.get(id)
      if (!isAway(error) || hit === undefined || clock() - hit.at >= MAX_AGE_MS) throw error
      hit.retryAt = clock() + RETRY_MS
      behindAt = clock()
      return hit.history
    } finally {
      asking.delete(id)
    }
  }

  const reader: HistoryReader<H> = async (id) => {
    const hit = kept.get(id)
    const now = clock()
    if (hit !== undefined && now - hit.at < MAX_AGE_MS) {
      if (now - hit.at < FRESH_MS) return hit.history
      if (hit.retryAt !== undefined && now < hit.retryAt) {
        behindAt = now
        return hit.history
      }
    }
    const asked = asking.get(id) ?? ask(id)
    if (!asking.has(id)) asking.set(id, asked)
    return asked
  }
  reader.ageOf = (id) => Math.max(0, Math.floor((clock() - (kept.get(id)?.at ?? clock())) / 1_000))
  reader.isBehind = () => behindAt !== undefined && clock() - behindAt < BEHIND_MS
  return reader
}

/** One list from memory: at most ten seconds old, or a minute while the store is away. `read` may begin with the list that is cached. */
export function cachedWhole<T>(read: (id: string, known?: T) => Promise<T>, clock: () => number): () => Promise<T> {
  const cached = cachedHistories(read, clock, { isKnown: () => true, most: 1 })
  return () => cached('all')
}

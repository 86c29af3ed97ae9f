import { MEMORY_MS } from '../clocks.ts'
import { isAway, RegistryError } from '../errors.ts'
import { type CommitReader, streams } from '../stream.ts'
import type { TrustEvent, TrustHistory } from './events.ts'

/** Reads a trust stream; in front of a store there may be a memory. */
export interface TrustReader {
  (entity: string): Promise<TrustHistory>
  /** How many seconds ago the store was asked for what would be answered now. Absent: it is asked each time. */
  ageOf?(entity: string): number
  /** Whether it answered just now with what was older than usual, because the store is away: no cache in front may keep such an answer. */
  isBehind?(): boolean
}

/** What is known is asked for again after this time. */
const FRESH_MS = MEMORY_MS
/** While the store does not answer, what is known counts as long: a suspension is seen within it (I22). */
export const MAX_AGE_MS = 60_000
/** As long as `remembered` may keep what was made of an old answer. */
const BEHIND_MS = MEMORY_MS
/** A store that just failed is left alone for a moment. */
const RETRY_MS = 2_000
const CACHED_ENTITIES = 1_000

export const trustOf =
  (reader: CommitReader): TrustReader =>
  async (entity) => {
    const history = await reader.read<TrustEvent>(streams.trust(entity))
    // The log is written from the indexes: what stands in none would count, and nobody could see that it was said (R013).
    if (history.some(({ index }) => index !== 'ENTITIES' && index !== 'TRUST'))
      throw new RegistryError('internal', 'a decision stands in no index')
    return history
  }

interface Kept {
  /** When the store was asked. */
  at: number
  history: TrustHistory
  /** The store failed: it is not asked again before. */
  retryAt?: number
}

/**
 * For the read path: the same answers, ten seconds old at most, and a minute while the store is away (F5). Issuing never uses it. Who is
 * not there is never kept: a registration is seen at once, and no flood of invented names takes the place of what is known.
 */
export function cachedTrust(read: TrustReader, clock: () => number): TrustReader {
  const kept = new Map<string, Kept>()
  const asking = new Map<string, Promise<TrustHistory>>()
  let behindAt: number | undefined

  async function ask(entity: string): Promise<TrustHistory> {
    const at = clock()
    try {
      const history = await read(entity)
      kept.delete(entity)
      if (history.length > 0) kept.set(entity, { at, history })
      // The one that was read longest ago makes room.
      if (kept.size > CACHED_ENTITIES) kept.delete(kept.keys().next().value as string)
      return history
    } catch (error) {
      const hit = kept.get(entity)
      if (!isAway(error) || hit === undefined || clock() - hit.at >= MAX_AGE_MS) throw error
      hit.retryAt = clock() + RETRY_MS
      behindAt = clock()
      return hit.history
    } finally {
      asking.delete(entity)
    }
  }

  const reader: TrustReader = async (entity) => {
    const hit = kept.get(entity)
    const now = clock()
    if (hit !== undefined && now - hit.at < MAX_AGE_MS) {
      if (now - hit.at < FRESH_MS) return hit.history
      if (hit.retryAt !== undefined && now < hit.retryAt) {
        behindAt = now
        return hit.history
      }
    }
    const asked = asking.get(entity) ?? ask(entity)
    if (!asking.has(entity)) asking.set(entity, asked)
    return asked
  }
  reader.ageOf = (entity) => Math.max(0, Math.floor((clock() - (kept.get(entity)?.at ?? clock())) / 1_000))
  reader.isBehind = () => behindAt !== undefined && clock() - behindAt < BEHIND_MS
  return reader
}

import { MEMORY_MS } from '../clocks.ts'
import { isAway, RegistryError } from '../errors.ts'
import { type CommitReader, streams } from '../stream.ts'
import type { TrustEvent, TrustHistory } from './events.ts'

/** Reads a trust stream, directly or through a cache. */
export interface TrustReader {
  (entity: string): Promise<TrustHistory>
  /** Age in seconds of what would be answered now. Absent: nothing is cached. */
  ageOf?(entity: string): number
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
const CACHED_ENTITIES = 1_000

export const trustOf =
  (reader: CommitReader): TrustReader =>
  async (entity) => {
    const history = await reader.read<TrustEvent>(streams.trust(entity))
    // The log is written from the indexes. A commit without an index would count, but the public log would not show it (R013).
    if (history.some(({ index }) => index !== 'ENTITIES' && index !== 'TRUST'))
      throw new RegistryError('internal', 'a decision is in no index')
    return history
  }

interface Kept {
  /** When the store was asked. */
  at: number
  history: TrustHistory
  /** Set after a failure: the store is not asked again before this moment. */
  retryAt?: number
}

/**
 * A cache for the read path: histories are at most ten seconds old, or a minute while the store is away (F5). Issuing never uses it.
 * Unknown entities are never cached. So a registration is seen at once, and a flood of invented names cannot evict known entities.
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
      // Evict the entry that was read longest ago.
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

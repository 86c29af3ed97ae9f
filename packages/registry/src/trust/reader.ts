import type { CommitReader } from '../stream.ts'
import { streams } from '../stream.ts'
import type { TrustEvent, TrustHistory } from './events.ts'

/** Reads a trust stream; in front of a store there may be a cache of at most `TRUST_CACHE_MS`. */
export type TrustReader = (entity: string) => Promise<TrustHistory>

/** A suspension counts everywhere within this time (invariant I22 allows 60 s). */
const TRUST_CACHE_MS = 10_000
const CACHED_ENTITIES = 1_000

export const trustOf =
  (reader: CommitReader): TrustReader =>
  (entity) =>
    reader.read<TrustEvent>(streams.trust(entity))

/** For the read path: the same answers, at most ten seconds old. Issuing never uses it. */
export function cachedTrust(read: TrustReader, clock: () => number): TrustReader {
  const kept = new Map<string, { at: number; history: Promise<TrustHistory> }>()
  return (entity) => {
    const hit = kept.get(entity)
    if (hit !== undefined && clock() - hit.at < TRUST_CACHE_MS) return hit.history
    const history = read(entity)
    kept.delete(entity)
    kept.set(entity, { at: clock(), history })
    // What failed is not kept, and the oldest makes room.
    history.catch(() => kept.delete(entity))
    if (kept.size > CACHED_ENTITIES) kept.delete(kept.keys().next().value as string)
    return history
  }
}

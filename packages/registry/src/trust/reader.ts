import { RegistryError } from '../errors.ts'
import { cachedHistories, type HistoryReader } from '../histories.ts'
import { type CommitReader, streams } from '../stream.ts'
import type { TrustEvent, TrustHistory } from './events.ts'

/** Reads a trust stream, directly or through a cache. */
export type TrustReader = HistoryReader<TrustHistory>

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

/** An entity without a history is not registered. */
export const cachedTrust = (read: TrustReader, clock: () => number): TrustReader =>
  cachedHistories(read, clock, { isKnown: (history) => history.length > 0, most: CACHED_ENTITIES })

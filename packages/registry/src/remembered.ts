import { MEMORY_MS } from './clocks.ts'

/**
 * Caches the last answer of `read` for `ms`, ten seconds by default, so that many callers cause one read. A failure is not cached. If the
 * clock is set back, the cached answer expires as well. `clock` is in milliseconds.
 */
export function remembered<T>(read: () => Promise<T>, clock: () => number, ms = MEMORY_MS): () => Promise<T> {
  const each = rememberedEach<T>(clock, { ms, most: 1 })
  return () => each('', read)
}

/** Caches an answer for each of at most `most` questions, by name. The oldest answer is evicted. */
export function rememberedEach<T>(
  clock: () => number,
  { ms, most }: { ms: number; most: number },
): (name: string, read: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, { at: number; value: Promise<T> }>()
  return (name, read) => {
    const now = clock()
    const last = kept.get(name)
    if (last !== undefined && Math.abs(now - last.at) < ms) return last.value
    const entry = { at: now, value: read() }
    // Delete first, so that the map stays in the order of reading.
    kept.delete(name)
    kept.set(name, entry)
    if (kept.size > most) kept.delete(kept.keys().next().value as string)
    entry.value.catch(() => {
      if (kept.get(name) === entry) kept.delete(name)
    })
    return entry.value
  }
}

import { MEMORY_MS } from './clocks.ts'

/**
 * Keeps what `read` answered last for ten seconds, or as long as is said: what many ask is read once. A failure is not kept, and a clock
 * that was put back makes nothing old good. `clock` in milliseconds.
 */
export function remembered<T>(read: () => Promise<T>, clock: () => number, ms = MEMORY_MS): () => Promise<T> {
  const each = rememberedEach<T>(clock, { ms, most: 1 })
  return () => each('', read)
}

/** The same for each of many questions, by their names. The one that was asked first makes room. */
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
    // Taken out first, so that the order stays that of asking.
    kept.delete(name)
    kept.set(name, entry)
    if (kept.size > most) kept.delete(kept.keys().next().value as string)
    entry.value.catch(() => {
      if (kept.get(name) === entry) kept.delete(name)
    })
    return entry.value
  }
}

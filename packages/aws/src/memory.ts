/** Remembers at most `entries` answers, each for `ms` milliseconds. If it is full, the oldest is forgotten. */
export interface Memory<V> {
  find(key: string): V | undefined
  keep(key: string, value: V): void
}

export function memoryOf<V>({ ms, entries, now }: { ms: number; entries: number; now: () => Date }): Memory<V> {
  const kept = new Map<string, { value: V; until: number }>()
  return {
    find(key) {
      const entry = kept.get(key)
      if (entry === undefined) return undefined
      if (entry.until > now().getTime()) return entry.value
      kept.delete(key)
      return undefined
    },
    keep(key, value) {
      kept.delete(key)
      for (const oldest of kept.keys()) {
        if (kept.size < entries) break
        kept.delete(oldest)
      }
      kept.set(key, { value, until: now().getTime() + ms })
    },
  }
}

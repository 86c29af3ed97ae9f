const KEPT_MS = 10_000

/**
 * Keeps what `read` answered last for ten seconds, or as long as is said: what many ask is read once. A failure is not kept, and a clock
 * that was put back makes nothing old good. `clock` in milliseconds.
 */
export function remembered<T>(read: () => Promise<T>, clock: () => number, ms = KEPT_MS): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | undefined
  return () => {
    const now = clock()
    if (last !== undefined && Math.abs(now - last.at) < ms) return last.value
    const value = read()
    last = { at: now, value }
    value.catch(() => {
      last = undefined
    })
    return value
  }
}

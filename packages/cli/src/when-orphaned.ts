/**
 * A signal to npm or npx ends it and its shell, and does not reach this process: whoever sent it meant this one as well. `parent` is the
 * id of the process that began this one, as it was then.
 */
export function whenOrphaned(parent: number, stop: () => void): void {
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, 500)
  watch.unref()
}

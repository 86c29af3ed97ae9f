/**
 * Calls `stop` when the parent process has ended. A signal to npm or npx ends npm and its shell but does not reach this process,
 * although the user meant to stop it too. `parent` is the id of the parent at the start.
 */
export function whenOrphaned(parent: number, stop: () => void): void {
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, 500)
  watch.unref()
}

/** Milliseconds between runs. On AWS a log may be a minute behind, but a local user should not wait so long. */
const SEQUENCE_MS = 2_000

/**
 * Runs the writer of the logs again and again, never twice at a time. The first run is after the demonstration, whose decisions have
 * an early recorded time.
 */
export function startSequencing(sequence: (order?: { since: { registry: string } }) => Promise<unknown>) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let isStopped = false
  const run = (): Promise<unknown> => {
    const mine = running.then(() => sequence())
    running = mine.catch(() => {})
    return mine
  }
  const again = () => {
    if (isStopped) return
    timer = setTimeout(
      () =>
        void run()
          .catch((error: unknown) => console.error(error))
          .finally(again),
      SEQUENCE_MS,
    ).unref()
  }
  return {
    /** Unless it goes on, only the first run is made. */
    async start({ goesOn }: { goesOn: boolean }) {
      await sequence({ since: { registry: new Date(0).toISOString() } })
      if (goesOn) again()
    },
    /** Starts a run now, or after the current one. Throws if it fails. */
    async once() {
      await run()
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}

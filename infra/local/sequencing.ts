/** On AWS a log is at most a minute behind; here nobody waits so long. */
const SEQUENCE_MS = 2_000

/** One run after another, never two; the first one after the demonstration, whose decisions say that they were made long ago. */
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
    async start() {
      await sequence({ since: { registry: new Date(0).toISOString() } })
      again()
    },
    /** A run that begins now, or after the one that is on. Throws where it fails. */
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

/** On AWS a log is at most a minute behind; here nobody waits so long. */
const SEQUENCE_MS = 2_000

/** One run after another, never two; the first one after the demonstration, whose decisions say that they were made long ago. */
export function startSequencing(sequence: (order?: { since: { registry: string } }) => Promise<unknown>) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let isStopped = false
  const again = () => {
    if (isStopped) return
    timer = setTimeout(() => {
      running = sequence()
        .catch((error: unknown) => console.error(error))
        .finally(again)
    }, SEQUENCE_MS).unref()
  }
  return {
    async start() {
      await sequence({ since: { registry: new Date(0).toISOString() } })
      again()
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}

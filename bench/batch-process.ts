import { type ArtefactStore, type BoxStore, type CommitStore, RegistryError } from '@sijil/registry'
import { countsOf, resultsOf } from '@sijil/registry/batches'
import type { BatchMeasured, StoreAnswered, StoreAsked } from './batch.ts'
import { fileOf, openBatchJob } from './batch-job.ts'

/** The longest file that the registry takes. */
const ROWS = 100_000
const named = Number(process.argv[2])

/** The stores of the process that started this one. */
function remoteStores(): { store: CommitStore & BoxStore; files: ArtefactStore } {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let calls = 0
  process.on('message', (message: StoreAnswered) => {
    const { resolve, reject } = waiting.get(message.call) ?? {}
    waiting.delete(message.call)
    if ('code' in message) reject?.(new RegistryError(message.code as 'internal', message.message))
    else resolve?.(message.value as never)
  })
  const ask =
    (verb: StoreAsked['verb']) =>
    (...given: unknown[]) =>
      new Promise<never>((resolve, reject) => {
        calls += 1
        waiting.set(calls, { resolve, reject })
        process.send?.({ call: calls, verb, given } satisfies StoreAsked)
      })
  const store = {
    ...{ read: ask('read'), latest: ask('latest'), list: ask('list') },
    ...{ append: ask('append'), claim: ask('claim'), find: ask('find'), put: ask('put') },
  }
  return { store, files: { read: ask('readFile'), put: ask('putFile') } }
}

const { store, files } = remoteStores()
const { request, deps, messages, approve, run } = await openBatchJob(store, files)
const begun = performance.now()
await approve(() => fileOf(ROWS, named))
const running = process.cpuUsage()
for (let message = messages.shift(); message !== undefined; message = messages.shift()) await run(message)
const { user, system } = process.cpuUsage(running)
const counts = await countsOf(request, deps())
if (counts.issued !== named || counts.pending !== 0) throw new Error(`the batch did not end: ${JSON.stringify(counts)}`)
let shown = 0
for (let part = 1, parts = 1; part <= parts; part++) {
  const results = await resultsOf({ ...request, part }, deps())
  shown += results.rows.filter(({ state }) => state === 'issued').length
  parts = results.parts
}
if (shown !== named) throw new Error(`the outcomes show ${shown} certificates`)
process.send?.({
  rows: ROWS,
  issued: counts.issued,
  perSecond: named / ((user + system) / 1_000_000),
  seconds: (performance.now() - begun) / 1_000,
  peakMiB: process.resourceUsage().maxRSS / 1_024,
} satisfies BatchMeasured)
process.disconnect()

import { startRegistry } from '../../infra/local/registry.ts'
import { storeInProcess } from './store-in-process.ts'

/**
 * `fork(start-doubled.ts, [PORT, FOLDER, AHEAD])`: a registry as a separate process, which a test can kill. Its queues deliver each message
 * twice at the same time, and its clock is ahead by so many milliseconds. Any message to it sends what batches wait for.
 */
const [port, folder = '', ahead] = process.argv.slice(2)
const registry = await startRegistry({
  port: Number(port),
  folder,
  clock: () => Date.now() + Number(ahead),
  storeClient: storeInProcess,
  writesLogs: false,
  queues: { times: 2 },
})
process.on('message', async () => {
  await registry.sweep()
  process.send?.('swept')
})
process.send?.('ready')

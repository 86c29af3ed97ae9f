import { startRegistry } from '../../infra/local/registry.ts'
import { storeInProcess } from './store-in-process.ts'
import { isWhole } from './whole.ts'

/**
 * `fork(start-deployment.ts, [PORT, FOLDER, ROOTS])`: starts a registry as a separate process, which sends a message when it is ready. If it
 * names roots, a new demonstration has no certificates.
 * A message to it is a number of milliseconds. The registry then runs the writer of its logs, moves its clock, and answers.
 */
const [port, folder = '', roots = ''] = process.argv.slice(2)
let ahead = 0
const clock = () => Date.now() + ahead
const registry = await startRegistry({
  port: Number(port),
  folder,
  roots,
  clock,
  withCertificates: roots === '',
  ...(!isWhole && { storeClient: storeInProcess }),
  writesLogs: false,
})
process.on('message', async (milliseconds) => {
  await registry.sequence()
  ahead += Number(milliseconds)
  process.send?.('done')
})
process.send?.('ready')

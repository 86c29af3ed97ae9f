import { startRegistry } from '../../infra/local/registry.ts'

/**
 * `fork(start-deployment.ts, [PORT, FOLDER, ROOTS])`: a registry in a process of its own. It sends a message when it is ready. Each message
 * to it runs the writer of its logs, then moves its clock by so many milliseconds, and is answered when that is done.
 */
const [port, folder = '', roots = ''] = process.argv.slice(2)
let ahead = 0
const clock = () => Date.now() + ahead
const registry = await startRegistry({ port: Number(port), folder, roots, clock })
process.on('message', async (milliseconds) => {
  await registry.sequence()
  ahead += Number(milliseconds)
  process.send?.('done')
})
process.send?.('ready')

import { parseArgs } from 'node:util'
import { whenOrphaned } from '@sijil/cli/when-orphaned'
import { announce } from './announce.ts'

/** `npm start`: runs everything in one process. */
const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } })
const port = Number(values.port ?? process.env.PORT ?? 4700)
const folder = values.data ?? process.env.SIJIL_DATA ?? '.sijil'

const parent = process.ppid

try {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('PORT is a number from 1 to 65535.')
  // Loaded only now, so that a wrong port is refused at once.
  const { startRegistry } = await import('./registry.ts')
  const registry = await startRegistry({
    port,
    folder,
    witnesses: process.env.SIJIL_WITNESSES ?? '',
    roots: process.env.SIJIL_ROOTS ?? '',
    refused: process.env.SIJIL_REFUSED ?? '',
  })
  await announce(registry)
  const stop = () => registry.close().finally(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  if (process.env.npm_lifecycle_event === 'start') whenOrphaned(parent, stop)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

import { RegistryError } from '@sijil/registry'
import { auditStreams } from '@sijil/registry/log'
import { clock } from './clock.ts'
import { scheduled } from './scheduled.ts'
import { readEnvironment, readers } from './wiring.ts'

const { reader } = readers(readEnvironment(process.env))

/**
 * Runs every hour, and checks each day of the past once a week. Throws, and so raises an alarm, if stored streams differ from the logs.
 */
export const handler = scheduled('audit', async (): Promise<{ differences: 0 }> => {
  const differences = await auditStreams({ store: reader, now: clock() })
  if (differences.length === 0) return { differences: 0 }
  const some = differences.slice(0, 50).join('; ')
  throw new RegistryError('internal', `${differences.length} differences between the logs and the streams: ${some}`)
})

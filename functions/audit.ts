import { RegistryError } from '@sijil/registry'
import { auditFull, auditStreams, auditTiles, logNames } from '@sijil/registry/log'
import { clock } from './clock.ts'
import { artefactReaderOf } from './published-files.ts'
import { scheduled } from './scheduled.ts'
import { readEnvironment, readers } from './wiring.ts'

const environment = readEnvironment(process.env)
const { reader } = readers(environment)
const artefacts = artefactReaderOf(environment)

interface AuditOrder {
  /** By hand: compares everything now, and not in the course of a week. The value is the first part, as an answer named it, or `all`. */
  full?: string
}

/**
 * Runs every hour, and goes on where the time of the last run ended. Throws, and so raises an alarm, if stored streams differ from the
 * logs, or if it did not come to what was due an hour ago. A full audit that its time does not suffice for answers the part with which the next call goes on.
 */
export const handler = scheduled('audit', audit)

async function audit({ full }: AuditOrder, remaining: () => number): Promise<{ differences: 0; next?: string }> {
  const deps = { store: reader, now: clock() }
  if (full !== undefined)
    return answerFor(await auditFull({ ...deps, artefacts, remaining, ...(full !== 'all' && { from: full }) }))
  const audited = await auditStreams({ ...deps, artefacts, remaining })
  // A file that is lost raises its own alarm. It is never answered, so the run does not fail.
  for (const log of logNames) await auditTiles(log, { ...deps, artefacts })
  return answerFor(audited)
}

function answerFor({ differences, missed = 0, next }: { differences: string[]; missed?: number; next?: string }) {
  if (differences.length > 0) {
    const some = differences.slice(0, 50).join('; ')
    const goesOn = next === undefined ? '' : `; go on with ${next}`
    throw new RegistryError(
      'internal',
      `${differences.length} differences between the logs and the streams: ${some}${goesOn}`,
    )
  }
  if (missed > 0) throw new RegistryError('internal', `not compared in time: ${missed} parts that were due an hour ago`)
  return { differences: 0 as const, ...(next && { next }) }
}

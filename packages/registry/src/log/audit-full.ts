import { TILE_WIDTH } from '@sijil/tlog'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { auditDecisions, type DecisionDeps, type DecisionLog, decisionLogs } from './audit-decisions.ts'
import { auditDay, auditIndex } from './audit-index.ts'
import { FIRST_DAY } from './audit-past.ts'
import { PART_TAKES_MS } from './audit-turns.ts'
import { logs } from './logs.ts'
import { latestCheckpoint } from './read-log.ts'

interface FullAudit {
  differences: string[]
  /** The part with which the next call goes on. Absent: everything was compared. */
  next?: string
}

/** One tile of decisions, the indexes of decisions, or one day of certificates. */
interface Part {
  name: string
  compare(): Promise<string[]>
}

/**
 * Compares everything with the logs, from a part on: decisions tile by tile with their files, the indexes of decisions, and the
 * reservations of all days. The hourly audit takes a week for them. If the time of a run ends, its answer says where the next call goes
 * on, so nothing is stored and the audit needs no right to write.
 */
export async function auditFull({
  from,
  remaining = () => Number.POSITIVE_INFINITY,
  ...deps
}: DecisionDeps & { from?: string; remaining?: () => number }): Promise<FullAudit> {
  const parts = await partsOf(deps)
  const first = from === undefined ? 0 : parts.findIndex(({ name }) => name === from)
  if (first < 0)
    throw new RegistryError(
      'validation-failed',
      'the part from which to audit must be a day like 2026-03-05, or a tile like catalogue/0',
    )
  const differences: string[] = []
  for (const [at, { name, compare }] of parts.slice(first).entries()) {
    if (at > 0 && remaining() < PART_TAKES_MS) return { differences, next: name }
    differences.push(...(await compare()))
  }
  return { differences: [...new Set(differences)] }
}

async function partsOf(deps: DecisionDeps): Promise<Part[]> {
  const { store, now } = deps
  const decisions = await Promise.all(
    (Object.keys(decisionLogs) as DecisionLog[]).map(async (log) => {
      const size = (await latestCheckpoint(log, store))?.size ?? 0
      const tiles = Array.from({ length: Math.ceil(size / TILE_WIDTH) }, (_, tile) => ({
        name: `${log}/${tile}`,
        compare: () => auditDecisions({ log, tile, size }, deps),
      }))
      const indexes = logs[log].sources(now, now).map((index) => ({
        name: `${log}/${index}`,
        compare: () => auditIndex(log, index, { store, now }),
      }))
      return [...tiles, ...indexes]
    }),
  )
  const days: Part[] = []
  for (let day = FIRST_DAY; day * DAY_MS <= now.getTime(); day++)
    days.push({
      name: new Date(day * DAY_MS).toISOString().slice(0, 10),
      compare: () => auditDay(day, { store, now }),
    })
  return [...decisions.flat(), ...days]
}

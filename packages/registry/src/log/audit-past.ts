import { TILE_WIDTH } from '@sijil/tlog'
import { DAY_MS, HOUR_MS } from '../clocks.ts'
import { auditDecisions, type DecisionDeps, type DecisionLog, decisionLogs } from './audit-decisions.ts'
import { auditDay, auditIndex } from './audit-index.ts'
import { compareInTurns, hoursBetween, type PastParts } from './audit-turns.ts'
import { logs } from './logs.ts'
import { latestCheckpoint } from './read-log.ts'

/** In days since 1970. No registry is older. A day without reservations costs one empty answer. */
export const FIRST_DAY = Date.UTC(2025, 0, 1) / DAY_MS
const FIRST_MS = FIRST_DAY * DAY_MS
const PERIOD_MS = 28 * DAY_MS

/** Up to so many parts are compared in one hour. If there are more, each is compared less often. */
interface PastLimits {
  /** Of 256 decisions each. */
  tiles: number
  /** Four weeks of the indexes of decisions each. */
  periods: number
}
const LIMITS: PastLimits = { tiles: 256, periods: 64 }
const HOURS_OF_A_WEEK = 7 * 24

export interface PastDeps extends DecisionDeps {
  /** Milliseconds until the process is stopped. */
  remaining: () => number
  limits?: PastLimits
}

/**
 * Compares a share of the past with the logs: tiles of decisions, periods of their indexes, and days of certificates. Each part is due in
 * an hour of its own and again in the next one, in case a run failed or was stopped.
 */
export async function auditPast({ remaining, limits = LIMITS, ...deps }: PastDeps) {
  const { store, now } = deps
  const periods = Math.floor((now.getTime() - FIRST_MS) / PERIOD_MS) + 1
  const ofDecisions = async (log: DecisionLog): Promise<PastParts[]> => {
    const size = (await latestCheckpoint(log, store))?.size ?? 0
    const tiles = Math.ceil(size / TILE_WIDTH)
    return [
      {
        count: tiles,
        hours: hoursBetween(tiles, limits.tiles),
        compare: (tile) => auditDecisions({ log, tile, size }, deps),
      },
      {
        count: periods,
        hours: hoursBetween(periods, limits.periods),
        compare: (period) => auditPeriod(log, { period, periods }, deps),
      },
    ]
  }
  const kinds: PastParts[] = [
    ...(await Promise.all((Object.keys(decisionLogs) as DecisionLog[]).map(ofDecisions))).flat(),
    {
      count: Math.floor(now.getTime() / DAY_MS) - FIRST_DAY + 1,
      hours: HOURS_OF_A_WEEK,
      compare: (day) => auditDay(FIRST_DAY + day, deps),
    },
  ]
  return compareInTurns(kinds, { hour: Math.floor(now.getTime() / HOUR_MS), remaining })
}

/** A stream whose first decision is in no log stands in no tile, so the indexes are compared too. The first and the last period are open. */
async function auditPeriod(
  log: DecisionLog,
  { period, periods }: { period: number; periods: number },
  deps: DecisionDeps,
): Promise<string[]> {
  const momentOf = (place: number) => new Date(FIRST_MS + place * PERIOD_MS).toISOString()
  const since = period > 0 ? { since: momentOf(period) } : {}
  const until = period < periods - 1 ? { until: momentOf(period + 1) } : {}
  const differences: string[] = []
  for (const index of logs[log].sources(deps.now, deps.now))
    differences.push(...(await auditIndex(log, index, { ...deps, ...since, ...until })))
  return differences
}

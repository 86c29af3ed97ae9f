import { readRecord } from '../certificates/read-record.ts'
import { DAY_MS, MINUTE_MS } from '../clocks.ts'
import { isLostRace } from '../lost-race.ts'
import type { ChangeStatusDeps } from '../status/change-status.ts'
import { pagesOf } from '../stream.ts'
import { abandonReservation } from './abandon.ts'
import { takePlace } from './replace.ts'

/** A reservation older than this is abandoned. */
const ABANDONED_AFTER_MS = 5 * MINUTE_MS

/** How far back a run looks: usually 30 minutes, once an hour two days, and once a day 31 days, in case the sweeper stopped for long. */
function lookBack(now: Date): number {
  if (now.getUTCMinutes() >= 5) return 30 * MINUTE_MS
  return now.getUTCHours() === 0 ? 31 * DAY_MS : 2 * DAY_MS
}

/**
 * Abandons unfinished reservations, and supersedes replaced certificates if a crash prevented it. Answers how many were abandoned. It may
 * run at any time and any number of times. A crash in the middle loses nothing.
 */
export async function sweepReservations(deps: ChangeStatusDeps): Promise<number> {
  const { store, now } = deps
  const since = new Date(now.getTime() - lookBack(now))
  const until = new Date(now.getTime() - ABANDONED_AFTER_MS)
  let burned = 0
  for (let day = Math.floor(since.getTime() / DAY_MS); day * DAY_MS <= until.getTime(); day++) {
    const index = `PENDING#${new Date(day * DAY_MS).toISOString().slice(0, 10)}` as const
    const window = { since: since.toISOString(), until: until.toISOString() }
    for await (const commits of pagesOf(store, index, { limit: 100, newestFirst: false, ...window }))
      for (const { stream } of commits) burned += await abandonStale(stream, deps)
  }
  return burned
}

async function abandonStale(stream: string, deps: ChangeStatusDeps): Promise<0 | 1> {
  const [issuer, , uuid] = stream.split('/')
  if (issuer === undefined || uuid === undefined) return 0
  // Read consistently, because the index may lag behind an issuance that just finished.
  const record = await readRecord(issuer, uuid, deps.store)
  try {
    // A crash may have come after issuing and before the replaced certificate was superseded. Both would stay in force.
    if (record?.state === 'in-force') await takePlace({ issuer, record, actor: 'system:sweep' }, deps)
    if (record?.state !== 'reserved') return 0
    await abandonReservation({ issuer, record, actor: 'system:sweep' }, deps)
    return 1
  } catch (error) {
    // Another request finished, abandoned or changed it at the same time. The next run looks again.
    if (isLostRace(error)) return 0
    throw error
  }
}

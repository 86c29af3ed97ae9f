import { TILE_WIDTH } from '@sijil/tlog'
import { DAY_MS } from '../clocks.ts'
import { type CommitReader, pagesOf } from '../stream.ts'
import { type AuditDeps, isIncomplete, isYoung } from './audit-index.ts'
import { FIRST_DAY } from './audit-past.ts'
import { logs, pendingOn } from './logs.ts'
import { entriesOf, latestCheckpoint, readEntries } from './read-log.ts'

const PAGE = 200

/**
 * The other way round: what the log of certificates took in since yesterday is reserved somewhere. The writer takes a young row that was
 * written over for a new one, so that this row stands in the log; the entry that it left behind tells. A row that is gone leaves one, too.
 */
export async function auditLogged({ store, now }: AuditDeps): Promise<string[]> {
  const places = await loggedSince(new Date(now.getTime() - DAY_MS).toISOString(), { store, now })
  // Nearly all are of the last three days; one that was logged late is looked for as far back as there are any.
  for (let day = Math.floor(now.getTime() / DAY_MS) + 1; day >= FIRST_DAY && places.size > 0; day--)
    for (const entry of await reservedOn(day, store)) places.delete(entry)
  return [...places.values()].map((place) => `log/certificates/${place}: reserved nowhere`)
}

/** Entries with their places, but for those that an index may not show everywhere yet. */
async function loggedSince(since: string, { store, now }: AuditDeps): Promise<Map<string, number>> {
  const size = (await latestCheckpoint('certificates', store))?.size ?? 0
  const places = new Map<string, number>()
  for (let tile = Math.ceil(size / TILE_WIDTH) - 1; tile >= 0; tile--) {
    const { commits } = await readEntries('certificates', tile, store)
    let place = tile * TILE_WIDTH
    for (const commit of commits)
      for (const entry of entriesOf(commit)) {
        if (commit.recordedAt >= since && !isYoung(commit, now)) places.set(entry, place)
        place += 1
      }
    if (commits.some(({ recordedAt }) => recordedAt < since)) break
  }
  return places
}

async function reservedOn(day: number, store: CommitReader): Promise<string[]> {
  const entries: string[] = []
  try {
    for await (const commits of pagesOf(store, pendingOn(day * DAY_MS), { limit: PAGE, newestFirst: true }))
      entries.push(...commits.flatMap((commit) => logs.certificates.logged(commit)?.entry ?? []))
  } catch (error) {
    // A row at another place of the index than it says is named by the look from the other side; what stands behind it is not found.
    if (!isIncomplete(error)) throw error
  }
  return entries
}

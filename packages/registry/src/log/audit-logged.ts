import { TILE_WIDTH } from '@sijil/tlog'
import { DAY_MS } from '../clocks.ts'
import { type CommitReader, pagesOf } from '../stream.ts'
import { type AuditDeps, isIncomplete, isYoung } from './audit-index.ts'
import { FIRST_DAY } from './audit-past.ts'
import { logs, pendingOn } from './logs.ts'
import { entriesOf, latestCheckpoint, readEntries } from './read-log.ts'

const PAGE = 200

/**
 * The opposite direction: checks that a reservation exists for each entry that the log of certificates took in since yesterday. If
 * somebody writes over a young row, the writer takes it for a new row and logs it too. The entry of the original row then has no
 * reservation, and so reveals the change. The entry of a deleted row has none either.
 */
export async function auditLogged({ store, now }: AuditDeps): Promise<string[]> {
  const places = await loggedSince(new Date(now.getTime() - DAY_MS).toISOString(), { store, now })
  // Nearly all reservations are from the last three days. For an entry that was logged late, the search goes back to the first day.
  for (let day = Math.floor(now.getTime() / DAY_MS) + 1; day >= FIRST_DAY && places.size > 0; day--)
    for (const entry of await reservedOn(day, store)) places.delete(entry)
  return [...places.values()].map((place) => `log/certificates/${place}: reserved nowhere`)
}

/** Entries with their places. Leaves out those so young that an index may not show them everywhere yet. */
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
    // The index shows a row at the wrong place. `auditIndex` names it. The rows after it are not read here.
    if (!isIncomplete(error)) throw error
  }
  return entries
}

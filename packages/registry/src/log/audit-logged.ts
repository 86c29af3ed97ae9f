import { TILE_WIDTH } from '@sijil/tlog'
import { type CertificateEvent, wasReleased } from '../certificates/record.ts'
import { DAY_MS, MACHINES_DIFFER_MS } from '../clocks.ts'
import { type Commit, type CommitReader, pagesOf } from '../stream.ts'
import { type AuditDeps, isIncomplete, isYoung, readWhole } from './audit-index.ts'
import { FIRST_DAY } from './audit-past.ts'
import { decidedOn, logs, pendingOn } from './logs.ts'
import { entriesOf, latestCheckpoint, readEntries } from './read-log.ts'
import { releasedEntry } from './released.ts'

const PAGE = 200
/** Tomorrow, today, and the two days before: nearly all entries of a day were reserved on these. */
const NEAR_DAYS = 4
/** Beyond these days, a search reads as many pages again, and so many more. */
const FAR_PAGES = 100

/**
 * The opposite direction: checks that a reservation exists for each entry that the log of certificates took in since yesterday. If
 * somebody writes over a young row, the writer takes it for a new row and logs it too. The entry of the original row then has no
 * reservation, and so reveals the change. The entry of a deleted row has none either, and a forged entry never had one. The second entry
 * of a reservation also needs a stream that says that the certificate was released.
 */
export async function auditLogged({ store, now }: AuditDeps): Promise<string[]> {
  const { places, differences } = await loggedSince(new Date(now.getTime() - DAY_MS).toISOString(), { store, now })
  const { firstDay, unreleased } = await removeReserved(places, { store, now })
  const since = new Date(firstDay * DAY_MS).toISOString().slice(0, 10)
  for (const [entry, place] of places) differences.push(`${named(place, entry)}: reserved on no day since ${since}`)
  return [...differences, ...unreleased]
}

/**
 * Removes the entries that were reserved. Answers the first day that it read whole, and what was not released. An entry may be logged late, so the search goes
 * on before the near days. A forged entry is never found, so that search has an end that follows from what is new.
 */
async function removeReserved(places: Map<string, number>, { store, now }: AuditDeps) {
  const newest = Math.floor(now.getTime() / DAY_MS) + 1
  const unreleased: string[] = []
  let most = Number.POSITIVE_INFINITY
  let pages = 0
  for (let day = newest; day >= FIRST_DAY && places.size > 0; day--) {
    if (newest - day === NEAR_DAYS) most = 2 * pages + FAR_PAGES
    for await (const rows of recordedOn(day, store)) {
      unreleased.push(...(await removeRows(rows, places, store)))
      pages += 1
      if (pages === most || places.size === 0) return { firstDay: day + 1, unreleased }
    }
  }
  return { firstDay: FIRST_DAY, unreleased }
}

/** Removes both entries of each row. Names the streams whose second entry is there although nothing was released. */
async function removeRows(rows: readonly Commit<unknown>[], places: Map<string, number>, store: CommitReader) {
  const found = await Promise.all(
    rows.map(async (commit) => {
      const entry = logs.certificates.logged(commit)?.entry
      if (entry === undefined) return []
      places.delete(entry)
      const second = releasedEntry(entry)
      const place = places.get(second)
      if (place === undefined) return []
      places.delete(second)
      const commits = await readWhole<CertificateEvent>(commit.stream, store)
      return commits && wasReleased(commits) ? [] : [`${commit.stream}: not released (log/certificates/${place})`]
    }),
  )
  return found.flat()
}

/** Entries with their places. Leaves out those so young that an index may not show them everywhere yet. */
async function loggedSince(since: string, { store, now }: AuditDeps) {
  const size = (await latestCheckpoint('certificates', store))?.size ?? 0
  const places = new Map<string, number>()
  const differences: string[] = []
  for (let tile = Math.ceil(size / TILE_WIDTH) - 1; tile >= 0; tile--) {
    const { commits } = await readEntries('certificates', tile, store)
    let place = tile * TILE_WIDTH
    for (const commit of commits)
      for (const entry of entriesOf(commit)) {
        if (Date.parse(commit.recordedAt) > now.getTime() + MACHINES_DIFFER_MS)
          // It would count as young until that day.
          differences.push(`${named(place, entry)}: logged in the future`)
        else if (commit.recordedAt >= since && !isYoung(commit, now)) places.set(entry, place)
        place += 1
      }
    if (commits.some(({ recordedAt }) => recordedAt < since)) break
  }
  return { places, differences }
}

/** A text that is no hash may say anything, so it is not repeated. */
const named = (place: number, entry: string) =>
  `log/certificates/${place}${logs.certificates.isKey(entry) ? ` (${entry})` : ''}`

/** The reservations of one day, page by page. The approved decisions of the day are few, and come with the first page. */
async function* recordedOn(day: number, store: CommitReader): AsyncGenerator<Commit<unknown>[]> {
  const how = { limit: PAGE, newestFirst: true }
  try {
    let decided: Commit<unknown>[] = []
    for await (const rows of pagesOf<unknown>(store, decidedOn(day * DAY_MS), how)) decided.push(...rows)
    for await (const rows of pagesOf<unknown>(store, pendingOn(day * DAY_MS), how)) {
      yield [...decided, ...rows]
      decided = []
    }
  } catch (error) {
    // The index shows a row at the wrong place. `auditIndex` names it. The rows after it are not read here.
    if (!isIncomplete(error)) throw error
  }
}

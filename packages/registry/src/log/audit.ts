import { TILE_WIDTH } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import { type Commit, type CommitReader, pagesOf, type StreamId, streams } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { type LogName, logNames, logs, type PublicEntry, publicEntry } from './logs.ts'
import { latestCheckpoint, readEntries } from './read-log.ts'

interface Auditing {
  store: CommitReader
  now: Date
}

/** What is younger may be in no log yet: ten runs of the writer, and a clock that is a little ahead. */
const GRACE_MS = 10 * 60_000
const DAY_MS = 86_400_000
const PAGE = 100

/**
 * The streams against the logs, from within: every decision is the one that was logged, none is missing on either side, and what was
 * reserved since yesterday stands in the log of certificates. Answers where it is not so: names of streams, no contents (F22, R013).
 */
export async function auditStreams(needs: Auditing): Promise<string[]> {
  const logged = await readLogged(needs.store)
  const differences: string[] = []
  for (const [stream, entries] of logged) differences.push(...(await compareStream(stream, entries, needs)))
  for (const log of logNames) differences.push(...(await findUnlogged(log, needs)))
  return [...new Set(differences)]
}

/** The entries of the log of the registry, by stream and number. */
async function readLogged(store: CommitReader): Promise<Map<StreamId, Map<number, string>>> {
  const size = (await latestCheckpoint('registry', store))?.size ?? 0
  const logged = new Map<StreamId, Map<number, string>>()
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const { entries } = await readEntries('registry', index, store)
    for (const entry of entries.slice(0, size - index * TILE_WIDTH)) {
      const { stream, number } = JSON.parse(entry) as PublicEntry
      const own = logged.get(stream as StreamId) ?? new Map<number, string>()
      logged.set(stream as StreamId, own.set(number, entry))
    }
  }
  return logged
}

async function compareStream(
  stream: StreamId,
  entries: ReadonlyMap<number, string>,
  { store, now }: Auditing,
): Promise<string[]> {
  const commits = await store.read<TrustEvent>(stream).catch((error: unknown) => {
    // A stream with a gap says so itself; that a store does not answer is no difference.
    if (error instanceof RegistryError && error.code === 'internal') return undefined
    throw error
  })
  if (commits === undefined) return [`${stream}: not complete`]
  const gone = [...entries.keys()]
    .filter((number) => number >= commits.length)
    .map((number) => `${stream}/${number}: gone`)
  const others = commits.flatMap((commit) => {
    const entry = entries.get(commit.number)
    if (entry === undefined) return isYoung(commit, now) ? [] : [`${stream}/${commit.number}: in no log`]
    return entry === publicEntry(commit) ? [] : [`${stream}/${commit.number}: changed`]
  })
  return [...gone, ...others]
}

const isYoung = ({ recordedAt }: Commit<unknown>, now: Date) => now.getTime() - Date.parse(recordedAt) < GRACE_MS

/** Commits of the indexes that have no place in their log. */
async function findUnlogged(log: LogName, { store, now }: Auditing): Promise<string[]> {
  const kind = logs[log]
  const since = log === 'certificates' ? new Date(now.getTime() - DAY_MS).toISOString() : kind.begin(now)
  const missing: string[] = []
  for (const index of kind.sources(since, now)) {
    for await (const commits of pagesOf(store, index, { limit: PAGE, newestFirst: false, since })) {
      const due = commits.filter((commit) => !isYoung(commit, now))
      const places = await Promise.all(
        due.map((commit) => {
          const logged = kind.logged(commit)
          return logged === undefined || store.latest(streams.logLeaf(log, logged.key))
        }),
      )
      due.forEach(({ stream, number }, place) => {
        if (places[place] === undefined) missing.push(`${stream}/${number}: in no log`)
      })
    }
  }
  return missing
}

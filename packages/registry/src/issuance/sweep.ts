import { readRecord } from '../certificates/read-record.ts'
import { DAY_MS, MINUTE_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { isLostRace } from '../lost-race.ts'
import { readSlice } from '../slice.ts'
import type { ChangeStatusDeps } from '../status/change-status.ts'
import { type Commit, type CommitStore, type IndexKey, nextCommit, type StreamId, streams } from '../stream.ts'
import { abandonReservation } from './abandon.ts'
import { isReleased } from './attempt.ts'
import { recordRenewal } from './renew.ts'
import { takePlace } from './replace.ts'

/** A reservation older than this is abandoned. */
const ABANDONED_AFTER_MS = 5 * MINUTE_MS
/** Each reservation is looked at when it is that old, and again a day later, in case an index showed it late. */
const AGES = [0, DAY_MS]
/** The first run of a registry looks this far back. */
const FIRST_MS = 31 * DAY_MS
/** Reservations between two records of the progress. */
const MOST = 2_000
/** The record of the progress names at most so many streams, so that it fits into an item. */
const MOST_UNFINISHED = 2_000
const AT_ONCE = 25
/** A run begins another slice only if it has this long for it. */
const SLICE_MS = 60_000

/** The whole progress after a slice, so only the last commit is read. */
interface Swept {
  type: 'swept'
  /** Everything reserved before it is finished, or named below. */
  readTo: string
  /** Streams of certificates that this slice and earlier ones could not finish. */
  unfinished: readonly StreamId[]
}

export interface SweepDeps extends ChangeStatusDeps {
  /** Milliseconds until the process is stopped. Absent: nothing stops it. */
  remaining?: () => number
  /** By hand: reads again from this moment. Needed if an index showed a reservation more than a day late. */
  since?: Date
}

/**
 * Abandons unfinished reservations, and supersedes replaced certificates if a crash prevented it. Answers how many were abandoned. Costs as
 * much as there is new since the last run, plus what was not finished then. It may run at any time and any number of times. A crash in
 * the middle loses nothing, because the progress is recorded after the work. Throws if a certificate could not be finished. The next
 * run tries again.
 */
export async function sweepReservations({ since, ...deps }: SweepDeps): Promise<number> {
  const { remaining = () => Number.POSITIVE_INFINITY } = deps
  const failures: unknown[] = []
  let abandoned = 0
  let from = since
  for (let isWhole = false; !isWhole; from = undefined) {
    const swept = await sweepSlice(from, deps)
    abandoned += swept.abandoned
    failures.push(...swept.failures)
    isWhole = swept.isWhole || remaining() < SLICE_MS
  }
  if (failures.length > 0) throw failures[0]
  return abandoned
}

async function sweepSlice(asked: Date | undefined, deps: ChangeStatusDeps) {
  const { store, now } = deps
  const last = await store.latest<Swept>(streams.sweepCursor())
  const cursor = last?.events[0]
  const isContinued = asked === undefined && cursor !== undefined
  const slice = await readSlice(store, {
    indexes: pendingBetween,
    from: asked ?? new Date(cursor?.readTo ?? now.getTime() - FIRST_MS),
    until: new Date(now.getTime() - ABANDONED_AFTER_MS),
    ages: isContinued ? AGES : [0],
    most: MOST,
  })
  const due = [...new Set([...(cursor?.unfinished ?? []), ...slice.commits.map(({ stream }) => stream)])]
  const outcomes: Outcome[] = []
  for (let start = 0; start < due.length; start += AT_ONCE)
    outcomes.push(...(await Promise.all(due.slice(start, start + AT_ONCE).map((stream) => finish(stream, deps)))))
  const unfinished = due.filter((_, place) => outcomes[place] === 'lost-race' || isFailure(outcomes[place]))
  const failures = outcomes.filter(isFailure).map(({ failure }) => failure)
  if (unfinished.length > MOST_UNFINISHED)
    throw new RegistryError('internal', 'too many certificates could not be finished', { cause: failures[0] })
  await record({ type: 'swept', readTo: slice.to.toISOString(), unfinished }, last, deps)
  return {
    abandoned: outcomes.filter((outcome) => outcome === 'abandoned').length,
    failures,
    isWhole: slice.isWhole,
  }
}

/** If another run recorded its progress meanwhile, that one counts. It names whatever it could not finish. */
async function record(
  event: Swept,
  last: Commit<Swept> | undefined,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const history = last === undefined ? [] : [last]
  const commit = nextCommit(streams.sweepCursor(), history, { events: [event], actor: 'system:sweep', now })
  await store.append(commit).catch((error: unknown) => {
    if (!isLostRace(error)) throw error
  })
}

/** The indexes of the days from `since` to `until`, in UTC. */
function pendingBetween(since: Date, until: Date): IndexKey[] {
  const days: IndexKey[] = []
  for (let day = Math.floor(since.getTime() / DAY_MS); day * DAY_MS <= until.getTime(); day++)
    days.push(`PENDING#${new Date(day * DAY_MS).toISOString().slice(0, 10)}`)
  return days
}

type Outcome = 'abandoned' | 'finished' | 'lost-race' | { failure: unknown }
const isFailure = (outcome: Outcome | undefined): outcome is { failure: unknown } => typeof outcome === 'object'

async function finish(stream: StreamId, deps: ChangeStatusDeps): Promise<Outcome> {
  const [issuer, , uuid] = stream.split('/')
  if (issuer === undefined || uuid === undefined) return 'finished'
  try {
    // Read consistently, because the index may lag behind an issuance that just finished.
    const record = await readRecord(issuer, uuid, deps.store)
    // A crash may have come after issuing and before the replaced certificate was superseded. Both would stay in force.
    if (isReleased(record)) {
      await takePlace({ issuer, record, actor: 'system:sweep' }, deps)
      await recordRenewal({ issuer, record, actor: 'system:sweep' }, deps)
    }
    if (record?.state !== 'reserved') return 'finished'
    await abandonReservation({ issuer, record, actor: 'system:sweep' }, deps)
    return 'abandoned'
  } catch (error) {
    // Another request finished, abandoned or changed it at the same time. The next run looks again.
    if (isLostRace(error)) return 'lost-race'
    // One record that cannot be read or changed must not keep the others from being finished.
    return { failure: error }
  }
}

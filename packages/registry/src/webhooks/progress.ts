import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import type { ReplayEvent } from './replay.ts'

/** The whole progress of one body, so only the last commit is read. */
export interface Progress {
  type: 'progress'
  /** Every change recorded before it is queued. */
  readTo: string
  /** How many requests of officers to send again were carried out. */
  replays: number
  /** Failed events are queued again from this moment on: earlier ones were. */
  failedFrom: string
  /** Since when nothing is sent, because the endpoint failed for long. */
  pausedAt?: string
}

const shapes: EventShapes<Progress> = { progress: ['readTo', 'replays'] }

export async function findProgress(owner: string, reader: CommitReader): Promise<Commit<Progress> | undefined> {
  const last = await reader.latest<Progress>(streams.deliveryProgress(owner))
  if (last !== undefined) requireKnown([last], shapes)
  return last
}

/** Throws `write-conflict` if another run recorded its progress meanwhile. */
export const recordProgress = (
  owner: string,
  progress: Omit<Progress, 'type'>,
  last: Commit<Progress> | undefined,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> =>
  store.append(
    nextCommit<Progress>(streams.deliveryProgress(owner), last === undefined ? [] : [last], {
      events: [{ type: 'progress', ...progress }],
      actor: 'system:deliver',
      now,
    }),
  )

/** A pause ends when officers ask to have something sent again, or record another endpoint. */
export const isPaused = (
  progress: Pick<Progress, 'pausedAt'> | undefined,
  { since }: { since: string },
  lastReplay: Pick<Commit<ReplayEvent>, 'recordedAt'> | undefined,
): boolean =>
  progress?.pausedAt !== undefined &&
  progress.pausedAt >= since &&
  !(lastReplay !== undefined && lastReplay.recordedAt > progress.pausedAt)

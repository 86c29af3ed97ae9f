import type { CorridorText, LevelRecord } from '@sijil/qualifications'
import { cachedWhole } from '../histories.ts'
import { type JointCommits, proposedText } from '../joint/events.ts'
import { jointAt, readJoint } from '../joint/joint-at.ts'
import { listStreams, listVersions } from '../joint/reader.ts'
import { type Commit, type CommitReader, isOwnerId, type StreamId, streams } from '../stream.ts'
import type { PlanCommits, PlanEvent, TrackCommits, TrackEvent } from './events.ts'
import type { GapCommits, GapEvent } from './gaps.ts'

export const CORRIDOR = 'corridor'
/** The kind of the joint versions that step 7b of a track leaves behind. */
export const LEVEL_RECORD = 'level-record'
export type CorridorVersions = readonly JointCommits<CorridorText>[]

/** `{authority}.{local}` */
export function isCorridorId(id: string): boolean {
  const [authority = '', local = '', ...more] = id.split('.')
  return more.length === 0 && isOwnerId(authority) && isOwnerId(local) && local.length <= 40
}

/** Every version of one corridor, in the order of their numbers. Empty: there is none. Strongly consistent. */
export async function readCorridor(id: string, reader: Pick<CommitReader, 'read'>): Promise<CorridorVersions> {
  const versions: JointCommits<CorridorText>[] = []
  // Numbers have no gaps. Few corridors have more than one version.
  for (let number = 1; ; number += 1) {
    const commits = await readJoint<CorridorText>({ kind: CORRIDOR, id, number }, reader as CommitReader)
    if (commits.length === 0) return versions
    versions.push(commits)
  }
}

/** Everything declared about one track. Strongly consistent. */
export const readTrack = (corridor: string, track: string, reader: Pick<CommitReader, 'read'>): Promise<TrackCommits> =>
  reader.read<TrackEvent>(streams.track(corridor, track))

/** For the parties alone. */
export const readPlan = (corridor: string, track: string, reader: Pick<CommitReader, 'read'>): Promise<PlanCommits> =>
  reader.read<PlanEvent>(streams.plan(corridor, track))

/** The versions of every corridor, each with its number in its order. Eventually consistent, as every list. */
export async function listCorridors(reader: CommitReader): Promise<readonly CorridorVersions[]> {
  const all = await listVersions<CorridorText>(CORRIDOR, reader)
  const byId = Map.groupBy(all, (commits) => idOf(commits))
  return [...byId.values()].map((versions) => versions.toSorted((one, other) => numberOf(one) - numberOf(other)))
}

/** Later than everything. */
const LAST = { effective: '9999', recorded: '9999' }

const idOf = (commits: JointCommits<CorridorText>): string => proposedText(commits)?.id ?? ''
const numberOf = (commits: JointCommits<CorridorText>): number => proposedText(commits)?.number ?? 0

/** A corridor with what is declared about its tracks. */
export interface CorridorHistory {
  versions: CorridorVersions
  /** By the id of the track. */
  tracks: ReadonlyMap<string, TrackCommits>
  gaps: ReadonlyMap<string, GapCommits>
  /** The versions of its level records. */
  levelRecords: readonly JointCommits<LevelRecord>[]
}

async function listHistories(reader: CommitReader): Promise<readonly CorridorHistory[]> {
  const [corridors, levelRecords, declared, registered] = await Promise.all([
    listCorridors(reader),
    listVersions<LevelRecord>(LEVEL_RECORD, reader),
    listStreams<TrackEvent>(streams.track('', '').slice(0, -1), reader),
    listStreams<GapEvent>(streams.gaps('', '').slice(0, -1), reader),
  ])
  return corridors.map((versions) => {
    const texts = versions.flatMap((commits) => proposedText(commits) ?? [])
    const [corridor = ''] = texts.map(({ id }) => id)
    const ids = new Set(texts.flatMap(({ content }) => content.tracks.map(({ id }) => id)))
    const byTrack = <E>(all: readonly (readonly Commit<E>[])[], streamOf: (track: string) => StreamId) =>
      new Map(
        [...ids].flatMap((id) => {
          const commits = all.find(([first]) => first?.stream === streamOf(id))
          return commits === undefined ? [] : [[id, commits] as const]
        }),
      )
    return {
      versions,
      tracks: byTrack(declared, (track) => streams.track(corridor, track)),
      gaps: byTrack(registered, (track) => streams.gaps(corridor, track)),
      levelRecords: levelRecords.filter((commits) => jointAt(commits, LAST)?.text.content.corridor === corridor),
    }
  })
}

/** From memory, at most ten seconds old. */
export function cachedCorridors(reader: CommitReader, clock: () => number): () => Promise<readonly CorridorHistory[]> {
  return cachedWhole(() => listHistories(reader), clock)
}
